import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { availableCores } from "../../../src/api/availableCores.ts";
import { availableWorkers } from "../../../src/api/availableWorkers.ts";
import { currentFuture } from "../../../src/api/currentFuture.ts";
import { future } from "../../../src/api/future.ts";
import { futureMap } from "../../../src/api/maps/futureMap.ts";
import { plan } from "../../../src/api/plan.ts";
import { value } from "../../../src/api/value.ts";
import { workerLocal } from "../../../src/api/workerLocal.ts";
import { Future } from "../../../src/core/Future.ts";
import { WorkerLocal } from "../../../src/core/WorkerLocal.ts";
import { OptionInvalid, PlanInvalid } from "../../../src/errors/errors.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";

beforeEach(() => {
  plan(sequential());
});

describe("future", () => {
  test("is awaited like a promise, as often as one likes", async () => {
    const f = future(() => 6 * 7, { label: "answer" });
    expect(f).toBeInstanceOf(Future);
    expect(Reflect.get(Object.getPrototypeOf(f) as object, Symbol.for("futureplan/future"))).toBe(true);
    expect(await f).toBe(42);
    expect(await f.then((x) => x + 1)).toBe(43);
    expect([f.label, f.state]).toEqual(["answer", "finished"]);
  });

  test("has a promise's catch and finally", async () => {
    const broken = future(() => {
      throw new Error("broken");
    });
    expect(await broken.catch((error: unknown) => (error as Error).message)).toBe("broken");
    const calls: string[] = [];
    await expect(broken.finally(() => calls.push("settled"))).rejects.toThrow("broken");
    expect(await future(() => 1).finally(() => calls.push("again"))).toBe(1);
    expect(calls).toEqual(["settled", "again"]);
  });

  test("shows its number, label and state when it is inspected", async () => {
    const f = future(() => 1, { label: "fold 1", lazy: true });
    const number = f.id.split("-").at(-1);
    expect(inspect({ f })).toBe(`{ f: Future { #${number} "fold 1", created } }`);
    await f;
    expect(inspect(f)).toBe(`Future { #${number} "fold 1", finished }`);
    expect(inspect(Object.create(f))).toBe("Future {}");
  });

  test("a map takes one number, however many chunks it has", async () => {
    const before = Number(
      future(() => 1)
        .id.split("-")
        .at(-1),
    );
    const ids = await futureMap([1, 2, 3], () => currentFuture()?.id, { chunkSize: 1 });
    expect(new Set(ids).size).toBe(3);
    expect(
      future(() => 1)
        .id.split("-")
        .at(-1),
    ).toBe(String(before + 2));
  });

  test("freezes its variables at the call, lazy or not", async () => {
    let n = 1;
    const lazy = future(() => n, { lazy: true });
    const eager = future(() => n);
    n = 2;
    expect([await lazy, await eager]).toEqual([1, 1]);
  });

  test("takes arguments, futures among them", async () => {
    const one = future(() => 1);
    expect(await future((a: number, b: number) => a + b, [one, 2])).toBe(3);
  });

  test("ids are unique", () => {
    expect(future(() => 1, { lazy: true }).id).not.toBe(future(() => 1, { lazy: true }).id);
  });

  test.each([
    [{ labl: "x" }, 'future() has no option "labl" (did you mean label?); it takes timeout, label, lazy'],
    [{ memory: 1 }, 'future() has no option "memory"; it takes timeout, label, lazy'],
    [{ label: "mine", lazy: 5 }, 'Option "lazy" of future "mine" must be true or false, not 5.'],
    [{ label: 1 }, 'Option "label" of future() must be a string, not 1.'],
    [{ lazy: "yes" }, 'Option "lazy" of future() must be true or false, not "yes".'],
    [{ globals: "a" }, 'Option "globals" of future() must be true, false or an object of variables'],
    [{ modules: "./a.js" }, 'Option "modules" of future() must be an array of strings'],
    [{ maxGlobalsSize: 0 }, 'Option "maxGlobalsSize"'],
    [{ seed: "x" }, 'Option "seed"'],
    [{ seed: 4.2 }, 'Option "seed"'],
    [{ output: "print" }, 'Option "output" of future() must be one of "relay", "live", "inherit", "discard", not "print".'],
    [{ signal: {} }, 'Option "signal" of future() must be an AbortSignal, not an empty object.'],
    [{ timeout: -1 }, 'Option "timeout"'],
    [{ retries: 1.5 }, 'Option "retries" of future() must be a whole number of at least 0, not 1.5.'],
  ])("%j throws OptionInvalid at the call", (options, message) => {
    const make = (): unknown => future(() => 1, options as never);
    expect(make).toThrow(OptionInvalid);
    expect(make).toThrow(message);
  });

  test("what is no function is refused at the call", () => {
    expect(() => future(7 as never)).toThrow("future(fn) needs a function, not 7; write future(() => …).");
  });
});

describe("inside and outside", () => {
  test("there is no current future at home", () => {
    expect(currentFuture()).toBeUndefined();
  });

  test("a future knows itself", async () => {
    const seen = await future(
      () => {
        const { id, label, attempt, worker } = currentFuture() ?? {};
        return { id, label, attempt, worker };
      },
      { label: "me" },
    );
    expect(seen).toMatchObject({ label: "me", attempt: 1, worker: "sequential" });
  });
});

describe("workerLocal", () => {
  test("makes its resource once, and a captured handle finds it again", async () => {
    const counter = workerLocal(() => ({ n: 0 }));
    expect(await value([1, 2, 3].map(() => future(() => ++counter.get().n)))).toEqual([1, 2, 3]);
    expect(counter.get().n).toBe(3);
  });

  test("two handles are two resources", () => {
    const make = (): object => ({});
    expect(workerLocal(make).get()).not.toBe(workerLocal(make).get());
  });

  test("what fails to be made is made again next time", () => {
    let tries = 0;
    const flaky = workerLocal(() => {
      if (++tries === 1) throw new Error("first");
      return "made";
    });
    expect(() => flaky.get()).toThrow("first");
    expect(flaky.get()).toBe("made");
  });

  test("a handle travels as its id and its function", () => {
    const handle = workerLocal(() => 1);
    const encode = Reflect.get(WorkerLocal, Symbol.for("futureplan.encode")) as (handle: unknown) => { id: string };
    const decode = Reflect.get(WorkerLocal, Symbol.for("futureplan.decode")) as (data: unknown) => WorkerLocal<number>;
    expect(handle.get()).toBe(1);
    expect(decode({ ...encode(handle), make: () => 2 }).get()).toBe(1);
  });

  test("needs a function", () => {
    expect(() => workerLocal(3 as never)).toThrow(OptionInvalid);
  });
});

describe("availableCores", () => {
  test("is at least one, and the least of all findings", () => {
    const all = availableCores({ which: "all" });
    expect(availableCores()).toBe(Math.max(1, Math.min(...Object.values(all))));
    expect(all).toHaveProperty("system");
    expect(() => availableCores({ which: "most" } as never)).toThrow(OptionInvalid);
  });
});

describe("availableWorkers", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("are those that the environment names", () => {
    vi.stubEnv("FUTURE_AVAILABLE_WORKERS", "n1,n1,n2");
    expect(availableWorkers()).toEqual(["n1", "n1", "n2"]);
    expect(availableWorkers({ which: "auto" })).toEqual(["n1", "n1", "n2"]);
    expect(availableWorkers({ which: "all" })).toMatchObject({
      FUTURE_AVAILABLE_WORKERS: ["n1", "n1", "n2"],
      localhost: Array.from({ length: availableCores() }, () => "localhost"),
    });
  });

  test("refuse what is malformed, and options that do not exist", () => {
    vi.stubEnv("FUTURE_AVAILABLE_WORKERS", "n1 slots=many");
    expect(() => availableWorkers()).toThrow(PlanInvalid);
    expect(() => availableWorkers({ which: "min" } as never)).toThrow(OptionInvalid);
    expect(() => availableWorkers({ hosts: 2 } as never)).toThrow(OptionInvalid);
  });
});
