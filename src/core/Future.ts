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
    // What `console` and `util.inspect` ask for.
    Object.defineProperty(this.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value(this: object): string {
        return #cell in this ? inspected(this.#cell) : "Future {}";
      },
    });
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

  /** Handles its error, as a promise's `catch` does. Like `then`, it asks for the value. */
  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected);
  }

  /** Calls back when it has settled, as a promise's `finally` does. Like `then`, it asks for the value. */
  finally(onSettled?: (() => void) | null): Promise<T> {
    return this.then().finally(onSettled);
  }
}

/** `Future { #3 "fold 1", running on multicore/2 }`. */
function inspected({ number, settings, state, worker }: FutureCell): string {
  const label = settings.label === undefined ? "" : ` ${JSON.stringify(settings.label)}`;
  const where = state._tag === "running" && worker !== undefined ? ` on ${worker}` : "";
  return `Future { #${number}${label}, ${state._tag}${where} }`;
}
