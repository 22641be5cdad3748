/** Waits for a future, replays what it wrote, and gives its value or throws its error. */

import { OptionInvalid } from "../errors/errors.ts";
import { droppedText } from "../errors/words.ts";
import type { FutureCell } from "./FutureCell.ts";
import type { Settled } from "./FutureState.ts";
import { settle } from "./launch.ts";
import { replay } from "./relay.ts";

const nothing: readonly never[] = [];

/** `T` is what the future's function returns; nothing can check what a worker sends. */
export function valueOf<T>(cell: FutureCell): Promise<T>;
export function valueOf(cell: FutureCell): Promise<unknown> {
  return settle(cell).then((settled) => take(cell, settled));
}

/** The same with what is to be done next, as `then()` has it: one promise less for each future that is awaited. */
export function valueThen<A, B>(
  cell: FutureCell,
  onFulfilled: ((value: never) => A | PromiseLike<A>) | null | undefined,
  onRejected: ((reason: unknown) => B | PromiseLike<B>) | null | undefined,
): Promise<A | B>;
export function valueThen(cell: FutureCell, onFulfilled: unknown, onRejected: unknown): Promise<unknown> {
  return settle(cell).then((settled) => {
    let value: unknown;
    try {
      value = take(cell, settled);
    } catch (error) {
      if (typeof onRejected === "function") return Reflect.apply(onRejected, undefined, [error]);
      throw error;
    }
    return typeof onFulfilled === "function" ? Reflect.apply(onFulfilled, undefined, [value]) : value;
  });
}

/** Output first, then the value or the error. */
export function take(cell: FutureCell, settled: Settled): unknown {
  replay(cell);
  if (settled._tag !== "finished") throw settled.error;
  if (cell.capture._tag === "dropped") throw new OptionInvalid(droppedText(cell.name), { label: cell.settings.label });
  return settled.value;
}

/** Frees the result and what was captured; the future cannot be asked again. */
export function drop(cell: FutureCell): void {
  cell.capture = { _tag: "dropped" };
  cell.output = nothing;
  if (cell.state._tag === "finished") cell.state = { _tag: "finished", value: undefined };
}
