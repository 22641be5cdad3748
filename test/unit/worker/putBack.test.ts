import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WorkerFacts } from "../../../src/session/Session.ts";
import type { Kind } from "./TestWorker.ts";
import { workersOfEachTest } from "./workersOfEachTest.ts";

const start = workersOfEachTest();

describe.each<Kind>(["thread", "process"])("between futures, a %s", (kind) => {
  it("has its environment again", async () => {
    const worker = await start(kind);
    const { value } = await worker.run(() => {
      const path = process.env["PATH"];
      process.env["FUTUREPLAN_NEW"] = "1";
      process.env["PATH"] = "changed";
      delete process.env["HOME"];
      const seen = ["FUTUREPLAN_NEW" in process.env, Object.keys(process.env).includes("HOME"), { ...process.env }["PATH"]];
      return { path, seen };
    });
    expect(value).toEqual({ path: process.env["PATH"], seen: [true, false, "changed"] });
    const child = await worker.run(async () => {
      const { execFileSync } = await import("node:child_process");
      process.env["FUTUREPLAN_CHILD"] = "seen";
      return execFileSync(process.execPath, ["-p", "process.env.FUTUREPLAN_CHILD"], { encoding: "utf8" }).trim();
    });
    expect(child.value).toBe("seen");
    const { value: after } = await worker.run(() => [process.env["FUTUREPLAN_NEW"], process.env["PATH"], process.env["HOME"]]);
    expect(after).toEqual([undefined, process.env["PATH"], process.env["HOME"]]);
  });

  it("has its environment again even when the whole object was replaced", async () => {
    const worker = await start(kind);
    await worker.run(() => void (process.env = { A: "b" }));
    expect((await worker.run(() => process.env["PATH"])).value).toBe(process.env["PATH"]);
  });

  it("has its globals again: added, changed and deleted ones", async () => {
    const worker = await start(kind);
    const { spent } = await worker.run(() => {
      const global = globalThis as Record<string, unknown>;
      global["added"] = 1;
      global["parseInt"] = () => "replaced";
      delete global["structuredClone"];
      return [typeof global["structuredClone"], parseInt("5")];
    });
    expect(spent).toBe(false);
    const { value } = await worker.run(() => ["added" in globalThis, parseInt("5"), typeof structuredClone]);
    expect(value).toEqual([false, 5, "function"]);
  });

  it("calls itself spent when a global cannot be put back", async () => {
    const worker = await start(kind);
    const { left, spent } = await worker.run(() => void Object.defineProperty(globalThis, "fixed", { value: 1 }));
    expect({ left, spent }).toEqual({ left: ["globalThis.fixed"], spent: true });
  });

  it("has cleared and reports the timers that a future left, but not unreferenced or finished ones", async () => {
    const worker = await start(kind);
    const { left, spent } = await worker.run(async () => {
      setInterval(() => console.log("tick"), 1);
      setInterval(() => undefined, 1000).unref();
      clearTimeout(setTimeout(() => undefined, 1000));
      await new Promise((resolve) => setTimeout(resolve, 1));
    });
    expect({ left, spent }).toEqual({ left: ["Timeout"], spent: false });
    // Timers of the same length fire in the order in which they were started: had it been left, it would have ticked.
    const { output } = await worker.run(() => new Promise((resolve) => setTimeout(resolve, 1)));
    expect(output).toEqual([]);
  });

  it("waits for an immediate that a future left, and reports one that starts itself again and again", async () => {
    const worker = await start(kind);
    const once = await worker.run(() => void setImmediate(() => undefined));
    expect({ left: once.left, spent: once.spent }).toEqual({ left: [], spent: false });
    const ever = await worker.run(() => {
      const again = (): void => void setImmediate(again);
      again();
    });
    expect({ left: ever.left, spent: ever.spent }).toEqual({ left: ["Immediate"], spent: true });
  });

  it("reports an open server and is spent, but not what was closed in time", async () => {
    const worker = await start(kind);
    const closed = await worker.run(async () => {
      const { createServer } = await import("node:net");
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, resolve));
      server.close();
    });
    expect({ left: closed.left, spent: closed.spent }).toEqual({ left: [], spent: false });
    const open = await worker.run(async () => {
      const { createServer } = await import("node:net");
      await new Promise<void>((resolve) => createServer().listen(0, resolve));
    });
    expect({ left: open.left, spent: open.spent }).toEqual({ left: ["TCPServerWrap"], spent: true });
  });

  it("reports an open port and is spent, but not what was closed or cloned", async () => {
    const worker = await start(kind);
    const closed = await worker.run(() => {
      const { port1 } = new MessageChannel();
      port1.on("message", () => undefined);
      port1.close();
      return structuredClone([1]);
    });
    expect({ left: closed.left, spent: closed.spent }).toEqual({ left: [], spent: false });
    const open = await worker.run(() => {
      new MessageChannel().port1.on("message", () => undefined);
    });
    expect({ left: open.left, spent: open.spent }).toEqual({ left: ["MessagePort"], spent: true });
  });

  it("keeps what was made for longer than a future", async () => {
    const worker = await start(kind);
    const { left, spent } = await worker.run(() => {
      const session = (globalThis as never)[Symbol.for("futureplan/session")] as { worker: WorkerFacts };
      session.worker.keep(() => setInterval(() => undefined, 1000));
    });
    expect({ left, spent }).toEqual({ left: [], spent: false });
    expect((await worker.run(() => process.getActiveResourcesInfo().includes("Timeout"))).value).toBe(true);
    expect((await worker.run(() => void setInterval(() => undefined, 1000))).left).toEqual(["Timeout"]);
  });

  it("does not take its own channel, output or waiting for something left", async () => {
    const worker = await start(kind);
    for (const output of ["relay", "inherit"] as const) {
      const { left, spent } = await worker.run(
        async () => {
          const { readFile } = await import("node:fs/promises");
          console.log("x");
          process.stdout.write("");
          await readFile("/dev/null");
          await new Promise((resolve) => setImmediate(resolve));
        },
        { output },
      );
      expect({ left, spent }).toEqual({ left: [], spent: false });
    }
  });
});

describe.each<Kind>(["thread", "process"])("several futures at once in a %s", (kind) => {
  const modules = ["data:text/javascript,export const loaded = 1"];

  it("that come with modules to load leave nothing of the worker's own", async () => {
    const worker = await start(kind, { concurrency: 3 });
    const body = (n: number): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(n), n));
    const ends = await Promise.all([1, 2, 3, 4, 5].map((n) => worker.run(body, { modules, args: [n] })));
    expect(ends.map(({ value, left, spent }) => ({ value, left, spent }))).toEqual(
      [1, 2, 3, 4, 5].map((value) => ({ value, left: [], spent: false })),
    );
  });

  it("that come with modules to load are put back and watched like others", async () => {
    const worker = await start(kind, { concurrency: 2 });
    const body = (): void => {
      process.env["FUTUREPLAN_NEW"] = "1";
      setInterval(() => undefined, 1000);
    };
    const quiet = (): void => undefined;
    const ends = await Promise.all([worker.run(quiet, { modules }), worker.run(body, { modules })]);
    expect(ends.map(({ left, spent }) => ({ left, spent }))).toEqual([
      { left: [], spent: false },
      { left: ["Timeout"], spent: false },
    ]);
    expect((await worker.run(() => process.env["FUTUREPLAN_NEW"])).value).toBeUndefined();
  });

  it("do not leave what a module opened that was loaded while one ran", async () => {
    const worker = await start(kind, { concurrency: 2 });
    const opens =
      "import { createServer } from 'node:net'; await new Promise((resolve) => createServer().listen(0, '127.0.0.1', resolve)); setInterval(() => {}, 1e6)";
    const first = worker.submit(() => new Promise<void>((resolve) => process.once("futureplan-test" as "exit", () => resolve())));
    const second = worker.submit(() => void process.emit("futureplan-test" as "exit", 0), { modules: [`data:text/javascript,${opens}`] });
    const ends = await Promise.all([worker.outcome(first), worker.outcome(second)]);
    expect(ends.map(({ left, spent }) => ({ left, spent }))).toEqual([1, 2].map(() => ({ left: [], spent: false })));
  });
});

it("a process does not take what a busy home has yet to take for something left", async () => {
  const worker = await start("process", { concurrency: 3 });
  const body = async (milliseconds: number): Promise<Uint8Array> => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return new Uint8Array(4_000_000);
  };
  const tasks = [1, 2, 3].map((milliseconds) => worker.submit(body, { args: [milliseconds] }));
  const end = Date.now() + 200;
  while (Date.now() < end);
  expect((await Promise.all(tasks.map((task) => worker.outcome(task)))).map(({ left }) => left)).toEqual([[], [], []]);
});

it("a thread does not take output that a busy home has yet to take for something left", async () => {
  const worker = await start("thread");
  const busy = setInterval(() => {
    const end = Date.now() + 4;
    while (Date.now() < end);
  }, 1);
  const body = async (milliseconds: number): Promise<void> => {
    process.stdout.write("x");
    process.stdout.write("");
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  };
  const left: string[] = [];
  for (let i = 0; i < 60; i += 1) left.push(...(await worker.run(body, { output: "inherit", args: [i % 12] })).left);
  clearInterval(busy);
  expect(left).toEqual([]);
});

it("between futures, a process has its working directory again", async () => {
  const worker = await start("process");
  const { value } = await worker.run(() => {
    process.chdir("/");
    return process.cwd();
  });
  expect(value).toBe("/");
  expect((await worker.run(() => process.cwd())).value).toBe(process.cwd());
});

it("a process is spent when its working directory is gone", async () => {
  const directory = await mkdtemp(join(tmpdir(), "futureplan-gone-"));
  const worker = await start("process", { cwd: directory });
  const { left, spent } = await worker.run(async () => {
    const { rmdirSync } = await import("node:fs");
    process.chdir("/");
    rmdirSync(directory);
  });
  expect({ left, spent }).toEqual({ left: [`working directory ${directory}`], spent: true });
});
