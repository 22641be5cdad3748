/** `withPlan()`: a plan for a part of the program. */

import { checkWorkers } from "../core/defaultWorkers.ts";
import { runWithPlan } from "../core/planStack.ts";
import { parsePlan, type PlanLike } from "../plans/parsePlan.ts";
import { publish } from "../session/publish.ts";

/**
 * Runs `body` under another plan, which holds for everything asynchronous that it starts and nowhere else (in a server:
 * for this request). At its end queued futures are canceled, running ones awaited, and the workers ended. Gives what
 * `body` gives; rejects with `PlanInvalid` for a bad plan. R's `with(plan(…), …)`.
 */
export async function withPlan<R>(spec: PlanLike, body: () => R | PromiseLike<R>): Promise<R> {
  const strata = parsePlan(spec);
  checkWorkers(strata);
  return runWithPlan(strata, body);
}

publish({ withPlan });
