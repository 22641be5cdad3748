/**
 * The places of the tasks that one worker was sent, in the ledger that it shares with home: so tasks can be sent before it is free and be taken
 * back as long as they have not begun.
 */

import { ledgerSize, type Ledger } from "../../transport/Ledger.ts";
import type { Ticket } from "./Ticket.ts";

/** Places that tasks sent to a free worker always find. */
const spare = 8;

export class Places {
  readonly #ledger: Ledger;
  #next = 0;
  /** All before this one are over. */
  #passed = 0;
  /** Places of tasks that were taken back, and that the worker has not come across yet. */
  readonly #withdrawn = new Map<number, number>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** How many more tasks it can be sent ahead. */
  get room(): number {
    return ledgerSize - spare - (this.#next - this.#passed);
  }

  enter(ticket: Ticket): number {
    ticket.place = this.#next++;
    this.#ledger.enter(ticket.place);
    return ticket.place;
  }

  /** `true`: it will never begin here. */
  withdraw({ task, place }: Ticket): boolean {
    if (!this.#ledger.withdraw(place)) return false;
    this.#withdrawn.set(task.id, place);
    return true;
  }

  /** The worker has told the end of a task, or that it has come across one that was taken back. */
  answered(task: number, ticket: Ticket | undefined): void {
    const place = ticket?.place ?? this.#withdrawn.get(task);
    this.#withdrawn.delete(task);
    if (place !== undefined) this.#passed = Math.max(this.#passed, place + 1);
  }
}
