/** A clock that stands until the test moves it. */

import type { Clock, Timer } from "../../../../src/platform/clock.ts";

interface Pending {
  readonly at: number;
  readonly callback: () => void;
}

export class TestClock implements Clock {
  /** Milliseconds. */
  step = 0;
  #precise = 0;
  #now = 0;
  readonly #pending = new Set<Pending>();
  #waiters: (() => void)[] = [];
  #hurried = false;

  now(): number {
    return this.#now;
  }

  /** Moves on by `step` each time it is asked. */
  precise(): number {
    this.#precise += this.step;
    return this.#now + this.#precise;
  }

  after(milliseconds: number, callback: () => void): Timer {
    const pending = { at: this.#now + milliseconds, callback };
    this.#pending.add(pending);
    for (const wake of this.#waiters.splice(0)) wake();
    if (this.#hurried) queueMicrotask(() => this.#fire(pending));
    return { cancel: () => this.#pending.delete(pending) };
  }

  /** Number of timers that would still fire. */
  get armed(): number {
    return this.#pending.size;
  }

  /** Resolves when a timer is due in exactly so many milliseconds. */
  async timer(milliseconds: number): Promise<void> {
    while (![...this.#pending].some(({ at }) => at === this.#now + milliseconds)) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    while (this.tick(end));
  }

  /** Fires the next timer that is due by `end`; `false`: there is none, and it is `end` now. */
  tick(end: number): boolean {
    const due = [...this.#pending].filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
    if (due !== undefined) this.#fire(due);
    else this.#now = Math.max(this.#now, end);
    return due !== undefined;
  }

  /** Goes on to the next timer, and fires it. */
  skip(): void {
    this.tick(Math.min(...[...this.#pending].map(({ at }) => at)));
  }

  /** From now on every timer is due as soon as it is set. */
  hurry(): void {
    this.#hurried = true;
    for (const pending of this.#pending) this.#fire(pending);
  }

  #fire(pending: Pending): void {
    if (!this.#pending.delete(pending)) return;
    this.#now = Math.max(this.#now, pending.at);
    pending.callback();
  }
}
