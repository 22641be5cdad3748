/** Real threads and real processes. */

import { getActiveResourcesInfo } from "node:process";
import { afterEach, describe, expect, it } from "vitest";
import * as multicore from "../../../src/backends/multicore.ts";
import * as multisession from "../../../src/backends/multisession.ts";
import type { Backend } from "../../../src/core/Backend.ts";
import type { PlanOptionsInput } from "../../../src/plans/parseOptions.ts";
import { currentSession } from "../../../src/session/currentSession.ts";
import { contextOf, realTask, run } from "./support/realTask.ts";

const modules = { multicore, multisession };

let opened: Backend | undefined;

function open(name: keyof typeof modules, options: PlanOptionsInput = {}): Backend {
  opened = modules[name].open(contextOf(name, { workers: 1, ...options }));
  return opened;
}

afterEach(async () => {
  await opened?.close("now");
});

describe.each(["multicore", "multisession"] as const)("%s", (name) => {
  it("runs a function with its arguments", async () => {
    const backend = open(name);
    expect(await run(backend, (a: number, b: number) => a * b, { args: [6, 7] })).toMatchObject({ type: "value", value: 42 });
  });

  it("keeps its worker from one future to the next", async () => {
    const backend = open(name);
    const identity = async (): Promise<unknown> => {
      const { threadId } = await import("node:worker_threads");
      return [process.pid, threadId];
    };
    expect(await run(backend, identity)).toEqual(await run(backend, identity));
  });

  it("replaces a worker that ends itself, and says how it ended", async () => {
    const backend = open(name);
    expect(await run(backend, () => process.exit(7))).toMatchObject({
      type: "lost",
      loss: { started: true, exitCode: 7, worker: `${name}/1` },
    });
    expect(await run(backend, () => 1)).toMatchObject({ type: "value", value: 1 });
  });

  it("ends an endless loop, then runs what waits", async () => {
    const backend = open(name, { grace: 10 });
    const endless = realTask(() => {
      const { progress } = Reflect.get(globalThis, Symbol.for("futureplan/session")).current();
      progress(0.5);
      for (;;);
    });
    backend.submit(endless);
    const next = run(backend, () => "next");
    await endless.reported;
    backend.stop(endless, "cancel", true);
    expect(await endless.ending).toEqual({ type: "stopped", reason: "cancel", started: true });
    expect(await next).toMatchObject({ value: "next" });
  });

  it("enforces a time limit", async () => {
    const backend = open(name, { grace: 10 });
    const ending = await run(
      backend,
      () => {
        for (;;);
      },
      { timeout: 30 },
    );
    expect(ending).toEqual({ type: "stopped", reason: "timeout", started: true });
  });

  it("gives the error that nobody caught to the future aboard", async () => {
    const backend = open(name);
    const ending = await run(
      backend,
      () =>
        new Promise(() =>
          setImmediate(() => {
            throw new RangeError("late");
          }),
        ),
    );
    expect(ending).toMatchObject({ type: "error", value: { message: "late" } });
  });

  it("runs `setup` once in each worker, and refuses its futures when that fails", async () => {
    const backend = open(name, {
      setup: () => {
        throw new TypeError("no database");
      },
    });
    expect(await run(backend, () => 1)).toMatchObject({
      type: "refused",
      error: { name: "LaunchError", cause: { message: "no database" } },
    });
  });

  it("gives workers the plan's variables, but not the plan", async () => {
    process.env["FUTURE_PLAN"] = "sequential";
    const backend = open(name, { env: { MINE: "yes" } });
    const ending = await run(backend, () => [process.env["MINE"], process.env["FUTURE_PLAN"], process.env["PATH"]]);
    delete process.env["FUTURE_PLAN"];
    expect(ending).toMatchObject({ value: ["yes", undefined, process.env["PATH"]] });
  });

  it("ends its workers when it is closed, and waits until they are gone", async () => {
    const connections = (): string[] => getActiveResourcesInfo().filter((resource) => /MessagePort|Worker|Pipe/.test(resource));
    const before = connections();
    const backend = open(name, { workers: 2 });
    await Promise.all([run(backend, () => 1), run(backend, () => 2)]);
    await backend.close("drain");
    expect(connections()).toEqual(before);
  });
});

describe("multisession", () => {
  it("reports the last lines that a dead worker wrote on stderr", async () => {
    const backend = open("multisession");
    const ending = await run(backend, async () => {
      const { writeSync } = await import("node:fs");
      writeSync(2, "first\nlast words\n");
      process.kill(process.pid, "SIGKILL");
    });
    expect(ending).toMatchObject({ type: "lost", loss: { signal: "SIGKILL", stderr: "first\nlast words" } });
  });

  it("lets native code have one thread per worker", async () => {
    const backend = open("multisession", { threadsPerWorker: 2, env: { MKL_NUM_THREADS: "5" } });
    expect(await run(backend, () => [process.env["OMP_NUM_THREADS"], process.env["MKL_NUM_THREADS"]])).toMatchObject({ value: ["2", "5"] });
  });

  it("works in the plan's directory", async () => {
    const backend = open("multisession", { cwd: "/" });
    expect(await run(backend, () => process.cwd())).toMatchObject({ value: "/" });
  });

  it("refuses a future for a directory that does not exist", async () => {
    const backend = open("multisession", { cwd: "/no/such/place" });
    expect(await run(backend, () => 1)).toMatchObject({ type: "refused", error: { name: "LaunchError" } });
  });
});

describe("multicore", () => {
  it("shares memory with its threads", async () => {
    const backend = open("multicore");
    const shared = new Int32Array(new SharedArrayBuffer(4));
    await run(
      backend,
      (view: Int32Array) => {
        view[0] = 9;
      },
      { args: [shared] },
    );
    expect(shared[0]).toBe(9);
  });
});

it("does not touch the session of this thread", () => {
  expect(currentSession().worker).toBeUndefined();
});
