/** `cancel()`: stops what has not begun, and what runs. */

import { cancelCell } from "../core/cancelCell.ts";
import { refuseOption } from "../core/FutureOptions.ts";
import { cellsIn } from "../core/gather.ts";
import { OptionReader } from "../plans/OptionReader.ts";
import { aBoolean } from "../plans/rules.ts";
import { publish } from "../session/publish.ts";

export interface CancelOptions {
  /** Also stop what runs: first through `currentFuture().signal`, then by ending the worker. Default `true`. */
  readonly interrupt?: boolean | undefined;
}

/**
 * Cancels a future, or every future of a container: queued, it never starts (`FutureCanceled`); running, it is interrupted
 * (`FutureInterrupted`). What has settled stays as it is. R's `cancel()`.
 */
export function cancel(target: unknown, options?: CancelOptions): void {
  const read = new OptionReader(options, "cancel()", refuseOption);
  const interrupt = read.read("interrupt", aBoolean, true);
  read.done();
  for (const cell of cellsIn(target)) cancelCell(cell, interrupt);
}

publish({ cancel });
