/** Waits for a future, replays what it wrote, and gives its value or throws its error. */

import { OptionInvalid } from "../errors/errors.ts";
import { droppedText } from "../errors/words.ts";
import type { FutureCell } from "./FutureCell.ts";
import type { Settled } from "./FutureState.ts";
import { launch } from "./launch.ts";
import { replay } from "./relay.ts";
import { observe } from "./unobserved.ts";

/** `T` is what the future's function returns; nothing can check what a worker sends. */
export function valueOf<T>(cell: FutureCell): Promise<T>;
export async function valueOf(cell: FutureCell): Promise<unknown> {
  const settled = await settle(cell);
  return take(cell, settled);
}

/** Launches it and waits; the caller answers for its failure from now on. */
export function settle(cell: FutureCell): Promise<Settled> {
  observe(cell);
  launch(cell);
  return cell.settled();
}

/** Output first, then the value or the error. */
export function take(cell: FutureCell, settled: Settled): unknown {
  replay(cell);
  if (settled._tag !== "finished") throw settled.error;
  if (cell.capture._tag === "dropped") throw new OptionInvalid(droppedText(cell.name), { label: cell.settings.label });
  return settled.value;
}
