/** A value that is computed elsewhere, and may not be there yet. Made by `future()`; its states are in `FutureState.ts`. */

import { reveal } from "./cellOf.ts";
import type { FutureCell } from "./FutureCell.ts";
import type { StateTag } from "./FutureState.ts";
import { valueThen } from "./valueOf.ts";

/** A future value of type `T`. `await f` is `value(f)`: it waits, replays output, and gives the value or throws the user's error. */
export class Future<T> implements PromiseLike<T> {
  readonly #cell: FutureCell;

  static {
    reveal.cell = (value) => (#cell in value ? value.#cell : undefined);
    // By this the codec knows futures, those of other copies of the library too.
    Object.defineProperty(this.prototype, Symbol.for("futureplan/future"), { value: true });
  }

  /** Futures are made by `future()`. @internal */
  constructor(cell: FutureCell) {
    this.#cell = cell;
  }

  /** Unique in this session; also `currentFuture().id` inside it. */
  get id(): string {
    return this.#cell.id;
  }

  get label(): string | undefined {
    return this.#cell.settings.label;
  }

  /** `created -> queued -> sent -> running -> finished | failed | interrupted`, or `canceled`. */
  get state(): StateTag {
    return this.#cell.state._tag;
  }

  // A future is awaited like a promise.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return valueThen(this.#cell, onFulfilled, onRejected);
  }
}
