/** Start markers, and processes without them. */

import { future, multisession, plan, shutdown, value, WorkerLost } from "futureplan";
import { afterAll, afterEach, expect, test } from "vitest";
import { MarkerFile } from "../../../src/backends/MarkerFile.ts";

const { TMPDIR } = process.env;

afterEach(() => {
  if (TMPDIR === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = TMPDIR;
});
afterAll(() => shutdown());

test("what was written through the descriptor is the value", async () => {
  const { writeSync } = await import("node:fs");
  const marker = MarkerFile.open();
  expect(marker).toBeDefined();
  writeSync(marker?.descriptor ?? -1, Int32Array.of(7), 0, 4, 0);
  marker?.close();
  expect(marker?.value[0]).toBe(7);
});

test("where no temporary file can be made, processes run, and say themselves what they began", async () => {
  process.env["TMPDIR"] = "/nowhere/at/all";
  expect(MarkerFile.open()).toBeUndefined();
  plan(multisession({ workers: 1, env: { TMPDIR: "/tmp" } }));
  expect(await value(future(() => 6 * 7))).toBe(42);
  await expect(value(future(() => process.kill(process.pid, "SIGKILL")))).rejects.toThrow(WorkerLost);
  expect(await value(future(() => 1))).toBe(1);
});
