/** A value that is computed elsewhere, and may not be there yet. Made by `future()`; its states are in `FutureState.ts`. */

import type { FutureCell } from "./FutureCell.ts";
import type { StateTag } from "./FutureState.ts";
import { valueOf } from "./valueOf.ts";

/** By this the codec, and other copies of the library, know a future. */
const brand: unique symbol = Symbol.for("futureplan/future");

/** Where a future keeps the engine's side of it. */
const cellKey: unique symbol = Symbol.for("futureplan/cell");

/** A future value of type `T`. `await f` is `value(f)`: it waits, replays output, and gives the value or throws the user's error. */
export class Future<T> implements PromiseLike<T> {
  /** @internal */
  readonly [cellKey]: FutureCell;

  /** Futures are made by `future()`. @internal */
  constructor(cell: FutureCell) {
    this[cellKey] = cell;
  }

  /** @internal */
  get [brand](): true {
    return true;
  }

  /** Unique in this session; also `currentFuture().id` inside it. */
  get id(): string {
    return this[cellKey].id;
  }

  get label(): string | undefined {
    return this[cellKey].settings.label;
  }

  /** `created → queued → sent → running → finished | failed | interrupted`, or `canceled`. */
  get state(): StateTag {
    return this[cellKey].state._tag;
  }

  // A future is awaited like a promise.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return valueOf<T>(this[cellKey]).then(onFulfilled, onRejected);
  }
}

export function isFuture(value: unknown): value is Future<unknown> {
  return typeof value === "object" && value !== null && brand in value;
}

/** The engine's side of a future. */
export function cellOf(future: Future<unknown>): FutureCell {
  return future[cellKey];
}
