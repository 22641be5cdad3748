/** The end of a future: its last state, and what is let go with it. */

import { FutureTimeout } from "../errors/errors.ts";
import type { FutureCell } from "./FutureCell.ts";
import type { Settled } from "./FutureState.ts";
import { noteFailure } from "./unobserved.ts";

export function conclude(cell: FutureCell, end: Settled): void {
  if (!cell.move(end)) return;
  cell.run = undefined;
  cell.unlisten?.();
  cell.unlisten = undefined;
  const failed = end._tag === "failed" || (end._tag === "interrupted" && end.error instanceof FutureTimeout);
  if (failed) noteFailure(cell);
}
