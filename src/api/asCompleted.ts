/** `asCompleted()`: futures in the order in which they settle. */

import { cellOf } from "../core/cellOf.ts";
import type { Future } from "../core/Future.ts";
import { futuresIn } from "../core/gather.ts";
import { launch } from "../core/launch.ts";
import { publish } from "../session/publish.ts";

/**
 * The futures of a container one by one as they settle, whatever their end. They come as futures, not as values:
 * `for await (const f of asCompleted(fs)) console.log(f.label, await f)`. Launches lazy ones.
 */
export function asCompleted<F extends Future<unknown>>(futures: Iterable<F> | Readonly<Record<string, F>>): Completed<F>;
export function asCompleted(futures: object): Completed<Future<unknown>> {
  return new Completions(futuresIn(futures));
}

/** An `AsyncIterableIterator` in all but name: of that, TypeScript would believe that a loop awaits what it gives. */
export interface Completed<F> {
  next(): Promise<CompletedResult<F>>;
  return(): Promise<CompletedResult<F>>;
  [Symbol.asyncIterator](): this;
}

export type CompletedResult<F> = { readonly done: false; readonly value: F } | { readonly done: true; readonly value: undefined };

/** Written out, since an asynchronous generator would await what it yields. */
class Completions implements Completed<Future<unknown>> {
  readonly #settled: Future<unknown>[] = [];
  #left: number;
  readonly #waiting: ((result: CompletedResult<Future<unknown>>) => void)[] = [];

  constructor(futures: readonly Future<unknown>[]) {
    this.#left = futures.length;
    for (const future of futures) {
      const cell = cellOf(future);
      launch(cell);
      void cell.settled().then(() => this.#deliver(future));
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<CompletedResult<Future<unknown>>> {
    const value = this.#settled.shift();
    if (value !== undefined) return Promise.resolve({ value, done: false });
    if (this.#left === this.#waiting.length) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<CompletedResult<Future<unknown>>> {
    this.#left = 0;
    this.#settled.length = 0;
    for (const waiting of this.#waiting.splice(0)) waiting({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }

  #deliver(value: Future<unknown>): void {
    if (this.#left === 0) return;
    this.#left--;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#settled.push(value);
    else waiting({ value, done: false });
  }
}

publish({ asCompleted });
