/** What is left after `shutdown()`: nothing, and a plan that starts again when it is needed. */

import { afterEach, describe, expect, test } from "vitest";
import { cancel } from "../../../src/api/cancel.ts";
import { future } from "../../../src/api/future.ts";
import { plan } from "../../../src/api/plan.ts";
import { shutdown } from "../../../src/api/shutdown.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";
import { finish, memoryPlan } from "./memoryBackend.ts";

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

  test("under way keeps its workers from hearing of futures that came later", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    let gone: () => void = () => undefined;
    Object.assign(memory.opened[0] ?? {}, { close: () => new Promise<void>((resolve) => (gone = resolve)) });
    const down = shutdown();
    const g = future(() => 2);
    const task = await memory.task(1);
    cancel(g);
    expect(memory.opened.map(({ stops }) => stops.map((stop) => stop.task))).toEqual([[], [task]]);
    task.events.stopped("cancel", false);
    gone();
    await down;
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

  test("cancels what still waits for its backend", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const f = future(() => 1);
    await shutdown();
    expect(f.state).toBe("canceled");
  });
});
