/**
 * Knows the timers that a future starts, so that those it leaves can be cleared. Timers of other times
 * (imports, kept resources) and `unref`ed ones stay. Timers of `node:timers/promises` are out of its reach.
 */

import { clearTimer, setRepeating, setTimer } from "./originals.ts";

/** Timers held before those that have fired are dropped for the first time. */
const many = 1000;

export class TimerWatch {
  /** Timers that start while this is `true` belong to a future. */
  watching = false;
  readonly #timers = new Set<NodeJS.Timeout>();
  #limit = many;

  /** Replaces the global functions; called once. */
  install(): void {
    globalThis.setTimeout = this.#wrap(setTimer);
    globalThis.setInterval = this.#wrap(setRepeating);
  }

  /** What was started until now stays. */
  accept(): void {
    if (this.#timers.size > 0) this.#timers.clear();
  }

  /** Clears what is left; gives how many there were. */
  clear(): number {
    if (this.#timers.size === 0) return 0;
    let cleared = 0;
    for (const timer of this.#timers) {
      if (isOver(timer) || !timer.hasRef()) continue;
      clearTimer(timer);
      cleared += 1;
    }
    this.#timers.clear();
    return cleared;
  }

  #wrap<F extends typeof setTimeout | typeof setInterval>(original: F): F {
    const start = original as (...args: unknown[]) => NodeJS.Timeout; // arguments are passed on as they are
    const wrapped = (...args: unknown[]): NodeJS.Timeout => {
      const timer = start(...args);
      if (this.watching) this.#add(timer);
      return timer;
    };
    // Also carries over the promise form that `util.promisify` looks for.
    return Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original)) as F; // same arguments, same result
  }

  #add(timer: NodeJS.Timeout): void {
    this.#timers.add(timer);
    if (this.#timers.size < this.#limit) return;
    for (const one of this.#timers) if (isOver(one)) this.#timers.delete(one);
    this.#limit = Math.max(many, this.#timers.size * 2);
  }
}

/** Node has no public way to ask; the flag has been there since its first timers. */
function isOver(timer: NodeJS.Timeout): boolean {
  return "_destroyed" in timer && timer._destroyed === true;
}
