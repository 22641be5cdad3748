/**
 * From `created` to `queued`: listens to the signal, waits for the futures that this one uses, and hands it to its
 * plan. A future whose captures cannot travel fails here.
 */

import type { Encoded, Payload } from "../codec/Encoded.ts";
import { cancelCell } from "./cancelCell.ts";
import { conclude } from "./conclude.ts";
import type { FutureCell } from "./FutureCell.ts";
import { cellOf, isFuture } from "./Future.ts";
import { queued } from "./FutureState.ts";
import { loadCapture } from "./loadCapture.ts";
import { Run } from "./Run.ts";
import { settle } from "./settle.ts";

/** Does nothing for a future that is on its way already. */
export function launch(cell: FutureCell): void {
  if (cell.state._tag !== "created") return;
  switch (cell.capture._tag) {
    case "refused":
      return conclude(cell, { _tag: "failed", error: cell.capture.error });
    case "captured":
      return start(cell, cell.capture.snapshot.payload, cell.capture.snapshot.futures);
    case "dropped":
      throw new Error("a dropped future cannot be launched"); // reset() refuses it
  }
}

function start(cell: FutureCell, payload: Payload, futures: readonly object[]): void {
  if (cell.settings.signal?.aborted === true) return cancelCell(cell, true);
  listen(cell, cell.settings.signal);
  cell.move(queued);
  if (futures.length === 0) return enqueue(cell, new Run(cell, { payload, dependencies: [], attempt: 1, unbegun: 0 }));
}
