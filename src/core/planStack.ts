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
  return currentSlot().plan;
}

/** Replaces the current plan; the old one closes when its last future has ended. The same plan again keeps its workers. */
export function replacePlan(strata: Plan): void {
  const slot = ownSlot();
  if (samePlan(slot.plan.strata, strata)) return;
  const old = slot.plan;
  slot.plan = new OpenPlan(strata);
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

function currentSlot(): PlanSlot {
  const { inside, below, scopes } = engine();
  const future = currentSession().current()?.id;
  const scope = scopes.get();
  if (scope !== undefined && scope.future === future) return scope;
  if (future === undefined) return baseSlot();
  const slot = inside.get(future);
  if (slot !== undefined || !below.has(future)) return slot ?? baseSlot();
  const made = { plan: new OpenPlan(below.get(future) ?? parsePlan("sequential")) };
  inside.set(future, made);
  return made;
}

/** A slot that may be changed: a future's plan is its own. */
function ownSlot(): PlanSlot {
  const slot = currentSlot();
  const future = currentSession().current()?.id;
  if (future === undefined || slot !== engine().base) return slot;
  const own = { plan: new OpenPlan(slot.plan.strata) };
  engine().inside.set(future, own);
  return own;
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
