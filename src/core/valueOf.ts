/** Waits for a future, replays what it wrote, and gives its value or throws its error. */

import { OptionInvalid } from "../errors/errors.ts";
import { droppedText } from "../errors/words.ts";
import type { FutureCell } from "./FutureCell.ts";
import type { Settled } from "./FutureState.ts";
import { settle } from "./launch.ts";
import { replay } from "./relay.ts";

/** `T` is what the future's function returns; nothing can check what a worker sends. */
export function valueOf<T>(cell: FutureCell): Promise<T>;
export async function valueOf(cell: FutureCell): Promise<unknown> {
  return take(cell, await settle(cell));
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
  cell.output = [];
  if (cell.state._tag === "finished") cell.state = { _tag: "finished", value: undefined };
}
