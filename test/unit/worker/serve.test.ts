import { describe, expect, it } from "vitest";
import { ProtocolMismatch } from "../../../src/errors/errors.ts";
import { decodeAtHome, snapshotValue } from "../../../src/globals/snapshot.ts";
import type { FutureContext } from "../../../src/session/Session.ts";
import type { Kind } from "./TestWorker.ts";
import { workersOfEachTest } from "./workersOfEachTest.ts";

const start = workersOfEachTest();

describe.each<Kind>(["thread", "process"])("a worker that is a %s", (kind) => {
  it("says ready with its version, then runs a function with what it captures", async () => {
    const worker = await start(kind);
    expect(await worker.next("ready")).toMatchObject({ node: process.version });
    const offset = 40;
    const { value, status, left, spent } = await worker.run((x: number) => x + offset, { args: [2] });
    expect({ value, status, left, spent }).toEqual({ value: 42, status: "value", left: [], spent: false });
  });

  it("says ready with its own version to a host of another, and ends", async () => {
    const worker = await start(kind, { protocol: 999 });
    expect((await worker.next("ready")).protocol).not.toBe(999);
    expect((await worker.closed).exitCode).toBe(0);
  });

  it("awaits promises and tells errors, thrown or rejected, as they are", async () => {
    const worker = await start(kind);
    expect((await worker.run(async (x: number) => x + 1, { args: [1] })).value).toBe(2);
    const thrown = await worker.run(() => {
      throw new RangeError("out", { cause: 5 });
    });
    expect(thrown.status).toBe("error");
    expect(thrown.value).toBeInstanceOf(RangeError);
    expect(thrown.value).toMatchObject({ message: "out", cause: 5 });
    const rejected = await worker.run(() => Promise.reject("text"));
    expect(rejected).toMatchObject({ status: "error", value: "text" });
  });

  it("tells a value that cannot travel as an error of the future, and goes on", async () => {
    const worker = await start(kind);
    const outcome = await worker.run(() => new WeakRef({}));
    expect(outcome.status).toBe("error");
    expect(outcome.value).toMatchObject({ _tag: "NotPortable" });
    expect((await worker.run(() => 1)).value).toBe(1);
  });

  it("gives large arrays back whole", async () => {
    const worker = await start(kind);
    const { value } = await worker.run((n: number) => Float64Array.from({ length: n }, (_, i) => i), { args: [100_000] });
    expect(value).toBeInstanceOf(Float64Array);
    expect((value as Float64Array).at(-1)).toBe(99_999);
  });

  it("runs functions of everywhere() between futures, keeps what they set, and fails what follows one that fails", async () => {
    const worker = await start(kind);
    const everywhere = (fn: () => unknown): void => {
      const { body, needs } = snapshotValue(fn, "everywhere");
      worker.send({ type: "define", definitions: needs });
      worker.send({ type: "everywhere", body, modules: [] });
    };
    everywhere(async () => {
      await new Promise((done) => setTimeout(done, 20));
      Object.assign(globalThis, { step: 1 });
      process.env["STEP"] = "one";
    });
    const read = (): unknown => [Reflect.get(globalThis, "step"), process.env["STEP"]];
    const first = worker.submit(read);
    worker.send({ type: "environment", variables: [["STEP", "told"]] });
    expect([(await worker.outcome(first)).value, (await worker.run(read)).value]).toEqual([
      [1, "one"],
      [1, "told"],
    ]);
    everywhere(() => Promise.reject(new RangeError("no")));
    everywhere(() => Object.assign(globalThis, { step: 2 }));
    expect(await worker.run(read)).toMatchObject({ status: "error", value: { name: "RangeError", message: "no" } });
    expect(await worker.run(() => 1)).toMatchObject({ status: "error" });
  });

  it("puts variables back to what home has told meanwhile, also while several futures run", async () => {
    const worker = await start(kind, { concurrency: 2 });
    const slow = worker.submit(async () => {
      process.env["STEP"] = "mine";
      await new Promise((done) => setTimeout(done, 100));
      return [process.env["STEP"], process.env["OTHER"]];
    });
    await worker.run(() => 0);
    worker.send({
      type: "environment",
      variables: [
        ["STEP", "told"],
        ["OTHER", "told"],
      ],
    });
    expect((await worker.run(() => [process.env["STEP"], process.env["OTHER"]])).value).toEqual(["mine", "told"]);
    expect((await worker.outcome(slow)).value).toEqual(["mine", "told"]);
    expect((await worker.run(() => [process.env["STEP"], process.env["OTHER"]])).value).toEqual(["told", "told"]);
    worker.send({ type: "environment", variables: [["STEP", undefined]] });
    expect((await worker.run(() => "STEP" in process.env)).value).toBe(false);
  });

  it("runs the setup function before it says ready, and tells its error as a fault", async () => {
    const good = snapshotValue(() => void ((globalThis as { ready?: number }).ready = 7), "setup");
    const worker = await start(kind, { setup: good.body, definitions: good.needs });
    expect((await worker.run(() => (globalThis as { ready?: number }).ready)).value).toBe(7);
    const bad = snapshotValue(() => Promise.reject(new TypeError("no database")), "setup");
    const failing = await start(kind, { setup: bad.body, definitions: bad.needs });
    const fault = await failing.next("fault");
    expect(fault.during).toBe("setup");
    expect(await decodeAtHome(fault.body, [])).toMatchObject({ message: "no database" });
    expect((await failing.closed).exitCode).toBe(1);
    expect(failing.messages.some(({ type }) => type === "ready")).toBe(false);
  });

  it("registers the loaders that home runs under before it imports modules", async () => {
    const worker = await start(kind, { loaders: [import.meta.resolve("tsx/esm/api")] });
    const module = new URL("../transport/deferred.ts", import.meta.url).href;
    const good = await worker.run((url: string) => import(url).then(Object.keys), { args: [module], modules: [module] });
    expect(good).toMatchObject({ status: "value", value: ["deferred"] });
    const bad = await worker.run(() => 1, { modules: [`${module}.missing`] });
    expect(bad).toMatchObject({ status: "error", value: { code: "ERR_MODULE_NOT_FOUND" } });
  });

  it("tells the future what it is and carries its progress", async () => {
    const worker = await start(kind);
    const { value } = await worker.run(
      () => {
        const session = (globalThis as never)[Symbol.for("futureplan/session")] as { current(): FutureContext };
        const { id, label, index, attempt, worker: name } = session.current();
        session.current().progress(0.5, "half");
        return { id, label, index, attempt, name };
      },
      { label: "sum", index: 3, attempt: 2 },
    );
    expect(value).toEqual({ id: "f1", label: "sum", index: 3, attempt: 2, name: "test/1" });
    expect(await worker.next("progress")).toEqual({ type: "progress", task: 1, fraction: 0.5, message: "half" });
  });

  it("announces the start before user code runs", async () => {
    const worker = await start(kind);
    const task = worker.submit(
      () => {
        for (;;);
      },
      { announce: true, place: 0 },
    );
    worker.channel.ledger?.enter(0);
    expect(await worker.next("started")).toMatchObject({ task });
    expect(worker.channel.ledger?.begun(0)).not.toBe(false);
  });

  it("aborts the signal of a running task, and answers for one that waits without running it", async () => {
    const worker = await start(kind);
    const running = worker.submit(
      () => {
        const session = (globalThis as never)[Symbol.for("futureplan/session")] as { current(): FutureContext };
        const { signal } = session.current();
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
      { announce: true },
    );
    await worker.next("started");
    const waiting = worker.submit(() => 1);
    worker.send({ type: "cancel", task: waiting, reason: "cancel" });
    worker.send({ type: "cancel", task: running, reason: "timeout" });
    expect(await worker.outcome(waiting)).toMatchObject({ status: "unbegun" });
    expect(await worker.outcome(running)).toMatchObject({ status: "error", value: { name: "AbortError" } });
    expect((await worker.run(() => 2)).value).toBe(2);
  });

  it("tells an error that nobody caught as a fault with the tasks aboard, then ends", async () => {
    const worker = await start(kind);
    const task = worker.submit(() => {
      setTimeout(() => {
        throw new EvalError("late");
      }, 0);
      return new Promise(() => {});
    });
    const fault = await worker.next("fault");
    expect(fault).toMatchObject({ during: "async", tasks: [task] });
    expect(await decodeAtHome(fault.body, [])).toMatchObject({ name: "EvalError", message: "late" });
    expect((await worker.closed).exitCode).toBe(1);
    const other = await start(kind);
    const rejecting = other.submit(() => {
      void Promise.reject(new Error("unhandled"));
      return new Promise(() => {});
    });
    expect(await other.next("fault")).toMatchObject({ during: "async", tasks: [rejecting] });
  });

  it("ends by itself on close, after the tasks aboard", async () => {
    const worker = await start(kind);
    await worker.next("ready");
    const task = worker.submit(() => {
      const session = (globalThis as never)[Symbol.for("futureplan/session")] as { current(): FutureContext };
      const { signal } = session.current();
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve("done")));
    });
    worker.send({ type: "close" });
    worker.send({ type: "cancel", task, reason: "cancel" });
    expect((await worker.outcome(task)).value).toBe("done");
    expect((await worker.closed).exitCode).toBe(0);
  });

  it("tells process.exit by its exit code", async () => {
    const worker = await start(kind);
    worker.submit(() => process.exit(5));
    expect((await worker.closed).exitCode).toBe(5);
  });

  it("runs as many at once as the plan allows and keeps their contexts apart", async () => {
    const worker = await start(kind, { concurrency: 2 });
    const body = async (gate: string): Promise<string | undefined> => {
      const session = (globalThis as never)[Symbol.for("futureplan/session")] as { current(): FutureContext };
      const state = globalThis as { gates?: Set<string> };
      state.gates ??= new Set();
      state.gates.add(gate);
      while (state.gates.size < 2) await new Promise((resolve) => setImmediate(resolve));
      console.log(gate);
      return session.current().id;
    };
    const tasks = ["a", "b"].map((gate) => worker.submit(body, { args: [gate] }));
    const [a, b] = await Promise.all(tasks.map((task) => worker.outcome(task)));
    expect([a?.value, b?.value]).toEqual(["f1", "f2"]);
    expect([a?.output, b?.output]).toEqual([
      [{ type: "console", method: "log", text: "a" }],
      [{ type: "console", method: "log", text: "b" }],
    ]);
  });

  it("answers pings", async () => {
    const worker = await start(kind);
    worker.send({ type: "ping" });
    await worker.next("pong");
  });

  it("calls itself spent over its limit of memory", async () => {
    const worker = await start(kind, { maxMemory: 1 });
    expect((await worker.run(() => 1)).spent).toBe(true);
  });
});

// A stream's packer knows each type of message, so only a thread can be sent an unknown one from here.
it("a thread tells an unknown message as a fault of nobody's, then ends", async () => {
  const worker = await start("thread");
  await worker.next("ready");
  worker.channel.send({ type: "gossip" } as never);
  const fault = await worker.next("fault");
  expect(fault.during).toBe("async");
  expect(decodeAtHome(fault.body, [])).toBeInstanceOf(ProtocolMismatch);
  expect((await worker.closed).exitCode).toBe(1);
});

it("a process ends when home goes silent, but not because of its own long computation", async () => {
  const worker = await start("process", { heartbeat: 20 });
  await worker.next("ready");
  const busy = worker.submit(() => {
    const end = Date.now() + 300;
    while (Date.now() < end);
    return "still here";
  });
  expect((await worker.outcome(busy)).value).toBe("still here");
  expect((await worker.closed).exitCode).toBe(1);
});
