import { afterEach, expect, test, vi } from "vitest";
import { future } from "../../../src/api/future.ts";
import { outcome } from "../../../src/api/outcome.ts";
import { plan } from "../../../src/api/plan.ts";
import { resolve } from "../../../src/api/resolve.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";
import { fail, memoryPlan } from "./memoryBackend.ts";

afterEach(() => {
  plan(sequential());
  vi.restoreAllMocks();
});

test("failures that nobody asked for are reported once when the process is about to end, and only those", async () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const before = process.listenerCount("beforeExit");
  const memory = memoryPlan();
  plan(memory.spec);
  const fs = ["lonely", "wanted"].map((label) => future(() => 1, { label }));
  fail(await memory.task(0), "a");
  fail(await memory.task(1), "b");
  await resolve(fs);
  expect(process.listenerCount("beforeExit")).toBe(before + 1);
  await outcome(fs[1] as (typeof fs)[0]);
  process.emit("beforeExit", 0);
  expect(warn).toHaveBeenCalledOnce();
  const text = String(warn.mock.calls[0]?.[0]);
  expect(text).toContain('future "lonely": a');
  expect(text).not.toContain("wanted");
  expect(process.listenerCount("beforeExit")).toBe(before);
});

test("a failure that is asked for afterwards is not reported", async () => {
  const before = process.listenerCount("beforeExit");
  const memory = memoryPlan();
  plan(memory.spec);
  const f = future(() => 1);
  fail(await memory.task(0), "a");
  await resolve(f);
  await outcome(f);
  expect(process.listenerCount("beforeExit")).toBe(before);
});
