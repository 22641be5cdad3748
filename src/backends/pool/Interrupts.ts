/**
 * Stopping what runs: first by asking, then, after the grace, by force. A worker with room for several futures is ended
 * only if its event loop is blocked, which a ping finds out; otherwise the future is left to itself and counts as stopped.
 */

import type { StopReason } from "../../core/Backend.ts";
import type { HostMessage } from "../../protocol/messages.ts";
import type { CrewSettings } from "./Crew.ts";
import type { Ticket } from "./Ticket.ts";

/** The least milliseconds in which a worker must answer before its loop counts as blocked. */
const leastProbe = 100;

export interface InterruptsHost {
  send(message: HostMessage): void;
  /** Whether a ticket that was sent all this time ago has begun; if not, it never will. */
  hasBegun(ticket: Ticket): boolean;
  /** End the worker and with it what is being stopped. */
  kill(): void;
  /** The worker goes on, and so does the ticket's code, but nobody waits for it any more. */
  leave(tickets: readonly Ticket[]): void;
}

export class Interrupts {
  readonly #settings: CrewSettings;
  readonly #host: InterruptsHost;
  readonly #probed = new Set<Ticket>();

  constructor(settings: CrewSettings, host: InterruptsHost) {
    this.#settings = settings;
    this.#host = host;
  }

  stop(ticket: Ticket, reason: StopReason): void {
    if (ticket.stopping !== undefined) return;
    const { clock, options, definition } = this.#settings;
    ticket.stopping = reason;
    ticket.timer?.cancel();
    this.#host.send({ type: "cancel", task: ticket.task.id, reason });
    if (definition.capabilities.interrupts) ticket.timer = clock.after(options.grace, () => this.#force(ticket));
  }

  /** The ticket is no longer aboard. */
  forget(ticket: Ticket): void {
    ticket.timer?.cancel();
    this.#probed.delete(ticket);
  }

  /** A pong: the loop turns. */
  answered(): void {
    if (this.#probed.size > 0) this.#host.leave([...this.#probed]);
  }

  #force(ticket: Ticket): void {
    const { clock, options } = this.#settings;
    if (options.concurrency === 1) return this.#host.kill();
    ticket.started ||= this.#host.hasBegun(ticket);
    this.#probed.add(ticket);
    this.#host.send({ type: "ping" });
    ticket.timer = clock.after(Math.max(options.grace, leastProbe), () => this.#host.kill());
  }
}
