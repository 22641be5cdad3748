import { describe, expect, test } from "vitest";
import { translateStack } from "../../../src/core/trace.ts";
import { future } from "../../../src/api/future.ts";
import { outcome } from "../../../src/api/outcome.ts";

const ours = new URL("../../../src/core/Run.ts", import.meta.url).href;

describe("a stack", () => {
  test("keeps the user's frames and loses ours and Node's below them", () => {
    const stack = [
      "RangeError: boom",
      "    at readFileSync (node:fs:1:2)",
      "    at user (file:///home/a.js:3:4)",
      `    at Runner.run (${ours}:5:6)`,
      "    at processTicksAndRejections (node:internal/process/task_queues:95:5)",
    ].join("\n");
    expect(translateStack(stack)).toBe("RangeError: boom\n    at readFileSync (node:fs:1:2)\n    at user (file:///home/a.js:3:4)");
  });

  test("that was made outside futures keeps Node's frames", () => {
    const stack = "Error: x\n    at user (file:///home/a.js:3:4)\n    at node:internal/main/run_main_module:28:49";
    expect(translateStack(stack)).toBe(stack);
  });

  test("keeps a message of several lines", () => {
    expect(translateStack("Error: a\nb\n  c\n    at f (file:///a.js:1:1)")).toBe("Error: a\nb\n  c\n    at f (file:///a.js:1:1)");
  });

  test("of a user's error ends with the line that created the future", async () => {
    const f = future(
      () => {
        throw new RangeError("boom");
      },
      { label: "bad" },
    );
    const { error } = { error: undefined, ...(await outcome(f)) };
    const lines = String((error as unknown as Error).stack).split("\n");
    expect(lines[0]).toBe("RangeError: boom");
    expect(lines[1]).toContain("trace.test.ts:");
    expect(lines.at(-1)).toMatch(/^ {4}at future "bad" \(file:.*trace\.test\.ts:\d+:\d+\)$/);
    expect(lines).toHaveLength(3);
  });
});
