/**
 * A future that waits for captured promises says so after five seconds, once for each place in the code: one that never settles, such as that
 * of a running loop, would keep it from ever starting without a word. Futures that were captured or given by themselves are meant to be waited for.
 */

import { isWaitedFor, renderPath } from "../codec/encode/Path.ts";
import type { Waited } from "../codec/encode/PromiseParts.ts";
import { waitingText } from "../errors/words.ts";
import { placeOf } from "../platform/callSite.ts";
import { systemClock, type Clock } from "../platform/clock.ts";
import { cellOf } from "./cellOf.ts";
import type { Run } from "./Run.ts";

/** Milliseconds. */
const patience = 5000;
const told = new Set<string>();

/** `settled`: when what is waited for has come, in the same order. Gives what ends the watch. */
export function watchWaits(
  run: Run,
  waits: readonly Waited[],
  settled: readonly Promise<unknown>[],
  clock: Clock = systemClock,
): () => void {
  const open = new Set<Waited>();
  for (const [at, wait] of waits.entries()) {
    if (cellOf(wait.value) !== undefined && isWaitedFor(wait.path)) continue;
    open.add(wait);
    void settled[at]?.then(() => open.delete(wait));
  }
  if (open.size === 0) return () => undefined;
  const timer = clock.after(patience, () => {
    const { cell, over } = run;
    const key = placeOf(cell.site) ?? cell.name;
    if (over || open.size === 0 || told.has(key)) return;
    told.add(key);
    process.emitWarning(waitingText(cell.name, [...open].map(describe)), { type: "FutureWarning", code: "FUTURE_WAITING" });
  });
  return () => timer.cancel();
}

function describe({ value, path }: Waited): string {
  return `${cellOf(value) === undefined ? "the promise" : "the future"} ${renderPath(path)}`;
}
