/** The life of a future, told by a backend in the test's hands. */

import { describe, expect, test, vi } from "vitest";
import { cancel } from "../../../src/api/cancel.ts";
import { future } from "../../../src/api/future.ts";
import { outcome } from "../../../src/api/outcome.ts";
import { resolved } from "../../../src/api/resolved.ts";
import { value } from "../../../src/api/value.ts";
import { FutureCanceled, FutureInterrupted, OptionInvalid } from "../../../src/errors/errors.ts";
import { fail, finish, memoryPlanOfEachTest } from "./memoryBackend.ts";

const memory = memoryPlanOfEachTest();

describe("states", () => {
  test("an eager future is queued at once and goes through sent and running to finished", async () => {
    const f = future(() => 1);
    const states = [f.state];
    const task = await memory.task(0);
    task.events.sent("memory/1");
    states.push(f.state);
    task.events.started(5);
    states.push(f.state);
    finish(task, 42);
    states.push(f.state);
    expect(states).toEqual(["queued", "sent", "running", "finished"]);
    expect(await f).toBe(42);
  });

  test("a lazy future is created and launched by the first question", async () => {
    const f = future(() => 1, { lazy: true });
    expect(f.state).toBe("created");
    expect(resolved(f)).toBe(false);
    expect(f.state).toBe("queued");
    finish(await memory.task(0), 1);
    expect(resolved(f)).toBe(true);
  });

  test("an error of the user's is thrown as it came", async () => {
    const f = future(() => 1);
    fail(await memory.task(0), "user's");
    await expect(value(f)).rejects.toBe("user's");
    expect(f.state).toBe("failed");
  });

  test("what comes after the last event changes nothing", async () => {
    const f = future(() => 1);
    const task = await memory.task(0);
    finish(task, 1);
    fail(task, "late");
    task.events.stopped("cancel", true);
    task.events.started(7);
    expect(await f).toBe(1);
  });

  test("a backend may leave out every step but the last", async () => {
    const f = future(() => 1);
    finish(await memory.task(0), 3);
    expect(await outcome(f)).toMatchObject({ status: "finished", value: 3, started: 1000, finished: 2000, attempts: 1 });
  });
});

describe("outcome", () => {
  test("tells value, output, warnings, times, worker and attempts, and replays nothing", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const f = future(() => 1, { label: "x" });
    const task = await memory.task(0);
    task.events.sent("memory/2");
    const warning = { type: "warning", name: "Warning", message: "w", code: undefined, stack: undefined } as const;
    finish(task, 5, [{ type: "console", method: "log", text: "hello" }, warning]);
    expect(await outcome(f)).toEqual({
      status: "finished",
      value: 5,
      output: [{ type: "console", method: "log", text: "hello" }],
      warnings: [warning],
      started: 1000,
      finished: 2000,
      worker: "memory/2",
      attempts: 1,
    });
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  test("refuses what is no future", async () => {
    await expect(outcome(3 as never)).rejects.toThrow(OptionInvalid);
  });
});

describe("cancel", () => {
  test("a created future is canceled for good, and its message says so", async () => {
    const f = future(() => 1, { lazy: true, label: "mine" });
    cancel(f);
    await expect(value(f)).rejects.toThrow(FutureCanceled);
    await expect(value(f)).rejects.toThrow('Future "mine" was canceled before it began.');
  });

  test("a queued future is stopped by its backend, and becomes canceled", async () => {
    const f = future(() => 1);
    const task = await memory.task(0);
    cancel(f);
    expect(memory.opened[0]?.stops).toEqual([{ task, reason: "cancel", interrupt: true }]);
    task.events.stopped("cancel", false);
    expect(await outcome(f)).toMatchObject({ status: "canceled", error: expect.any(FutureCanceled), started: undefined, attempts: 0 });
  });

  test("a future that was sent and never began has not been run", async () => {
    const f = future(() => 1);
    const task = await memory.task(0);
    task.events.sent("memory/1");
    cancel(f);
    task.events.stopped("cancel", false);
    expect(await outcome(f)).toMatchObject({ status: "canceled", worker: "memory/1", attempts: 0 });
  });

  test("a running future that is stopped becomes interrupted", async () => {
    const f = future(() => 1);
    const task = await memory.task(0);
    task.events.started(1);
    cancel(f);
    task.events.stopped("cancel", true);
    const { status, error } = { error: undefined, ...(await outcome(f)) };
    expect(status).toBe("interrupted");
    expect(error).toBeInstanceOf(FutureInterrupted);
    expect(error).not.toBeInstanceOf(FutureCanceled);
  });

  test("interrupt: false is handed to the backend", async () => {
    const f = future(() => 1);
    await memory.task(0);
    cancel([f], { interrupt: false });
    expect(memory.opened[0]?.stops[0]?.interrupt).toBe(false);
  });

  test("a future that still waits for its backend is canceled without it", async () => {
    const f = future(() => 1);
    cancel(f);
    expect(f.state).toBe("canceled");
    const g = future(() => 2);
    const task = await memory.task(0);
    expect(task.future).toBe(g.id);
  });

  test("a settled future stays as it is", async () => {
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    cancel(f);
    expect(memory.opened[0]?.stops).toEqual([]);
    expect(await f).toBe(1);
  });

  test("an option that does not exist is refused", () => {
    expect(() => cancel([], { force: true } as never)).toThrow('cancel() has no option "force"; it takes interrupt.');
  });
});

describe("a signal", () => {
  test("cancels when it aborts, with its reason as cause", async () => {
    const controller = new AbortController();
    const f = future(() => 1, { signal: controller.signal });
    const task = await memory.task(0);
    controller.abort("enough");
    expect(memory.opened[0]?.stops[0]?.task).toBe(task);
    task.events.stopped("cancel", false);
    await expect(value(f)).rejects.toMatchObject({ _tag: "FutureCanceled", cause: "enough" });
  });

  test("that was aborted before keeps the future from starting", async () => {
    const f = future(() => 1, { signal: AbortSignal.abort("no") });
    expect(f.state).toBe("canceled");
    await expect(value(f)).rejects.toMatchObject({ cause: "no" });
  });

  test("is not listened to any more once the future has settled", async () => {
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, "removeEventListener");
    const f = future(() => 1, { signal: controller.signal });
    finish(await memory.task(0), 1);
    await f;
    expect(remove).toHaveBeenCalledOnce();
  });
});
