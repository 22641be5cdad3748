import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { future } from "../../../src/api/future.ts";
import { plan } from "../../../src/api/plan.ts";
import { value } from "../../../src/api/value.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";
import type { OutputEntry } from "../../../src/protocol/messages.ts";
import { finish, memoryPlan, outcomeOf, type Memory } from "./memoryBackend.ts";

let memory: Memory;
let seen: unknown[];

beforeEach(() => {
  memory = memoryPlan();
  plan(memory.spec);
  seen = [];
  for (const method of ["log", "error", "warn", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void seen.push([method, ...args]));
  }
  vi.spyOn(process.stdout, "write").mockImplementation((text) => seen.push(["stdout", text]) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => seen.push(["stderr", text]) > 0);
  vi.spyOn(process, "emitWarning").mockImplementation((warning) => void seen.push(["warning", warning]));
});

afterEach(() => {
  vi.restoreAllMocks();
  plan(sequential());
});

const entries: readonly OutputEntry[] = [
  { type: "console", method: "log", text: "a %s" },
  { type: "stdout", text: "raw\n" },
  { type: "console", method: "error", text: "e" },
  { type: "stderr", text: "raw too" },
  { type: "console", method: "table", text: "┌──┐" },
];

describe("relay", () => {
  test("replays through home's console and streams, in order, once", async () => {
    const f = future(() => 1);
    finish(await memory.task(0), 1, entries);
    expect(seen).toEqual([]);
    await f;
    await value(f);
    expect(seen).toEqual([
      ["log", "a %s"],
      ["stdout", "raw\n"],
      ["error", "e"],
      ["stderr", "raw too"],
      ["log", "┌──┐"],
    ]);
  });

  test("emits warnings as they were", async () => {
    const f = future(() => 1);
    finish(await memory.task(0), 1, [
      { type: "warning", name: "DeprecationWarning", message: "old", code: "DEP1", stack: "DeprecationWarning: old\n    at x" },
    ]);
    await f;
    expect(seen).toEqual([
      [
        "warning",
        expect.objectContaining({ name: "DeprecationWarning", message: "old", code: "DEP1", stack: "DeprecationWarning: old\n    at x" }),
      ],
    ]);
  });

  test("comes before the error is thrown", async () => {
    const f = future(() => 1);
    const task = await memory.task(0);
    task.events.outcome(outcomeOf(task, "boom", { status: "error", output: entries.slice(0, 1) }));
    await expect(value(f)).rejects.toBe("boom");
    expect(seen).toHaveLength(1);
  });

  test("keeps what came before a worker was lost", async () => {
    const f = future(() => 1);
    const task = await memory.task(0);
    task.events.output(entries.slice(0, 1));
    task.events.lost({ worker: "w", started: true, exitCode: 1, signal: undefined, stderr: "", cause: undefined });
    await expect(value(f)).rejects.toThrow("lost");
    expect(seen).toEqual([["log", "a %s"]]);
  });

  test("of a container follows the container's order", async () => {
    const fs = [future(() => 1), future(() => 2)];
    finish(await memory.task(1), 2, [{ type: "console", method: "log", text: "second" }]);
    const all = value(fs);
    finish(await memory.task(0), 1, [{ type: "console", method: "log", text: "first" }]);
    await all;
    expect(seen).toEqual([
      ["log", "first"],
      ["log", "second"],
    ]);
  });
});

describe("live", () => {
  test("prints as it comes, each line after the label", async () => {
    const f = future(() => 1, { output: "live", label: "L" });
    const task = await memory.task(0);
    task.events.output([
      { type: "console", method: "log", text: "a\nb" },
      { type: "stdout", text: "c\n" },
    ]);
    expect(seen).toEqual([
      ["log", "[L] a\n[L] b"],
      ["stdout", "[L] c\n"],
    ]);
    finish(task, 1);
    await f;
    expect(seen).toHaveLength(2);
  });
});
