/**
 * Failures that nobody asked for: no promise exists for them, so no unhandled rejection; they are reported once,
 * as a warning, when the process is about to end. At most `kept` futures are held for it, the others are counted.
 */

import type { FutureCell } from "./FutureCell.ts";
import { unobservedText } from "../errors/words.ts";

const kept = 20;
const failures = new Set<FutureCell>();
let more = 0;

/** Somebody takes the future's failure, should there be one, upon themselves. */
export function observe(cell: FutureCell): void {
  cell.observed = true;
  if (failures.delete(cell) && failures.size === 0) forget();
}

/** A future has failed, or ran out of time. */
export function noteFailure(cell: FutureCell): void {
  if (cell.observed) return;
  if (failures.size >= kept) {
    more++;
    return;
  }
  if (failures.size === 0) {
    process.on("beforeExit", report);
    process.on("exit", reportAtOnce);
  }
  failures.add(cell);
}

function forget(): void {
  failures.clear();
  more = 0;
  process.off("beforeExit", report);
  process.off("exit", reportAtOnce);
}

function report(): void {
  process.emitWarning(words(), { type: "FutureWarning", code: "FUTURE_UNOBSERVED" });
  forget();
}

/** After `process.exit()` only synchronous listeners still run. */
function reportAtOnce(): void {
  const warning = Object.assign(new Error(words()), { name: "FutureWarning", code: "FUTURE_UNOBSERVED" });
  process.emit("warning", warning);
  forget();
}

function words(): string {
  const lines = [...failures].map(
    (cell) => `${cell.name}: ${cell.state._tag === "failed" || cell.state._tag === "interrupted" ? textOf(cell.state.error) : ""}`,
  );
  return unobservedText(lines, more);
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
