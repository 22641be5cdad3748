/** What is left after `shutdown()`: nothing, and a plan that starts again when it is needed. */

import { afterEach, describe, expect, test } from "vitest";
import { cancel } from "../../../src/api/cancel.ts";
import { future } from "../../../src/api/future.ts";
import { plan } from "../../../src/api/plan.ts";
import { shutdown } from "../../../src/api/shutdown.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";
import { finish, memoryPlan, type Memory, type MemoryBackend } from "./memoryBackend.ts";

afterEach(() => {
  plan(sequential());
});

describe("shutdown", () => {
  test("closes everything now, and a later future opens the plan again", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    await shutdown();
    expect(memory.opened[0]?.closed).toEqual(["now"]);
    const g = future(() => 2);
    finish(await memory.task(1), 2);
    expect(await g).toBe(2);
    expect(memory.opened).toHaveLength(2);
  });

  describe("that has not ended yet", () => {
    /** A plan whose first backend ends when told, and which has been started again. */
    async function ending(): Promise<{ memory: Memory; first: MemoryBackend; end: () => Promise<void> }> {
      const memory = memoryPlan();
      plan(memory.spec);
      const f = future(() => 1);
      finish(await memory.task(0), 1);
      await f;
      const [first] = memory.opened;
      if (first === undefined) throw new Error("no backend");
      let ended = (): void => undefined;
      first.close = () => new Promise((resolve) => (ended = resolve));
      const closing = shutdown();
      return { memory, first, end: () => (ended(), closing) };
    }

    test("hears nothing of later futures that are canceled", async () => {
      const { memory, first, end } = await ending();
      const later = future(() => 2);
      const task = await memory.task(1);
      cancel(later);
      expect(first.stops).toEqual([]);
      expect(memory.opened[1]?.stops.map((stop) => stop.task)).toEqual([task]);
      await end();
    });

    test("lets later futures be run again", async () => {
      const { memory, end } = await ending();
      const later = future(() => 2, { retries: 1 });
      const { events } = await memory.task(1);
      events.sent("memory/1");
      events.lost({ worker: "memory/1", started: true, exitCode: 1, signal: undefined, stderr: "", cause: undefined });
      finish(await memory.task(2), 2);
      expect(await later).toBe(2);
      await end();
    });
  });

  test("leaves no listener on the process", async () => {
    await shutdown();
    const before = process.listenerCount("exit");
    const memory = memoryPlan();
    plan(memory.spec);
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    expect(process.listenerCount("exit")).toBe(before + 1);
    await shutdown();
    expect(process.listenerCount("exit")).toBe(before);
  });

  test("while the backend is being opened leaves what comes afterwards to another", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const before = future(() => 1);
    const closing = shutdown();
    const after = future(() => 2);
    finish(await memory.task(0), 2);
    expect(await after).toBe(2);
    await closing;
    expect([before.state, memory.opened.map(({ closed }) => closed)]).toEqual(["canceled", [["now"], []]]);
  });

  test("cancels what still waits for its backend", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const f = future(() => 1);
    await shutdown();
    expect(f.state).toBe("canceled");
  });
});
