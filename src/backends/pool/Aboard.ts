/**
 * The futures that one worker has: sends them, and turns the worker's messages into their events.
 * A ticket that came by `take` leaves by `#release` and then hears exactly one last event, or goes back to the queue.
 */

import type { Definition, Encoded } from "../../codec/Encoded.ts";
import type { StopReason } from "../../core/Backend.ts";
import type { HostMessage, OutcomeMessage } from "../../protocol/messages.ts";
import type { ChannelEnd } from "../../transport/Channel.ts";
import type { Ledger } from "../../transport/Ledger.ts";
import type { WorkMessage } from "./Connection.ts";
import { shippedLibrary } from "../../platform/workerProgram.ts";
import type { Crew } from "./Crew.ts";
import { decodeFault } from "./decodeFault.ts";
import { Interrupts } from "./Interrupts.ts";
import { deliverEnd, deliverFault, deliverOutcome } from "./lastWords.ts";
import { Parts } from "./parts.ts";
import { Places } from "./Places.ts";
import { relayOrphans } from "./relayOrphans.ts";
import { Supplies } from "./Supplies.ts";
import { unsendable } from "./StartFailure.ts";
import { taskMessage, type Sending } from "./taskMessage.ts";
import type { Ticket } from "./Ticket.ts";

/** After so many workers that ended before it began, a future is refused. */
const maxLaunches = 3;

/** The worker, as its futures see it. */
export interface AboardHost {
  readonly name: string;
  readonly ledger: Ledger | undefined;
  send(message: HostMessage): void;
  /** There is room again. */
  vacated(): void;
  /** It must not get another future. */
  spent(): void;
  /** End it now; `end` says why. Comes back through `strand`. */
  abandon(end: ChannelEnd): void;
}

export class Aboard {
  readonly #crew: Crew;
  readonly #host: AboardHost;
  readonly #interrupts: Interrupts;
  readonly #tickets = new Map<number, Ticket>();
  readonly #supplies: Supplies;
  readonly #parts: Parts;
  #places: Places | undefined;
  #taken = 0;

  constructor(crew: Crew, host: AboardHost) {
    this.#crew = crew;
    this.#host = host;
    this.#supplies = new Supplies(crew.settings.definition.capabilities.sharedMemory, crew.settings.keep);
    this.#parts = new Parts(crew.settings.definition);
    this.#interrupts = new Interrupts(crew.settings, {
      send: (message) => host.send(message),
      kill: () => host.abandon({ cause: new Error("one of its futures blocked its event loop and had to be stopped") }),
      leave: (tickets) => this.#leave(tickets),
    });
  }

  get size(): number {
    return this.#tickets.size;
  }

  /** A new worker knows only what its first message told. */
  startWith(definitions: readonly Definition[]): void {
    this.#supplies.startWith(definitions);
  }

  /**
   * Of the only future of a worker elsewhere it is taken for granted that it has begun: a lost connection leaves that open anyway, and to tell each start
   * would make round trips half as long again.
   */
  get #presumes(): boolean {
    const { definition, options } = this.#crew.settings;
    return definition.capabilities.remote && options.concurrency === 1 && this.#host.ledger === undefined;
  }

  /** How many more it can be sent before it is free. */
  get room(): number {
    const { concurrency, maxFutures } = this.#crew.settings.options;
    const places = concurrency === 1 ? this.#findPlaces() : undefined;
    return places === undefined ? 0 : Math.min(places.room, maxFutures - this.#taken - this.size);
  }

  /** Send them, in order; what cannot be sent is refused. All but one for a free worker are sent ahead. */
  take(tickets: readonly Ticket[]): void {
    const ahead = this.size > 0 || tickets.length > 1;
    for (const ticket of tickets) ticket.ahead = ahead;
    this.#takeAll(tickets);
  }

  /** Takes it back. `false`: it is about to run, or has run. */
  withdraw(ticket: Ticket): boolean {
    if (!ticket.ahead || this.#places?.withdraw(ticket) !== true) return false;
    this.#tickets.delete(ticket.task.id);
    this.#interrupts.forget(ticket);
    ticket.worker = undefined;
    return true;
  }

  /** Takes back so many of those that were sent ahead, the last first; gives them in their order. */
  takeBack(count: number): Ticket[] {
    const taken: Ticket[] = [];
    for (const ticket of [...this.#tickets.values()].toReversed()) {
      if (taken.length === count || !this.withdraw(ticket)) break;
      taken.unshift(ticket);
    }
    return taken;
  }

  #takeAll(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) {
      ticket.launches++;
      this.#tickets.set(ticket.task.id, ticket);
    }
    try {
      this.#send(tickets);
    } catch (error) {
      if (tickets.length > 1) for (const ticket of tickets) this.#takeAlone(ticket);
      else for (const ticket of tickets) this.#refuse(ticket, error);
      return;
    }
    for (const ticket of tickets) ticket.started ||= this.#presumes;
    for (const { task } of tickets) task.events.sent(this.#host.name);
  }

  /** One of several that cannot be sent together. */
  #takeAlone(ticket: Ticket): void {
    ticket.launches--;
    this.#takeAll([ticket]);
  }

  #send(tickets: readonly Ticket[]): void {
    const aboard = (): Iterable<Ticket> => this.#tickets.values();
    for (const { task } of tickets) this.#supplies.send(task.payload, aboard, (message) => this.#host.send(message));
    const tasks = tickets.map((ticket) => taskMessage(ticket.task, this.#supplies.carrier, this.#sending(ticket)));
    const [first] = tasks;
    if (tasks.length > 1) this.#host.send({ type: "batch", tasks });
    else if (first !== undefined) this.#host.send(first);
  }

  #sending(ticket: Ticket): Sending {
    const places = this.#crew.settings.options.concurrency === 1 ? this.#findPlaces() : undefined;
    // For its time limit, and to know it after a sudden death.
    const announce = ticket.task.timeout !== undefined || (places === undefined && !this.#presumes);
    return { announce, place: places?.enter(ticket), ahead: ticket.ahead, modules: this.#parts.modules(ticket.task) };
  }

  #findPlaces(): Places | undefined {
    const { ledger } = this.#host;
    if (ledger !== undefined) this.#places ??= new Places(ledger);
    return this.#places;
  }

  #refuse(ticket: Ticket, error: unknown): void {
    const { task } = ticket;
    this.#release(ticket);
    this.#host.vacated();
    task.events.refused(unsendable(this.#host.name, task.label, error));
    this.#crew.settled();
  }

  stop(ticket: Ticket, reason: StopReason): void {
    this.#interrupts.stop(ticket, reason);
  }

  interruptAll(reason: StopReason): void {
    for (const ticket of this.#tickets.values()) this.stop(ticket, reason);
  }

  /** Count all as asked to stop. */
  markAll(reason: StopReason): void {
    for (const ticket of this.#tickets.values()) ticket.stopping ??= reason;
  }

  assumeBegun(): void {
    for (const ticket of this.#tickets.values()) ticket.started = true;
  }

  message(message: WorkMessage): void {
    switch (message.type) {
      case "outcome":
        return this.#finish(message);
      case "started":
        return this.#begin(message.task, message.at);
      case "output":
        if (message.task === undefined) return relayOrphans(message.entries);
        return this.#tickets.get(message.task)?.task.events.output(message.entries);
      case "progress":
        return this.#tickets.get(message.task)?.task.events.progress(message.fraction, message.message);
      case "fault":
        return this.#fault(message.tasks, message.body);
      case "want":
        return this.#host.send({ type: "library", url: shippedLibrary() });
      case "pong":
        return this.#interrupts.answered();
    }
  }

  /** The worker is gone: what had not begun goes to `requeue`, the rest hears its end. */
  strand(end: ChannelEnd, requeue: (unbegun: readonly Ticket[]) => void): void {
    if (end.cut === true) this.assumeBegun();
    const { name } = this.#host;
    const tickets = [...this.#tickets.values()];
    // Taken back rather than looked up: whatever is being killed may still be running.
    if (this.#places !== undefined) for (const ticket of tickets) ticket.started ||= !this.#places.withdraw(ticket);
    const unbegun = tickets.filter((ticket) => !ticket.started && ticket.stopping === undefined && ticket.launches < maxLaunches);
    this.#tickets.clear();
    const ending = tickets.filter((ticket) => !unbegun.includes(ticket));
    for (const ticket of ending) this.#release(ticket);
    requeue(unbegun);
    for (const ticket of ending) deliverEnd(ticket, name, end);
    this.#crew.settled();
  }

  #begin(task: number, at: number): void {
    const ticket = this.#tickets.get(task);
    if (ticket === undefined) return;
    ticket.started = true;
    ticket.startedAt = at;
    const { timeout, events } = ticket.task;
    const limited = timeout !== undefined && ticket.stopping === undefined;
    if (limited) ticket.timer?.cancel();
    if (limited) ticket.timer = this.#crew.settings.clock.after(timeout, () => this.stop(ticket, "timeout"));
    events.started(at);
  }

  /** The next future is sent before this one's outcome is looked at: home decodes while the worker works. */
  #finish(message: OutcomeMessage): void {
    const ticket = this.#tickets.get(message.task);
    this.#places?.answered(message.task, ticket);
    if (ticket === undefined) return;
    if (message.status === "unbegun") return this.#comesBack(ticket);
    if (message.status === "value") this.#parts.ran(ticket.task);
    this.#release(ticket);
    this.#taken++;
    if (message.spent || this.#taken >= this.#crew.settings.options.maxFutures) this.#spent();
    else this.#host.vacated();
    deliverOutcome(ticket, message);
    this.#crew.settled();
  }

  /** The worker has come across it after it was taken back, which home did not know. */
  #comesBack(ticket: Ticket): void {
    const { stopping, task } = ticket;
    if (stopping === undefined) {
      this.#tickets.delete(task.id);
      this.#crew.requeue([ticket]);
      return this.#host.vacated();
    }
    this.#release(ticket);
    this.#host.vacated();
    task.events.stopped(stopping, false);
    this.#crew.settled();
  }

  /** It runs nothing more. */
  #spent(): void {
    this.#crew.requeue(this.takeBack(Infinity));
    this.#host.spent();
  }

  #leave(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) this.#release(ticket);
    this.#host.spent();
    for (const ticket of tickets) deliverEnd(ticket, this.#host.name, {});
    this.#crew.settled();
  }

  /** An error that nobody caught. It is that of the only future aboard; or all are lost to it; or home hears of it. */
  #fault(tasks: readonly number[], body: Encoded): void {
    const { context, clock } = this.#crew.settings;
    const tickets = tasks.flatMap((task) => this.#tickets.get(task) ?? []);
    for (const ticket of tickets) {
      ticket.started = true;
      this.#release(ticket);
    }
    const [first] = tickets;
    if (first === undefined || tickets.length > 1)
      this.#crew.later(decodeFault(context, body).then((cause) => this.#blame(tickets, cause)));
    this.#host.abandon({});
    if (first !== undefined && tickets.length === 1) deliverFault(first, body, clock.now());
    this.#crew.settled();
  }

  #blame(tickets: readonly Ticket[], cause: Error): void {
    for (const ticket of tickets) deliverEnd(ticket, this.#host.name, { cause });
    if (tickets.length === 0)
      process.emitWarning(`Worker ${this.#host.name} was ended by an error outside any future: ${cause.stack ?? cause.message}`);
  }

  #release(ticket: Ticket): void {
    this.#tickets.delete(ticket.task.id);
    this.#interrupts.forget(ticket);
    this.#crew.settle(ticket);
  }
}
