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
import { relayOrphans } from "./relayOrphans.ts";
import type { WorkerSeat } from "./PoolDefinition.ts";
import { Sender } from "./Sender.ts";
import { unsendable } from "./StartFailure.ts";
import type { Ticket } from "./Ticket.ts";

/** After so many workers that ended when it was the next to begin, a future is refused. */
const mostDeaths = 3;

/** The worker, as its futures see it. */
export interface AboardHost {
  readonly name: string;
  readonly seat: WorkerSeat;
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
  readonly #sender: Sender;
  #taken = 0;
  /** Its end is the doing of what has run, not of what comes next. */
  #explained = false;

  constructor(crew: Crew, host: AboardHost) {
    this.#crew = crew;
    this.#host = host;
    this.#sender = new Sender(crew.settings, host);
    this.#interrupts = new Interrupts(crew.settings, {
      send: (message) => host.send(message),
      hasBegun: (ticket) => this.#sender.places?.withdraw(ticket) !== true,
      kill: () => host.abandon({ cause: new Error("one of its futures blocked its event loop and had to be stopped"), cut: true }),
      leave: (tickets) => this.#leave(tickets),
    });
  }

  get size(): number {
    return this.#tickets.size;
  }

  /** A new worker knows only what its first message told. */
  startWith(definitions: readonly Definition[]): void {
    this.#sender.startWith(definitions);
  }

  /** How many more it can be sent before it is free. */
  get room(): number {
    const { concurrency, maxFutures } = this.#crew.settings.options;
    const places = concurrency === 1 ? this.#sender.places : undefined;
    return places === undefined ? 0 : Math.min(places.room, maxFutures - this.#taken - this.size);
  }

  /** Send them, in order; what cannot be sent is refused. All but one for a free worker are sent ahead. */
  take(tickets: readonly Ticket[]): void {
    const ahead = this.#crew.settings.options.concurrency === 1 && (this.size > 0 || tickets.length > 1);
    for (const ticket of tickets) ticket.ahead = ahead;
    // Chunks have parts of their map in common. Within one message they still would in the worker, where each wants its own.
    if (tickets.some(({ task }) => task.map !== undefined)) for (const ticket of tickets) this.#takeAll([ticket]);
    else this.#takeAll(tickets);
  }

  /** Takes it back. `false`: it is about to run, or has run. */
  withdraw(ticket: Ticket): boolean {
    if (!ticket.ahead || this.#sender.places?.withdraw(ticket) !== true) return false;
    this.#forget(ticket);
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
    for (const ticket of tickets) this.#tickets.set(ticket.task.id, ticket);
    try {
      this.#sender.send(tickets, () => this.#tickets.values());
    } catch (error) {
      // Of several that cannot be sent together each goes alone.
      if (tickets.length > 1) for (const ticket of tickets) this.#takeAll([ticket]);
      else for (const ticket of tickets) this.#refuse(ticket, error);
      return;
    }
    for (const ticket of tickets) ticket.started ||= this.#sender.presumes;
    for (const { task } of tickets) task.events.sent(this.#host.name);
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
    const { name } = this.#host;
    const tickets = [...this.#tickets.values()];
    // Taken back rather than looked up: whatever is being killed may still be running.
    const { places } = this.#sender;
    if (places !== undefined) for (const ticket of tickets) ticket.started ||= !places.withdraw(ticket);
    else if (end.cut === true) for (const ticket of tickets) ticket.started = true;
    const [next] = tickets;
    if (next !== undefined && !this.#explained && !tickets.some(({ started }) => started)) next.deaths++;
    const unbegun = tickets.filter(({ started, stopping, deaths }) => !started && stopping === undefined && deaths < mostDeaths);
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
    this.#sender.places?.answered(message.task, ticket);
    if (ticket === undefined) return;
    if (message.status === "unbegun") return this.#comesBack(ticket);
    if (message.status === "value") this.#sender.ran(ticket.task);
    this.#release(ticket);
    this.#taken++;
    if (message.spent || this.#taken >= this.#crew.settings.options.maxFutures) this.#spent(message.spent);
    else this.#host.vacated();
    deliverOutcome(ticket, message);
    this.#crew.settled();
  }

  /** The worker has come across it after it was taken back, which home did not know. */
  #comesBack(ticket: Ticket): void {
    this.#forget(ticket);
    if (ticket.stopping === undefined) this.#crew.requeue([ticket]);
    this.#host.vacated();
    if (ticket.stopping !== undefined) this.#drop(ticket, ticket.stopping);
  }

  /** It is to run nothing more. `closed`: it has said so itself, and lets lie what comes now. */
  #spent(closed: boolean): void {
    const together = closed && this.#crew.settings.options.concurrency > 1; // then it has announced what it runs
    const unbegun = together ? this.#takeUnannounced() : this.takeBack(Infinity);
    this.#crew.requeue(unbegun.filter(({ stopping }) => stopping === undefined));
    this.#host.spent();
    for (const ticket of unbegun) if (ticket.stopping !== undefined) this.#drop(ticket, ticket.stopping);
  }

  #takeUnannounced(): readonly Ticket[] {
    const tickets = [...this.#tickets.values()].filter(({ started }) => !started);
    for (const ticket of tickets) this.#forget(ticket);
    return tickets;
  }

  #drop(ticket: Ticket, reason: StopReason): void {
    this.#crew.settle(ticket);
    ticket.task.events.stopped(reason, false);
    this.#crew.settled();
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
    this.#explained = true;
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
    this.#forget(ticket);
    this.#crew.settle(ticket);
  }

  #forget(ticket: Ticket): void {
    this.#tickets.delete(ticket.task.id);
    this.#interrupts.forget(ticket);
  }
}
