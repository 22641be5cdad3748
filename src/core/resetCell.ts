/** Makes a settled future runnable again, with what was captured when it was made. */

import { OptionInvalid } from "../errors/errors.ts";
import { droppedText, notSettledText } from "../errors/words.ts";
import type { FutureCell } from "./FutureCell.ts";
import { created, isSettled } from "./FutureState.ts";
import { observe } from "./unobserved.ts";

const nothing: readonly never[] = [];

/** Throws `OptionInvalid` for a future that is under way or was dropped. */
export function resetCell(cell: FutureCell): void {
  const { label } = cell.settings;
  if (cell.state._tag === "created") return;
  if (!isSettled(cell.state)) throw new OptionInvalid(notSettledText(cell.name, cell.state._tag), { label });
  if (cell.capture._tag === "dropped") throw new OptionInvalid(droppedText(cell.name), { label });
  observe(cell);
  cell.move(created);
  cell.attempts = 0;
  cell.worker = undefined;
  cell.started = undefined;
  cell.finished = undefined;
  cell.output = nothing;
  cell.relayed = false;
  cell.observed = false;
}
