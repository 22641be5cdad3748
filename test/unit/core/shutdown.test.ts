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

  test("leaves later futures to the plan that starts again: what ends hears nothing of them", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    const [ending] = memory.opened;
    if (ending === undefined) throw new Error("no backend");
    let end = (): void => undefined;
    ending.close = () => new Promise((resolve) => (end = resolve));
    const closing = shutdown();
    const later = future(() => 2);
    const task = await memory.task(1);
    cancel(later);
    expect(ending.stops).toEqual([]);
    expect(memory.opened[1]?.stops.map((stop) => stop.task)).toEqual([task]);
    end();
    await closing;
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
