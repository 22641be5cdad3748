import { afterEach, describe, expect, it } from "vitest";
import { open } from "../../../src/backends/sequential.ts";
import type { Backend } from "../../../src/core/Backend.ts";
import { currentSession } from "../../../src/session/currentSession.ts";
import { contextOf, realTask, run } from "./support/realTask.ts";

const backends: Backend[] = [];

function sequential(): Backend {
  const backend = open(contextOf("sequential"));
  backends.push(backend);
  return backend;
}

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.close("now")));
});

describe("sequential", () => {
  it("starts in a microtask, not within the call", async () => {
    const log = new Int32Array(new SharedArrayBuffer(4));
    const ending = run(
      sequential(),
      (seen: Int32Array) => {
        seen[0] = 1;
      },
      { args: [log] },
    );
    expect(log[0]).toBe(0);
    await ending;
    expect(log[0]).toBe(1);
  });

  it("runs one future after the other, in order", async () => {
    const backend = sequential();
    const order = new Int32Array(new SharedArrayBuffer(16));
    const step = async (seen: Int32Array, id: number): Promise<void> => {
      const at = Atomics.add(seen, 0, 1) + 1;
      await new Promise((resolve) => setImmediate(resolve));
      seen[at] = Atomics.load(seen, 0) === at ? id : -1;
    };
    await Promise.all([1, 2, 3].map((id) => run(backend, step, { args: [order, id] })));
    expect([...order]).toEqual([3, 1, 2, 3]);
  });

  it("freezes what it captures, and isolates what it returns", async () => {
    const captured = { list: [1] };
    const backend = sequential();
    const first = run(backend, () => {
      captured.list.push(2);
      return captured;
    });
    captured.list.push(99);
    expect(await first).toMatchObject({ value: { list: [1, 2] } });
    expect(captured.list).toEqual([1, 99]);
  });

  it("captures the future's output, and no other", async () => {
    const lines: string[] = [];
    const own = console.log;
    console.log = (line: string) => void lines.push(line);
    const ending = run(sequential(), async () => {
      console.log("from the future");
      await new Promise((resolve) => setImmediate(resolve));
      console.log("later");
      process.stdout.write("raw");
    });
    await Promise.resolve().then(() => console.log("from home"));
    const end = await ending;
    console.log("after");
    console.log = own;
    expect(lines).toEqual(["from home", "after"]);
    expect(end).toMatchObject({ output: [{ method: "log", text: "from the future" }, { text: "later" }, { type: "stdout", text: "raw" }] });
  });

  it("does not capture what home prints when it passes output on", async () => {
    const lines: string[] = [];
    const own = console.log;
    console.log = (line: string) => void lines.push(line);
    const live = realTask(() => console.log("x"), { output: "live" });
    sequential().submit({ ...live, events: { ...live.events, output: () => console.log("passed on") } });
    const end = await live.ending;
    console.log = own;
    expect(lines).toEqual(["passed on"]);
    expect(end).toMatchObject({ output: [] });
  });

  it("gives `console` back as it was when nothing runs", async () => {
    const before = [console.log, process.stdout.write, process.emitWarning];
    await run(sequential(), () => console.log("x"));
    expect([console.log, process.stdout.write, process.emitWarning]).toEqual(before);
  });

  it("tells a future who it is", async () => {
    const session = Symbol.for("futureplan/session");
    const ending = await run(sequential(), async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return Reflect.get(globalThis, session).current().worker;
    });
    expect(ending).toMatchObject({ value: "sequential" });
    expect(currentSession().current()).toBeUndefined();
  });

  it("runs a future that was made inside a running one, which waits for it", async () => {
    const backend = sequential();
    const inner = realTask(() => "inner");
    const outer = realTask(async (submit: symbol) => Reflect.get(globalThis, submit)(), { args: [Symbol.for("test/submit")] });
    Reflect.set(globalThis, Symbol.for("test/submit"), async () => {
      backend.submit(inner);
      return (await inner.ending).type;
    });
    backend.submit(outer);
    expect(await outer.ending).toMatchObject({ type: "value", value: "value" });
    Reflect.deleteProperty(globalThis, Symbol.for("test/submit"));
  });

  it("stops a queued future at once", async () => {
    const backend = sequential();
    const [first, second] = [realTask(() => 1), realTask(() => 2)];
    backend.submit(first);
    backend.submit(second);
    backend.stop(second, "cancel", true);
    expect(await second.ending).toEqual({ type: "stopped", reason: "cancel", started: false });
    expect(await first.ending).toMatchObject({ value: 1 });
  });

  it("reaches a running future by its signal", async () => {
    const backend = sequential();
    const task = realTask(() => {
      const { signal, progress } = Reflect.get(globalThis, Symbol.for("futureplan/session")).current();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve("stopped itself"));
        progress(0);
      });
    });
    backend.submit(task);
    await task.reported;
    backend.stop(task, "cancel", true);
    expect(await task.ending).toEqual({ type: "stopped", reason: "cancel", started: true });
  });

  it("leaves a future that waits and does not listen, and goes on with the next", async () => {
    const backend = sequential();
    const forever = run(backend, () => new Promise(() => undefined), { timeout: 10 });
    const next = run(backend, () => "next");
    expect(await forever).toEqual({ type: "stopped", reason: "timeout", started: true });
    expect(await next).toMatchObject({ value: "next" });
  });

  it("drains, cancels or stops everything when it is closed", async () => {
    const endings = async (how: "drain" | "cancelQueued" | "now"): Promise<string[]> => {
      const backend = open(contextOf("sequential"));
      const first = realTask(() => new Promise((resolve) => setImmediate(resolve)));
      const second = realTask(() => 2);
      backend.submit(first);
      backend.submit(second);
      await Promise.resolve();
      await backend.close(how);
      return [(await first.ending).type, (await second.ending).type];
    };
    expect(await endings("drain")).toEqual(["value", "value"]);
    expect(await endings("cancelQueued")).toEqual(["value", "stopped"]);
    expect(await endings("now")).toEqual(["stopped", "stopped"]);
  });
});
