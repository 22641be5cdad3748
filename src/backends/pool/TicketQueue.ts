/** First in, first out, as a doubly linked list: adding, taking and removing from the middle cost the same at any length. */

import type { Ticket } from "./Ticket.ts";

export class TicketQueue {
  #first: Ticket | undefined;
  #last: Ticket | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): Ticket | undefined {
    return this.#first;
  }

  push(ticket: Ticket): void {
    ticket.previous = this.#last;
    if (this.#last === undefined) this.#first = ticket;
    else this.#last.next = ticket;
    this.#last = ticket;
    this.#length++;
  }

  /** Put back what had been taken: it comes before all others. */
  unshift(ticket: Ticket): void {
    ticket.next = this.#first;
    if (this.#first === undefined) this.#last = ticket;
    else this.#first.previous = ticket;
    this.#first = ticket;
    this.#length++;
  }

  shift(): Ticket | undefined {
    const ticket = this.#first;
    if (ticket !== undefined) this.remove(ticket);
    return ticket;
  }

  /** `ticket` must be in this queue. */
  remove(ticket: Ticket): void {
    const { next, previous } = ticket;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    ticket.next = undefined;
    ticket.previous = undefined;
    this.#length--;
  }
}
