/**
 * `npm run chaos -- [--minutes N] [--seed N] [--futures N] [--backends multicore,cluster]`: plays episodes on all backends in turn, in one process, and
 * watches its memory and handles. Ends with 1 if anything was lost, doubled, hung, wrong or left. A run of half an hour writes the report into README.md.
 */

import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { SshHosts } from "../cluster/support/SshHosts.ts";
import { countsOf, tableOf, trendsOf } from "./describe.ts";
import { plot } from "./plot.ts";
import { startHome } from "./startHome.ts";
import { backends, type EpisodeReport } from "./types.ts";

/** Minutes from which on a run over all backends is a report. */
const thorough = 30;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    futures: { type: "string", default: "300" },
    backends: { type: "string", default: backends.join() },
  },
});

const minutes = Number(values.minutes);
const seed = Number(values.seed);
const chosen = backends.filter((backend) => values.backends.split(",").includes(backend));
if (chosen.length === 0) throw new Error(`--backends takes ${backends.join(", ")}; got ${values.backends}`);

const hosts = chosen.includes("cluster") ? await SshHosts.start({ count: 2 }) : undefined;

function say({ backend, seed: number, futures, milliseconds, problems }: EpisodeReport): void {
  console.log(`${backend} ${number}: ${futures} futures in ${(milliseconds / 1000).toFixed(1)} s`);
  for (const problem of problems) console.log(`  ${problem}`);
}

const command = `npm run chaos -- --minutes ${minutes} --seed ${seed} --futures ${values.futures}`;
console.log(command);
const run = await startHome({
  backends: chosen,
  seed,
  futures: Number(values.futures),
  duration: minutes * 60_000,
  onReport: say,
  ...(hosts !== undefined && { hosts }),
});
await hosts?.stop();

const { reports, samples, code, signal, survivors, files, stderr } = run;
const text = [
  `\`${command}\`, on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node}, ${((samples.at(-1)?.at ?? 0) / 60_000).toFixed(0)} minutes in one process:`,
  tableOf(reports),
  countsOf(reports),
  trendsOf(samples),
  `It ended with ${signal ?? `code ${code}`}; left were ${survivors.length} processes and ${files.length} files.`,
].join("\n\n");
console.log(`\n${text}`);
if (minutes >= thorough && chosen.length === backends.length) {
  await writeFile(new URL("soak.svg", import.meta.url), plot(samples, `${minutes} minutes of chaos, one sample after each episode`));
  await writeReport(text);
}
if (code !== 0) console.log(stderr);
const damage = reports.some(({ problems }) => problems.length > 0);
process.exitCode = damage || code !== 0 || survivors.length > 0 || files.length > 0 ? 1 : 0;

async function writeReport(report: string): Promise<void> {
  const page = new URL("README.md", import.meta.url);
  const [from, to] = ["<!-- npm run chaos writes from here -->", "<!-- to here -->"];
  const old = await readFile(page, "utf8");
  await writeFile(page, `${old.slice(0, old.indexOf(from) + from.length)}\n\n${report}\n\n${old.slice(old.indexOf(to))}`);
}
