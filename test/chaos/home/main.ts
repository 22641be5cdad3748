/** The process under chaos: plays episodes, tells what came of each, and must end by itself. Started by `startHome`. */

import { setFlagsFromString } from "node:v8";
import type { BackendName, EpisodeReport, HomeSettings } from "../types.ts";
import { Episode } from "./Episode.ts";
import { compare, holdings, sample, type Holdings } from "./leftovers.ts";
import { tell } from "./remoteFaults.ts";
import { wait } from "./wait.ts";

const settings: HomeSettings = JSON.parse(process.argv[2] ?? "");
const began = performance.now();
let count = 0;

// Threads have small heaps, so that they run out of memory soon.
setFlagsFromString("--max-old-space-size=64");
process.channel?.unref();
process.once("disconnect", () => process.exit(1)); // whoever started it is gone

async function play(backend: BackendName, seed: number, futures: number): Promise<Omit<EpisodeReport, "leaked">> {
  const report = await new Episode(backend, seed, { ...settings, futures }).play();
  count += report.futures;
  return report;
}

/** Handles end in the loop's close phase. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Children that are ending are given a moment: the last is the shell that guards processes, which nobody waits for. */
async function settle(): Promise<Holdings> {
  for (let turns = 0; turns < 3; turns++) await turn();
  for (let rest = 100; rest > 0 && holdings().children.length > 0; rest--) await wait(20);
  return holdings();
}

for (const [index, backend] of settings.backends.entries()) await play(backend, settings.seed - 1 - index, 20);
// What is open now belongs to the process: libraries that were loaded.
const before = await settle();
for (let round = 0; round === 0 || performance.now() - began < settings.duration; round++) {
  for (const backend of settings.backends) {
    if (process.exitCode !== undefined) break; // what hangs cannot be shut down
    const report = await play(backend, settings.seed + round, settings.futures);
    const leaks = compare(before, await settle());
    const all = { ...report, leaked: leaks.length, problems: [...report.problems, ...leaks] };
    if (report.hung > 0) process.exitCode = 1;
    tell({ type: "report", report: all, sample: sample(performance.now() - began, count) });
  }
}
tell({ type: "over" });
process.removeAllListeners("disconnect");
if (process.exitCode === undefined) process.disconnect?.();
else process.exit();
