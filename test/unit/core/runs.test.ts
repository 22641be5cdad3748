/** What may happen to a run, and what a future does then; told by a backend in the test's hands. */

import { describe, expect, test, vi } from "vitest";
import { cancel } from "../../../src/api/cancel.ts";
import { future } from "../../../src/api/future.ts";
import { futureMap } from "../../../src/api/maps/futureMap.ts";
import { outcome } from "../../../src/api/outcome.ts";
import { plan } from "../../../src/api/plan.ts";
import { reset } from "../../../src/api/reset.ts";
import { resolve } from "../../../src/api/resolve.ts";
import { value } from "../../../src/api/value.ts";
import { FutureTimeout, LaunchError, NotPortable, OptionInvalid, ProtocolMismatch, WorkerLost } from "../../../src/errors/errors.ts";
import type { Loss } from "../../../src/core/Backend.ts";
import { fail, finish, memoryPlan, memoryPlanOfEachTest, outcomeOf } from "./memoryBackend.ts";

const loss: Loss = { worker: "memory/1", started: true, exitCode: 9, signal: undefined, stderr: "last words\n", cause: undefined };

const memory = memoryPlanOfEachTest();

describe("timeout", () => {
  test("goes to the backend, and running out of time interrupts", async () => {
    const f = future(() => 1, { timeout: 50, label: "slow" });
    const task = await memory.task(0);
    expect(task.timeout).toBe(50);
    task.events.started(1);
    task.events.stopped("timeout", true);
    await expect(value(f)).rejects.toThrow(FutureTimeout);
    await expect(value(f)).rejects.toThrow('Future "slow" ran longer than its timeout of 50 ms');
    expect(f.state).toBe("interrupted");
  });

  test("Infinity is none", async () => {
    const f = future(() => 1, { timeout: Infinity });
    const task = await memory.task(0);
    expect(task.timeout).toBeUndefined();
    finish(task, 1);
    await f;
  });
});

describe("a lost worker", () => {
  test("fails the future with all that is known, and does not run it again", async () => {
    const f = future(() => 1, { label: "big" });
    const task = await memory.task(0);
    task.events.sent("memory/1");
    task.events.started(1);
    task.events.lost(loss);
    await expect(value(f)).rejects.toBeInstanceOf(WorkerLost);
    await expect(value(f)).rejects.toMatchObject({ worker: "memory/1", exitCode: 9, stderr: "last words\n", label: "big" });
    await expect(value(f)).rejects.toThrow(/Worker memory\/1 was lost \(exit code 9\) while it ran future "big"[^]*last words/);
    expect(f.state).toBe("failed");
  });

  test("runs the future again as often as retries says", async () => {
    const f = future(() => 1, { retries: 1 });
    (await memory.task(0)).events.lost(loss);
    expect(f.state).toBe("queued");
    const second = await memory.task(1);
    expect(second.attempt).toBe(2);
    second.events.lost(loss);
    expect(await outcome(f)).toMatchObject({ status: "failed", attempts: 2 });
  });

  test("costs nothing when the future had not begun", async () => {
    const f = future(() => 1);
    (await memory.task(0)).events.lost({ ...loss, started: false });
    const second = await memory.task(1);
    expect(second.attempt).toBe(1);
    finish(second, 8);
    expect(await f).toBe(8);
  });

  test("again and again ends it all the same", async () => {
    const f = future(() => 1);
    for (let n = 0; n < 4; n++) (await memory.task(n)).events.lost({ ...loss, started: false });
    await expect(value(f)).rejects.toBeInstanceOf(WorkerLost);
  });

  test("a user's error is never retried", async () => {
    const f = future(() => 1, { retries: 5 });
    fail(await memory.task(0), "mine");
    await expect(value(f)).rejects.toBe("mine");
    expect(memory.opened[0]?.tasks).toHaveLength(1);
  });
});

describe("reset", () => {
  test("makes a settled future runnable again, launched like a lazy one", async () => {
    const f = future(() => 1);
    fail(await memory.task(0), "first");
    await resolve(f);
    reset(f);
    expect(f.state).toBe("created");
    const again = value(f);
    finish(await memory.task(1), 2);
    expect(await again).toBe(2);
  });

  test("is refused while the future is under way", async () => {
    const f = future(() => 1, { label: "busy" });
    expect(() => reset(f)).toThrow('Future "busy" is queued; only a settled future can be reset.');
    finish(await memory.task(0), 1);
    await f;
  });

  test("replays output again", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const f = future(() => 1);
    finish(await memory.task(0), 1, [{ type: "console", method: "log", text: "a" }]);
    await f;
    reset(f);
    const again = value(f);
    finish(await memory.task(1), 1, [{ type: "console", method: "log", text: "b" }]);
    await again;
    expect(log.mock.calls).toEqual([["a"], ["b"]]);
    log.mockRestore();
  });

  test("is refused after drop, and so is asking again", async () => {
    const f = future(() => 1, { label: "gone" });
    finish(await memory.task(0), 1);
    expect(await value(f, { drop: true })).toBe(1);
    await expect(value(f)).rejects.toThrow('The result of future "gone" was freed');
    expect(() => reset(f)).toThrow(OptionInvalid);
  });
});

describe("what never gets to a worker", () => {
  test("a capture that cannot travel rejects the future, not the call", async () => {
    const weak = new WeakRef({});
    const f = future(() => weak, { label: "np" });
    expect(f.state).toBe("failed");
    await expect(value(f)).rejects.toThrow(NotPortable);
    await expect(value(f)).rejects.toThrow(/weak/);
  });

  test("a backend that refuses fails it with its error", async () => {
    const f = future(() => 1);
    (await memory.task(0)).events.refused(new LaunchError("no worker"));
    await expect(value(f)).rejects.toThrow("no worker");
  });

  test("a foreign error of a backend becomes the cause of a LaunchError", async () => {
    const f = future(() => 1);
    const cause = new TypeError("odd");
    (await memory.task(0)).events.refused(cause);
    await expect(value(f)).rejects.toMatchObject({ _tag: "LaunchError", cause });
  });

  test("a plan whose setup cannot travel refuses its futures, and tells why", async () => {
    const weak = new WeakRef({});
    plan(memoryPlan({ setup: () => weak }).spec);
    await expect(value(future(() => 1))).rejects.toThrow(/weak/);
  });
});

describe("dependencies", () => {
  test("a future that another uses is waited for, and its value sent", async () => {
    const a = future(() => 1, { lazy: true });
    const b = future((x) => x, [a]);
    expect(a.state).toBe("queued");
    finish(await memory.task(0), 11);
    const task = await memory.task(1);
    expect(task.future).toBe(b.id);
    expect(task.dependencies).toEqual([expect.objectContaining({ root: 11 })]);
    finish(task, 12);
    expect(await b).toBe(12);
  });

  test("the error of one fails the other", async () => {
    const a = future(() => 1);
    const b = future((x) => x, [a]);
    fail(await memory.task(0), "of a");
    await expect(value(b)).rejects.toBe("of a");
  });

  test("a future that waits for another can be canceled", async () => {
    const a = future(() => 1);
    const b = future((x) => x, [a]);
    cancel(b);
    expect(b.state).toBe("canceled");
    finish(await memory.task(0), 1);
    await resolve(a);
    expect(memory.opened[0]?.tasks).toHaveLength(1);
  });
});

describe("what a backend sees", () => {
  test("label, seed, output, modules and attempt of the options", async () => {
    const seed = { generator: "PCG64", entropy: 1, streams: "jump" } as const;
    const f = future(() => 1, { label: "l", seed, output: "live", modules: ["./m.ts"] });
    const task = await memory.task(0);
    const here = new URL("m.ts", import.meta.url).href;
    expect(task).toMatchObject({ label: "l", seed, output: "live", modules: [here], attempt: 1, index: undefined, future: f.id });
    finish(task, 1);
    await f;
  });

  test("things left behind are reported with the future's label", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const f = future(() => 1, { label: "leaky" });
    const task = await memory.task(0);
    task.events.outcome(outcomeOf(task, 1, { left: ["Timeout"] }));
    await f;
    expect(warn.mock.calls[0]?.[0]).toBe('Future "leaky" left behind: Timeout. Close what a future opens before it returns.');
    warn.mockRestore();
  });
});

describe("what comes home and cannot be rebuilt", () => {
  test("fails the future with ProtocolMismatch, which names it", async () => {
    const f = future(() => 1, { label: "torn" });
    const task = await memory.task(0);
    task.events.outcome({ ...outcomeOf(task, 1), body: { root: undefined, specials: [["nonsense"]] } });
    await expect(value(f)).rejects.toThrow(ProtocolMismatch);
    await expect(value(f)).rejects.toMatchObject({ label: "torn", stack: expect.stringContaining("at future") });
  });

  test("is no map's value: one of another length fails the map", async () => {
    const values = futureMap([1, 2], (x) => x, { chunkSize: 2 });
    finish(await memory.task(0), [1]);
    await expect(values).rejects.toThrow(ProtocolMismatch);
  });

  test("is no map's value: neither is something else than a list", async () => {
    const values = futureMap([1, 2], (x) => x, { chunkSize: 2 });
    finish(await memory.task(0), { length: "two" });
    await expect(values).rejects.toThrow(ProtocolMismatch);
  });
});

describe("an error that comes home", () => {
  test("may have a chain of causes of any length", async () => {
    let error = new Error("first");
    for (let depth = 0; depth < 20_000; depth++) error = new Error("later", { cause: error });
    const f = future(() => 1);
    const task = await memory.task(0);
    task.events.outcome({ ...outcomeOf(task, error, { status: "error" }) });
    await expect(value(f)).rejects.toBe(error);
  });

  test("keeps its getters to itself", async () => {
    const error = Object.defineProperty(new AggregateError([], "many"), "cause", {
      get: () => {
        throw new Error("asked");
      },
    });
    const f = future(() => 1);
    const task = await memory.task(0);
    task.events.outcome({ ...outcomeOf(task, Object.assign(error, { errors: 5 }), { status: "error" }) });
    await expect(value(f)).rejects.toBe(error);
  });
});
