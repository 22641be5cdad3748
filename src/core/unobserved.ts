/**
 * Failures that nobody asked for: no promise exists for them, so no unhandled rejection; they are reported once,
 * as a warning, when the process is about to end, and make it end with code 1 where the program says nothing else.
 * At most `kept` futures are held for it, the others are counted.
 */

import { FutureInterrupted } from "../errors/errors.ts";
import { unobservedText } from "../errors/words.ts";
import { currentSession } from "../session/currentSession.ts";
import type { FutureCell } from "./FutureCell.ts";

const kept = 20;
const failures = new Set<FutureCell>();
let more = 0;
/** Some of those that are not held failed by themselves. */
let moreFailed = false;

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
    moreFailed ||= hasFailed(cell);
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
  moreFailed = false;
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

/** Sets the exit code, too. */
function words(): string {
  const lines = [...failures].map((cell) => `${cell.name}: ${textOf(errorOf(cell))}`);
  const decides = process.exitCode === undefined && decidesExit();
  if (decides) process.exitCode = 1;
  return unobservedText(lines, more, decides);
}

function decidesExit(): boolean {
  if (currentSession().worker !== undefined || process.env["FUTURE_UNOBSERVED"] === "warn") return false;
  if (!process.getBuiltinModule("node:worker_threads").isMainThread) return false; // a thread decides nothing
  return moreFailed || [...failures].some(hasFailed);
}

/** A failure of the program: not of a future inside another one, nor because it, or one that it waited for, was stopped. */
function hasFailed(cell: FutureCell): boolean {
  return !cell.nested && cell.state._tag === "failed" && !(cell.state.error instanceof FutureInterrupted);
}

function errorOf({ state }: FutureCell): unknown {
  return state._tag === "failed" || state._tag === "interrupted" ? state.error : "";
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
