import { describe, expect, test } from "vitest";
import { PlanInvalid } from "../../../src/errors/errors.ts";
import { environmentPlan, environmentWorkers } from "../../../src/plans/environmentPlan.ts";
import { multicore, multisession, sequential } from "../../../src/plans/makeSpec.ts";

const plan = (text: string): unknown => environmentPlan({ FUTURE_PLAN: text });

describe("FUTURE_PLAN", () => {
  test("unset and empty mean no plan", () => {
    expect(environmentPlan({})).toBeUndefined();
    expect(plan(" ")).toBeUndefined();
  });

  test("a name is a plan, and name:workers sets the number of workers", () => {
    expect(plan("multisession")).toEqual([multisession()]);
    expect(plan("multicore:4")).toEqual([multicore({ workers: 4 })]);
  });

  test("commas separate strata", () => {
    expect(plan("multisession:2, multicore:2,sequential")).toEqual([multisession({ workers: 2 }), multicore({ workers: 2 }), sequential()]);
  });

  test("JSON says everything else", () => {
    expect(plan('{"backend":"multicore","options":{"workers":2,"grace":7}}')).toEqual([multicore({ workers: 2, grace: 7 })]);
    expect(plan('["multisession",{"backend":"multicore"}]')).toEqual([multisession(), multicore()]);
    expect(plan('"sequential"')).toEqual([sequential()]);
  });

  test.each([
    "multicor",
    "multicore:",
    "multicore:0",
    "multicore:x",
    "multicore:1:2",
    "multicore,",
    "[]",
    "{",
    '{"backend":"multicore","options":{"worker":2}}',
  ])("%s is refused, naming variable, value and what is allowed", (text) => {
    expect(() => plan(text)).toThrow(PlanInvalid);
    expect(() => plan(text)).toThrow(`FUTURE_PLAN=${JSON.stringify(text)} is not valid.`);
    expect(() => plan(text)).toThrow("Allowed: sequential, multicore, multisession");
  });
});

describe("FUTURE_WORKERS", () => {
  test("is the default number of workers", () => {
    expect(environmentWorkers({ FUTURE_WORKERS: "3" })).toBe(3);
    expect(environmentWorkers({})).toBeUndefined();
    expect(environmentWorkers({ FUTURE_WORKERS: "" })).toBeUndefined();
  });

  test.each(["0", "-1", "1.5", "many", "1e3"])("%s is refused", (text) => {
    expect(() => environmentWorkers({ FUTURE_WORKERS: text })).toThrow(PlanInvalid);
    expect(() => environmentWorkers({ FUTURE_WORKERS: text })).toThrow(
      `FUTURE_WORKERS="${text}" is not valid. Allowed: a whole number of at least 1.`,
    );
  });
});
