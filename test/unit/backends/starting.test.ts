/** Flags, environment and loaders that workers on this machine start with. */

import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { LastLines } from "../../../src/backends/LastLines.ts";
import { openThread } from "../../../src/backends/openThread.ts";
import { threadLoaders } from "../../../src/backends/threadLoaders.ts";
import { inheritedFlags, localProcess } from "../../../src/launchers/localProcess.ts";

describe("inheritedFlags", () => {
  it("keeps loaders, conditions and limits with their values", () => {
    const flags = ["--import", "tsx", "--conditions=dev", "-r", "./x.cjs", "--max-old-space-size=100", "--enable-source-maps"];
    expect(inheritedFlags(flags)).toEqual(flags);
  });

  it("drops what belongs to the script that runs here", () => {
    const own = [
      "--inspect-brk=0",
      "--eval",
      "1 + 1",
      "-p",
      "2",
      "--input-type=module",
      "--test",
      "--test-reporter=tap",
      "--watch",
      "--cpu-prof",
      "--title=x",
      "--env-file",
      ".env",
      "--import",
      "futureplan",
      "--import=futureplan",
    ];
    expect(inheritedFlags(["--no-warnings", ...own, "--enable-source-maps"])).toEqual(["--no-warnings", "--enable-source-maps"]);
  });
});

describe("localProcess", () => {
  const from = { execPath: "/node", execArgv: ["--no-warnings", "--inspect"], program: "/w.js", threadsPerWorker: 3, extra: { A: "mine" } };

  it("starts this executable with the program", () => {
    const { command, args } = localProcess({ ...from, env: {} });
    expect([command, ...args]).toEqual(["/node", "--no-warnings", "/w.js"]);
  });

  it("limits native threads unless the environment or the plan says otherwise", () => {
    const { env } = localProcess({ ...from, env: { MKL_NUM_THREADS: "8" }, extra: { RAYON_NUM_THREADS: "2" } });
    expect(env).toMatchObject({ OMP_NUM_THREADS: "3", MKL_NUM_THREADS: "8", RAYON_NUM_THREADS: "2" });
  });

  it("copies the environment without the plan; the plan's own variables win", () => {
    const { env } = localProcess({ ...from, env: { A: "1", B: "2", FUTURE_PLAN: "multicore" } });
    expect(env).toMatchObject({ A: "mine", B: "2" });
    expect(env).not.toHaveProperty("FUTURE_PLAN");
  });
});

describe("openThread", () => {
  it("leaves out flags that Node refuses for threads, with their values", async () => {
    const program = new URL(
      "data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.postMessage(process.execArgv)",
    );
    const worker = openThread(program, ["--expose-gc", "--no-warnings", "--max-old-space-size", "200"], {});
    const [flags] = await once(worker, "message");
    await worker.terminate();
    expect(flags).toEqual(["--no-warnings"]);
  });
});

describe("threadLoaders", () => {
  it("finds tsx's loader from its flag, in all its forms, before Node 22", () => {
    const forms = [
      ["--import", "tsx"],
      ["--import=tsx/esm"],
      ["--loader", "tsx"],
      ["--import", new URL("../../../node_modules/tsx/dist/loader.mjs", import.meta.url).href],
    ];
    for (const form of forms)
      expect(threadLoaders(form, "20.19.0", process.cwd())).toEqual([expect.stringMatching(/^file:.*tsx\/dist\/esm\/api\//)]);
  });

  it("finds nothing elsewhere", () => {
    expect(threadLoaders(["--import", "./mine.mjs", "--no-warnings"], "20.19.0", process.cwd())).toEqual([]);
    expect(threadLoaders(["--import", "tsx"], "22.0.0", process.cwd())).toEqual([]);
  });
});

describe("LastLines", () => {
  it("keeps the last twenty lines of any amount of output", () => {
    const lines = new LastLines();
    for (let line = 0; line < 10_000; line++) lines.push(Buffer.from(`line ${line}\n`));
    expect(lines.toString().split("\n")).toHaveLength(20);
    expect(lines.toString()).toMatch(/^line 9980\n[^]*line 9999$/);
  });
});
