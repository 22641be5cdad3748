/** `reset()`: another run of a settled future. */

import { cellsIn } from "../core/gather.ts";
import { resetCell } from "../core/resetCell.ts";
import { publish } from "../session/publish.ts";

/**
 * Makes a settled, failed or canceled future (or all of a container) runnable again, with what was captured when it was
 * made; it is launched like a lazy one. Throws `OptionInvalid` while it is under way, and after `drop`. R's `reset()`.
 */
export function reset(target: unknown): void {
  for (const cell of cellsIn(target)) resetCell(cell);
}

publish({ reset });
