/**
 * `sequential`: futures run in this thread, in the order in which they were made, each from the end of the one before.
 * Futures made inside one that runs here have an order of their own, so that waiting for them cannot block for ever.
 */

import type { Backend, BackendContext, HowToClose, StopReason, Task } from "../core/Backend.ts";
import { systemClock } from "../platform/clock.ts";
import type { Capabilities } from "../plans/Capabilities.ts";
import { backendEntry } from "../plans/registry.ts";
import type { OutcomeMessage, WorkerMessage } from "../protocol/messages.ts";
import { currentSession } from "../session/currentSession.ts";
import { asMemory } from "./pool/carryBlocks.ts";
import { Deferred } from "./pool/Deferred.ts";
import { initMessage } from "./pool/initMessage.ts";
import { deliverOutcome } from "./pool/lastWords.ts";
import { partsOf } from "./pool/parts.ts";
import { launchError, planClosed, unsendable } from "./pool/StartFailure.ts";
import { taskMessage } from "./pool/taskMessage.ts";
import { Ticket } from "./pool/Ticket.ts";
import { TicketQueue } from "./pool/TicketQueue.ts";
import { HomeWorker } from "./sequential/HomeWorker.ts";

const name = "sequential";

export function open(context: BackendContext): Backend {
  return new Sequential(context);
}

/** The futures of one parent: one runs, the others wait. */
class Lane {
  readonly parent: string | undefined;
  readonly queue = new TicketQueue();
  running: Ticket | undefined;

  constructor(parent: string | undefined) {
    this.parent = parent;
  }
}

interface Place {
  readonly ticket: Ticket;
  readonly lane: Lane;
}

class Sequential implements Backend {
  readonly capabilities: Capabilities = backendEntry(name).capabilities;
  readonly workers = 1;
  readonly #worker: HomeWorker;
  readonly #grace: number;
  /** By the future that made them; `undefined`: no future did. */
  readonly #lanes = new Map<string | undefined, Lane>();
  /** Everything that has not heard its last event, by task. */
  readonly #places = new Map<number, Place>();
  readonly #closed = new Deferred<void>();
  #phase: "open" | "closing" | "over" = "open";

  constructor(context: BackendContext) {
    const init = initMessage(context, this.capabilities, { worker: name, cores: 1, heartbeat: 0, loaders: [] });
    this.#grace = context.spec.options.grace;
    this.#worker = new HomeWorker(init, (message) => this.#hear(message));
  }

  free(): number {
    return this.#places.size === 0 ? 1 : 0;
  }

  submit(task: Task): void {
    if (this.#phase === "over") return task.events.refused(launchError(planClosed(name), task.label));
    const parent = currentSession().current()?.id;
    const lane = this.#lanes.get(parent) ?? new Lane(parent);
    this.#lanes.set(parent, lane);
    const ticket = new Ticket(task);
    this.#places.set(task.id, { ticket, lane });
    lane.queue.push(ticket);
    queueMicrotask(() => this.#next(lane));
  }

  stop(task: Task, reason: StopReason, interrupt: boolean): void {
    const place = this.#places.get(task.id);
    if (place === undefined) return;
    if (place.ticket !== place.lane.running) this.#stopQueued(place, reason);
    else if (interrupt) this.#interrupt(place.ticket, reason);
  }

  close(how: HowToClose): Promise<void> {
    if (this.#phase === "open") this.#phase = "closing";
    const reason = how === "interrupt" ? "SIGINT" : "shutdown";
    const places = how === "drain" ? [] : [...this.#places.values()];
    for (const place of places) {
      if (place.ticket !== place.lane.running) this.#stopQueued(place, reason);
      else if (how === "interrupt") this.#interrupt(place.ticket, reason);
      else if (how === "now") this.#end(place.ticket);
    }
    this.#settled();
    return this.#closed.promise;
  }

  #end(ticket: Ticket): void {
    this.#interrupt(ticket, "shutdown");
    this.#leave(ticket);
  }

  #next(lane: Lane): void {
    if (lane.running !== undefined) return;
    const ticket = lane.queue.shift();
    lane.running = ticket;
    if (ticket === undefined) this.#lanes.delete(lane.parent);
    else this.#run(ticket);
  }

  #run(ticket: Ticket): void {
    const { task } = ticket;
    const { events } = task;
    events.sent(name);
    events.started(systemClock.now());
    this.#limit(ticket);
    try {
      this.#worker.run(
        taskMessage(task, asMemory, {
          announce: false,
          place: undefined,
          ahead: false,
          modules: [...partsOf(task, this), ...task.modules],
        }),
        task.payload.needs,
      );
    } catch (error) {
      this.#release(ticket);
      events.refused(unsendable(name, task.label, error));
      this.#settled();
    }
  }

  /** From now on its time runs. */
  #limit(ticket: Ticket): void {
    const { timeout } = ticket.task;
    if (timeout === undefined || ticket.stopping !== undefined) return;
    ticket.timer?.cancel();
    ticket.timer = systemClock.after(timeout, () => this.#interrupt(ticket, "timeout"), true);
  }

  /** By its `signal`; what ignores that, while it waits for something, is left to itself after the grace. */
  #interrupt(ticket: Ticket, reason: StopReason): void {
    if (ticket.stopping !== undefined) return;
    ticket.stopping = reason;
    ticket.timer?.cancel();
    ticket.timer = systemClock.after(this.#grace, () => this.#leave(ticket), true);
    this.#worker.cancel(ticket.task.id, reason);
  }

  #stopQueued({ ticket, lane }: Place, reason: StopReason): void {
    lane.queue.remove(ticket);
    this.#places.delete(ticket.task.id);
    ticket.task.events.stopped(reason, false);
    this.#settled();
  }

  /** It goes on, but nobody waits for it any more. */
  #leave(ticket: Ticket): void {
    this.#release(ticket);
    ticket.task.events.stopped(ticket.stopping ?? "shutdown", true);
    this.#settled();
  }

  #hear(message: WorkerMessage): void {
    if (message.type === "outcome") this.#finish(message);
    else if (message.type === "started") this.#elementBegins(message.task);
    else if (message.type === "output" && message.task !== undefined)
      this.#places.get(message.task)?.ticket.task.events.output(message.entries);
    else if (message.type === "progress") this.#places.get(message.task)?.ticket.task.events.progress(message.fraction, message.message);
  }

  #elementBegins(task: number): void {
    const ticket = this.#places.get(task)?.ticket;
    if (ticket !== undefined) this.#limit(ticket);
  }

  #finish(message: OutcomeMessage): void {
    const ticket = this.#places.get(message.task)?.ticket;
    if (ticket === undefined) return;
    this.#release(ticket);
    deliverOutcome(ticket, message);
    this.#settled();
  }

  /** The running ticket leaves its lane, and the next one follows. */
  #release(ticket: Ticket): void {
    const lane = this.#places.get(ticket.task.id)?.lane;
    ticket.timer?.cancel();
    this.#places.delete(ticket.task.id);
    if (lane === undefined) return;
    lane.running = undefined;
    queueMicrotask(() => this.#next(lane));
  }

  #settled(): void {
    if (this.#phase !== "closing" || this.#places.size > 0) return;
    this.#phase = "over";
    this.#worker.close();
    this.#closed.resolve();
  }
}
