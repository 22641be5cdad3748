/**
 * Which plan holds here: that of the innermost `withPlan` or running future, else this thread's, which is the worker's
 * share of strata, or `FUTURE_PLAN`, or `sequential`.
 */

import { environmentPlan } from "../plans/environmentPlan.ts";
import { parsePlan, samePlan, type Plan } from "../plans/parsePlan.ts";
import { currentSession } from "../session/currentSession.ts";
import { checkWorkers } from "./defaultWorkers.ts";
import { engine, type PlanScope, type PlanSlot } from "./engine.ts";
import { OpenPlan } from "./OpenPlan.ts";

/** The plan of futures made here and now. Throws `PlanInvalid` when the environment's is not valid. */
export function currentPlan(): OpenPlan {
  const { inside, here } = engine();
  const future = currentSession().current()?.id;
  const scope = currentScope(future);
  if (scope !== undefined) return scope.plan;
  if (future === undefined) return baseSlot().plan;
  return inside.get(future)?.plan ?? here.get(future)?.below ?? baseSlot().plan;
}

/** Replaces the current plan; the old one closes when its last future has ended. The same plan again keeps its workers. */
export function replacePlan(strata: Plan): void {
  const old = currentPlan();
  if (samePlan(old.strata, strata)) return;
  const plan = new OpenPlan(strata);
  const { inside } = engine();
  const future = currentSession().current()?.id;
  const slot = currentScope(future) ?? (future === undefined ? baseSlot() : inside.get(future));
  if (slot === undefined && future !== undefined) inside.set(future, { plan }); // others use the old one
  if (slot === undefined) return;
  slot.plan = plan;
  old.retire();
}

/** Another plan for the asynchronous extent of `body`; then its queued futures are canceled and its running ones awaited. */
export async function runWithPlan<R>(strata: Plan, body: () => R | PromiseLike<R>): Promise<R> {
  const scope: PlanScope = { plan: new OpenPlan(strata), future: currentSession().current()?.id };
  try {
    return await engine().scopes.run(scope, body);
  } finally {
    await scope.plan.close("cancelQueued");
    scope.plan.retire();
  }
}

/** The `withPlan` in force, unless a future has begun to run within it. */
function currentScope(future: string | undefined): PlanScope | undefined {
  const scope = engine().scopes.get();
  return scope?.future === future ? scope : undefined;
}

function baseSlot(): PlanSlot {
  const state = engine();
  state.base ??= { plan: new OpenPlan(startingPlan()) };
  return state.base;
}

function startingPlan(): Plan {
  const { worker } = currentSession();
  if (worker !== undefined) return worker.strata.length === 0 ? parsePlan("sequential") : parsePlan(worker.strata);
  const given = environmentPlan(process.env);
  if (given !== undefined) checkWorkers(given);
  return given ?? parsePlan("sequential");
}
