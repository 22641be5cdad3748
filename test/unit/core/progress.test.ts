/** How far a map is: what is counted, and what a terminal shows. */

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { ProgressMeter } from "../../../src/core/maps/ProgressMeter.ts";
import type { MapProgress } from "../../../src/core/maps/MapOptions.ts";

test("counts what has ended and the fractions of what runs", () => {
  const heard: MapProgress[] = [];
  const meter = new ProgressMeter(10, { update: (progress) => void heard.push(progress), finish() {} });
  meter.report(0, 1.5);
  meter.report(1, 2);
  meter.end(0, 5);
  meter.end(1, 5);
  expect(heard.map(({ done }) => done)).toEqual([1.5, 3.5, 7, 10]);
  expect(heard.at(-1)).toMatchObject({ total: 10, eta: 0 });
});

test("where the total is unknown, so is the end", () => {
  const heard: MapProgress[] = [];
  const meter = new ProgressMeter(undefined, { update: (progress) => void heard.push(progress), finish() {} });
  meter.end(0, 3);
  expect(heard).toEqual([{ done: 3, total: undefined, eta: undefined }]);
});

const index = new URL("../../../dist/index.js", import.meta.url).href;
const program = `
import { futureMap, plan, shutdown } from ${JSON.stringify(index)};
plan("multicore", { workers: 1 });
const values = await futureMap([1, 2, 3], (x) => { console.log("element", x); return x * x; }, { chunkSize: 1, progress: true });
console.log("values", values.join());
await shutdown();
`;

/** What the program writes: to a terminal, by util-linux's `script`, or to a pipe. */
async function run(onTerminal: boolean): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), "futureplan-progress-"));
  try {
    const file = join(folder, "bar.mjs");
    await writeFile(file, program);
    const command = `"${process.execPath}" "${file}"`;
    return onTerminal
      ? await promisify(execFile)("script", ["-qec", command, "/dev/null"])
      : await promisify(execFile)(process.execPath, [file]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.skipIf(process.platform !== "linux")(
  "a terminal shows a bar, below the output, that is gone in the end (util-linux's script)",
  async () => {
    const { stdout } = await run(true);
    const text = stripVTControlCharacters(stdout);
    expect(text).toContain("░ 0 of 3");
    expect(text).toContain("█ 3 of 3");
    // What a person sees in the end: each line without what was drawn over.
    const seen = stdout.split("\r\n").map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf("\u001b[2K"))));
    expect(seen.filter((line) => line !== "")).toEqual(["element 1", "element 2", "element 3", "values 1,4,9"]);
  },
);

test("where there is no terminal, nothing is drawn", async () => {
  expect(await run(false)).toEqual({ stdout: "element 1\nelement 2\nelement 3\nvalues 1,4,9\n", stderr: "" });
});
