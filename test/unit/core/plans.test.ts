/** Which plan holds where, and when its backends open and close. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cancel } from "../../../src/api/cancel.ts";
import { future } from "../../../src/api/future.ts";
import { nbrOfFreeWorkers } from "../../../src/api/nbrOfFreeWorkers.ts";
import { nbrOfWorkers } from "../../../src/api/nbrOfWorkers.ts";
import { outcome } from "../../../src/api/outcome.ts";
import { plan } from "../../../src/api/plan.ts";
import { resolve } from "../../../src/api/resolve.ts";
import { value } from "../../../src/api/value.ts";
import { withPlan } from "../../../src/api/withPlan.ts";
import { engine } from "../../../src/core/engine.ts";
import { LaunchError, PlanInvalid } from "../../../src/errors/errors.ts";
import { multicore, multisession, sequential } from "../../../src/plans/makeSpec.ts";
import { registerBackend } from "../../../src/plans/registerBackend.ts";
import { currentSession } from "../../../src/session/currentSession.ts";
import { capabilities, finish, memoryPlan } from "./memoryBackend.ts";

beforeEach(() => {
  plan(sequential());
});

afterEach(() => {
  plan(sequential());
});

describe("plan", () => {
  test("gives the previous plan, which can be set again", () => {
    const { spec } = memoryPlan();
    expect(plan(spec)).toEqual([sequential()]);
    expect(plan()).toEqual([spec]);
    expect(plan(plan())).toEqual([spec]);
  });

  test("that is refused leaves the old one standing", () => {
    const { spec } = memoryPlan();
    plan(spec);
    expect(() => plan("nowhere")).toThrow(PlanInvalid);
    expect(() => plan("multicore", { workers: 0 })).toThrow(PlanInvalid);
    expect(plan()).toEqual([spec]);
  });

  test("opens its backend at the first future and not before, with strata and default workers", async () => {
    const memory = memoryPlan({ workers: undefined });
    plan([memory.spec, multicore({ workers: 1 })]);
    expect(memory.opened).toHaveLength(0);
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    const context = memory.opened[0]?.context;
    expect(context?.spec.options.workers).toBe(nbrOfWorkers());
    expect(context?.strata.body.root).toBeDefined();
  });

  test("keeps the order of futures that were made while the backend was being loaded", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const made = [1, 2, 3].map((n) => future(() => n));
    expect(memory.opened).toHaveLength(0);
    await memory.task(2);
    expect(memory.opened[0]?.tasks.map((task) => task.future)).toEqual(made.map((f) => f.id));
    cancel(made);
    for (const task of memory.opened[0]?.tasks ?? []) task.events.stopped("cancel", false);
    await resolve(made);
  });

  test("lets the futures of the old one end on it, then closes it", async () => {
    const old = memoryPlan();
    plan(old.spec);
    const f = future(() => 1);
    const task = await old.task(0);
    plan(sequential());
    expect(old.opened[0]?.closed).toEqual([]);
    finish(task, 1);
    expect(await f).toBe(1);
    expect(old.opened[0]?.closed).toEqual(["drain"]);
  });

  test("keeps the old one open for a future whose worker was lost, and that runs again", async () => {
    const old = memoryPlan();
    plan(old.spec);
    const f = future(() => 1, { retries: 1 });
    const first = await old.task(0);
    plan(sequential());
    first.events.lost({ worker: "memory/1", started: true, exitCode: 9, signal: undefined, stderr: "", cause: undefined });
    expect([f.state, old.opened[0]?.closed]).toEqual(["queued", []]);
    finish(await old.task(1), 2);
    expect(await f).toBe(2);
    expect(old.opened.map(({ closed }) => closed)).toEqual([["drain"]]);
  });

  test("that is the same as before keeps the workers", async () => {
    const memory = memoryPlan();
    plan(memory.spec);
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    plan([memory.spec]);
    expect(memory.opened[0]?.closed).toEqual([]);
  });

  test("runs a lazy future on the plan of its creation, opened once more if need be", async () => {
    const old = memoryPlan();
    plan(old.spec);
    const lazy = future(() => 1, { lazy: true });
    plan(sequential());
    const result = value(lazy);
    finish(await old.task(0), 7);
    expect(await result).toBe(7);
    expect(old.opened.map(({ closed }) => closed)).toEqual([["drain"]]);
  });

  test("runs a lazy future again that lost its worker while the plan's workers from before still end", async () => {
    const old = memoryPlan();
    plan(old.spec);
    const [f, lazy] = [future(() => 1), future(() => 1, { lazy: true, retries: 1 })];
    const first = await old.task(0);
    let gone: () => void = () => undefined;
    Object.assign(old.opened[0] ?? {}, { close: () => new Promise<void>((resolve) => (gone = resolve)) });
    plan(sequential());
    finish(first, 1);
    const result = Promise.all([f, lazy]);
    (await old.task(1)).events.lost({ worker: "memory/1", started: true, exitCode: 9, signal: undefined, stderr: "", cause: undefined });
    expect(lazy.state).toBe("queued");
    finish(await old.task(2), 2);
    expect(await result).toEqual([1, 2]);
    gone();
  });

  test("tells the number of workers and of free ones before and after the backend is there", async () => {
    const memory = memoryPlan({ workers: 3 });
    plan(memory.spec);
    expect([nbrOfWorkers(), nbrOfFreeWorkers()]).toEqual([3, 3]);
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    expect([nbrOfWorkers(), nbrOfFreeWorkers()]).toEqual([3, 3]);
    plan(sequential());
    expect(nbrOfWorkers()).toBe(1);
  });

  test("whose module cannot be loaded refuses its futures with the cause, and tries again for the next", async () => {
    let loads = 0;
    const broken = registerBackend("broken", {
      capabilities,
      load: () => {
        loads++;
        return Promise.reject(new Error("no such file"));
      },
    });
    plan(broken({ workers: 1 }));
    await expect(value(future(() => 1, { label: "f" }))).rejects.toThrow(LaunchError);
    await expect(value(future(() => 1, { label: "f" }))).rejects.toThrow('Plan broken could not be opened for future "f": no such file');
    expect(loads).toBe(2);
  });

  test("freezes its setup function when it is set", async () => {
    const given = { n: 1 };
    const memory = memoryPlan({ setup: () => given.n });
    plan(memory.spec);
    given.n = 2;
    const f = future(() => 1);
    finish(await memory.task(0), 1);
    await f;
    const context = memory.opened[0]?.context;
    const setup = context?.decode(context.setup.body, context.setup.needs) as () => number;
    expect(setup).toBe(memory.spec.options.setup);
    expect(JSON.stringify(context?.setup.body)).toContain('"n":1');
  });

  test("whose module has no open function says so", async () => {
    const empty = registerBackend("empty", { capabilities, load: () => Promise.resolve({}) });
    plan(empty({ workers: 1 }));
    await expect(value(future(() => 1))).rejects.toThrow("its module has no function open(context)");
  });
});

describe("more workers than cores", () => {
  test("are warned of once in the process, and three times as many refused, unless oversubscribe is set", () => {
    const { spec } = memoryPlan();
    engine().oversubscribed = false;
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const session = currentSession();
    session.worker = { name: "w", strata: [], cores: 1, keep: (body) => body() };
    try {
      plan(spec.backend, { workers: 1 });
      plan(spec.backend, { workers: 2, oversubscribe: true });
      expect(warn).not.toHaveBeenCalled();
      plan(spec.backend, { workers: 3 });
      expect(warn.mock.calls[0]?.[0]).toContain("3 workers on 1 available core.");
      expect(() => plan(spec.backend, { workers: 4 })).toThrow(/4 workers on 1 available core/);
      plan(spec.backend, { workers: 4, oversubscribe: true });
      plan(spec.backend, { workers: 2 });
      expect(() => plan([multisession({ workers: 2 }), multicore({ workers: 2 })])).toThrow(PlanInvalid);
      expect(warn).toHaveBeenCalledTimes(1);
    } finally {
      session.worker = undefined;
      warn.mockRestore();
    }
  });
});

describe("withPlan", () => {
  test("holds in its asynchronous extent and nowhere else", async () => {
    const one = memoryPlan();
    const two = memoryPlan();
    const inside = async (memory: typeof one): Promise<unknown> => {
      await Promise.resolve();
      return plan()[0] === memory.spec || plan()[0].backend;
    };
    const both = Promise.all([withPlan(one.spec, () => inside(one)), withPlan(two.spec, () => inside(two))]);
    expect(plan()).toEqual([sequential()]);
    expect(await both).toEqual([one.spec.backend, two.spec.backend]);
  });

  test("gives what its body gives, and rejects as it does", async () => {
    const { spec } = memoryPlan();
    expect(await withPlan(spec, () => 3)).toBe(3);
    await expect(
      withPlan(spec, () => {
        throw new Error("body");
      }),
    ).rejects.toThrow("body");
    await expect(withPlan("nowhere", () => 3)).rejects.toThrow(PlanInvalid);
  });

  test("closes its backend at the end, canceling what waits and finishing what runs", async () => {
    const memory = memoryPlan();
    await withPlan(memory.spec, async () => {
      const f = future(() => 1);
      finish(await memory.task(0), 1);
      await f;
    });
    expect(memory.opened[0]?.closed[0]).toBe("cancelQueued");
    expect(engine().open.size).toBe(0);
  });

  test("cancels a future that still waits for another", async () => {
    const memory = memoryPlan();
    const outside = future(() => 1, { lazy: true });
    const inner = await withPlan(memory.spec, () => ({ f: future((x) => x, [outside]) }));
    expect(inner.f.state).toBe("canceled");
    expect(await outcome(inner.f)).toMatchObject({ error: { message: expect.stringContaining("since its plan was shut down") } });
  });

  test("leaves plan() in its body without effect on others", async () => {
    const { spec } = memoryPlan();
    await withPlan(spec, () => {
      plan(multicore({ workers: 1 }));
      expect(plan()[0].backend).toBe("multicore");
    });
    expect(plan()).toEqual([sequential()]);
  });
});

describe("inside a future", () => {
  const session = currentSession();
  const here = {
    id: "f1",
    label: undefined,
    signal: AbortSignal.abort(),
    worker: "w",
    index: undefined,
    attempt: 1,
    progress: () => undefined,
  };

  afterEach(() => {
    session.current = () => undefined;
    session.ended("f1");
  });

  test("plan() is that future's own and ends with it", () => {
    const { spec } = memoryPlan();
    session.current = () => here;
    plan(spec);
    expect(plan()).toEqual([spec]);
    session.current = () => undefined;
    expect(plan()).toEqual([sequential()]);
    session.ended("f1");
    session.current = () => here;
    expect(plan()).toEqual([sequential()]);
  });

  test("the strata of a sequential plan go down by one for each level", async () => {
    const memory = memoryPlan();
    plan([sequential(), memory.spec]);
    const inner = await future(() => plan().map((spec: { backend: string }) => spec.backend));
    expect(inner).toEqual([memory.spec.backend]);
  });

  test("below the last stratum it is sequential", async () => {
    expect(await future(() => plan()[0].backend)).toBe("sequential");
  });
});
