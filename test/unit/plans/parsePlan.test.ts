import { describe, expect, test } from "vitest";
import { PlanInvalid } from "../../../src/errors/errors.ts";
import { multicore, multisession, sequential } from "../../../src/plans/makeSpec.ts";
import { parsePlan, samePlan, tweak } from "../../../src/plans/parsePlan.ts";

describe("specs", () => {
  test("a spec factory gives frozen plain data with every default filled in", () => {
    const spec = multicore({ workers: 2 });
    expect(spec.backend).toBe("multicore");
    expect(spec.options).toMatchObject({
      workers: 2,
      concurrency: 1,
      threadsPerWorker: 1,
      grace: 100,
      env: {},
      maxFutures: Infinity,
      extra: {},
    });
    expect(Object.isFrozen(spec) && Object.isFrozen(spec.options)).toBe(true);
  });

  test("workers are left open when they are not given", () => {
    expect(multisession().options.workers).toBeUndefined();
    expect(multisession({ workers: undefined }).options.workers).toBeUndefined();
  });

  test.each([
    [{ workers: 0 }, 'Option "workers" of multicore() must be a whole number of at least 1, not 0.'],
    [{ workers: 1.5 }, "not 1.5"],
    [{ workers: "2" }, 'not "2"'],
    [{ workers: Number.NaN }, "not NaN"],
    [{ concurrency: -1 }, 'Option "concurrency"'],
    [{ env: { A: 1 } }, 'Option "env" of multicore() must be an object of strings'],
    [{ cwd: 7 }, 'Option "cwd"'],
    [{ setup: "x" }, 'Option "setup" of multicore() must be a function'],
    [{ idleTimeout: 0 }, 'Option "idleTimeout"'],
    [{ oversubscribe: 1 }, 'Option "oversubscribe" of multicore() must be true or false'],
  ])("%j is refused, naming the option, what was expected and what came", (options, message) => {
    expect(() => parsePlan("multicore", options)).toThrow(PlanInvalid);
    expect(() => parsePlan("multicore", options)).toThrow(message);
  });

  test("an option that does not exist is refused, with those that do", () => {
    expect(() => parsePlan("multicore", { wrkrs: 2 })).toThrow(/multicore\(\) has no option "wrkrs"; it takes workers, concurrency/);
  });

  test("options that are no object are refused", () => {
    expect(() => parsePlan("multicore", 4)).toThrow("The options of multicore() must be an object, not 4.");
    expect(() => parsePlan(multicore(), 4)).toThrow(PlanInvalid);
  });

  test("sequential has no workers to give options to, but caps output and minds random numbers", () => {
    expect(sequential({ rngMisuse: "error" }).options.rngMisuse).toBe("error");
    expect(() => parsePlan("sequential", { workers: 2 })).toThrow('Option "workers" of sequential() must be left out');
    expect(sequential({ maxOutput: 10 }).options.maxOutput).toBe(10);
    expect(parsePlan(sequential({ maxOutput: 10 }))[0]).toEqual(sequential({ maxOutput: 10 }));
  });
});

describe("plans", () => {
  test("names, specs and arrays of both are strata", () => {
    expect(parsePlan("multisession").map(({ backend }) => backend)).toEqual(["multisession"]);
    expect(parsePlan(["multisession", multicore({ workers: 3 })]).map(({ backend }) => backend)).toEqual(["multisession", "multicore"]);
  });

  test("options change the first stratum only", () => {
    const [first, second] = parsePlan([multisession(), multicore({ workers: 3 })], { workers: 2 });
    expect(first.options.workers).toBe(2);
    expect(second?.options.workers).toBe(3);
  });

  test("what was parsed parses to the same", () => {
    const setup = (): void => undefined;
    const plan = parsePlan([multisession({ workers: 2, setup, env: { A: "1" } }), "sequential"]);
    expect(parsePlan(plan)).toEqual(plan);
    expect(samePlan(parsePlan(plan), plan)).toBe(true);
  });

  test("plans with other options, strata or functions are not the same", () => {
    const plan = parsePlan(multisession({ workers: 2, setup: () => 1 }));
    expect(samePlan(plan, parsePlan(multisession({ workers: 2, setup: () => 1 })))).toBe(false);
    expect(samePlan(plan, parsePlan(tweak(multisession({ workers: 2 }), {})))).toBe(false);
    expect(samePlan(parsePlan("multicore"), parsePlan(["multicore", "multicore"]))).toBe(false);
  });

  test("an unknown name is refused with the names that are allowed", () => {
    expect(() => parsePlan("multicor")).toThrow(
      'There is no plan "multicor" (did you mean multicore?); allowed: sequential, multicore, multisession',
    );
  });

  test.each([[[]], [7], [null], [{}], [{ backend: "multicore", workers: 2 }], [[multicore(), undefined]]])("%j is no plan", (given) => {
    expect(() => parsePlan(given)).toThrow(PlanInvalid);
  });

  test("tweak changes some options of a spec and keeps the others", () => {
    const spec = tweak(multisession({ workers: 2, grace: 5 }), { workers: 4 });
    expect(spec.options).toMatchObject({ workers: 4, grace: 5 });
    expect(tweak("multicore", { workers: 1 })).toEqual(multicore({ workers: 1 }));
  });
});
