/** Stops a future: what has not begun never does; what runs is interrupted, if wished. */

import { FutureCanceled } from "../errors/errors.ts";
import { canceledText } from "../errors/words.ts";
import { conclude } from "./conclude.ts";
import type { FutureCell } from "./FutureCell.ts";
import { finishOwnError } from "./trace.ts";

export function cancelCell(cell: FutureCell, interrupt: boolean): void {
  const { run, settings } = cell;
  if (run !== undefined) {
    if (!run.over) cell.plan.stop(run, "cancel", interrupt);
  } else if (cell.state._tag === "created") {
    const cause: unknown = settings.signal?.aborted === true ? settings.signal.reason : undefined;
    const error = new FutureCanceled(canceledText(cell, "cancel"), { label: settings.label, cause });
    conclude(cell, { _tag: "canceled", error: finishOwnError(error, cell) });
  }
}
