/** Which variables workers get: on this machine those of home and of the plan, without the plan itself and home's debugger. */

import { cluster, future, multicore, multisession, plan, shutdown, tweak, value, type PlanSpec } from "futureplan";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { threadVariables } from "../../src/launchers/localProcess.ts";

/** Variables of a process that stand for one thread unless home or the plan says otherwise. */
const ofProcesses = { ...Object.fromEntries(threadVariables.map((name) => [name, "1"])), OMP_NUM_THREADS: "3" };

const plans: readonly (readonly [string, PlanSpec, object])[] = [
  ["multicore", multicore({ workers: 1 }), { OMP_NUM_THREADS: "3" }],
  ["multisession", multisession({ workers: 1 }), ofProcesses],
  ["cluster on localhost", cluster({ workers: ["localhost"] }), ofProcesses],
];

beforeEach(() => {
  for (const name of threadVariables) vi.stubEnv(name, undefined);
  vi.stubEnv("OMP_NUM_THREADS", "3");
  vi.stubEnv("FUTUREPLAN_HOME_ONLY", "home");
  vi.stubEnv("FUTUREPLAN_BOTH", "home");
});

afterEach(async () => {
  await shutdown();
  vi.unstubAllEnvs();
});

/** `FUTURE_PLAN` is set when workers start, but after home has read it. */
function planOf(spec: PlanSpec): void {
  plan(tweak(spec, { env: { FUTUREPLAN_BOTH: "plan", FUTUREPLAN_PLAN_ONLY: "it's\n$HOME " } }));
  vi.stubEnv("FUTURE_PLAN", "multisession:7");
}

test.each(plans)("%s: a copy of home's, and the plan's, which win; not the plan itself", async (_, spec, more) => {
  planOf(spec);
  const { FUTURE_PLAN: _plan, ...rest } = process.env;
  const seen = await value(future(() => ({ ...process.env })));
  expect(seen).toEqual({ ...rest, ...more, FUTUREPLAN_BOTH: "plan", FUTUREPLAN_PLAN_ONLY: "it's\n$HOME " });
});

test.each(plans)("%s: what a future writes there is seen neither at home nor by the next", async (_, spec) => {
  planOf(spec);
  await value(future(() => void (process.env["FUTUREPLAN_HOME_ONLY"] = "changed")));
  expect([process.env["FUTUREPLAN_HOME_ONLY"], await value(future(() => process.env["FUTUREPLAN_HOME_ONLY"]))]).toEqual(["home", "home"]);
});

const warm = (): Promise<unknown> => value(future(() => 0));
const environment = (): Promise<NodeJS.ProcessEnv> => value(future(() => ({ ...process.env })));

test.each(plans)("%s: later changes of home's reach it, deletions too; the plan's win, and the plan itself stays home", async (_, spec) => {
  planOf(spec);
  await warm();
  vi.stubEnv("FUTUREPLAN_HOME_ONLY", "late");
  vi.stubEnv("FUTUREPLAN_BOTH", "late");
  vi.stubEnv("FUTURE_PLAN", "multisession:3");
  const seen = await environment();
  expect([seen["FUTUREPLAN_HOME_ONLY"], seen["FUTUREPLAN_BOTH"], "FUTURE_PLAN" in seen]).toEqual(["late", "plan", false]);
  vi.stubEnv("FUTUREPLAN_HOME_ONLY", undefined);
  vi.stubEnv("FUTUREPLAN_BOTH", undefined);
  const later = await environment();
  expect(["FUTUREPLAN_HOME_ONLY" in later, later["FUTUREPLAN_BOTH"]]).toEqual([false, "plan"]);
});

test.each(plans)("%s: it has afterwards what one has that starts now, threads of libraries and debuggers included", async (_, spec) => {
  planOf(spec);
  await warm();
  vi.stubEnv("OMP_NUM_THREADS", undefined);
  vi.stubEnv("MKL_NUM_THREADS", "5");
  vi.stubEnv("NODE_OPTIONS", "--no-warnings --inspect=127.0.0.1:0 --inspect-publish-uid=http");
  const told = await environment();
  await shutdown();
  expect(told).toEqual(await environment());
  expect(told["MKL_NUM_THREADS"]).toBe("5");
});
