/** A value that is computed elsewhere, and may not be there yet. Made by `future()`; its states are in `FutureState.ts`. */

import { createdHere } from "./brand.ts";
import type { FutureCell } from "./FutureCell.ts";
import type { StateTag } from "./FutureState.ts";
import { valueOf } from "./valueOf.ts";

/** A future value of type `T`. `await f` is `value(f)`: it waits, replays output, and gives the value or throws the user's error. */
export class Future<T> implements PromiseLike<T> {
  /** The engine's side of it. @internal */
  readonly [createdHere]: FutureCell;

  /** Futures are made by `future()`. @internal */
  constructor(cell: FutureCell) {
    this[createdHere] = cell;
  }

  /** Unique in this session; also `currentFuture().id` inside it. */
  get id(): string {
    return this[createdHere].id;
  }

  get label(): string | undefined {
    return this[createdHere].settings.label;
  }

  /** `created → queued → sent → running → finished | failed | interrupted`, or `canceled`. */
  get state(): StateTag {
    return this[createdHere].state._tag;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a future is awaited like a promise
  then<A = T, B = never>(onFulfilled?: ((value: T) => A | PromiseLike<A>) | null, onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<A | B>;
  then(onFulfilled?: ((value: never) => unknown) | null, onRejected?: ((reason: unknown) => unknown) | null): Promise<unknown> {
    const settled: Promise<never> = valueOf(this[createdHere]);
    return settled.then(onFulfilled, onRejected);
  }
}
