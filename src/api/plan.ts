/** `plan()`: how and where futures run. For the end user's script; libraries use `withPlan`, or nothing. */

import { checkWorkers } from "../core/defaultWorkers.ts";
import { currentPlan, replacePlan } from "../core/planStack.ts";
import type { ClusterOptionsInput } from "../plans/clusterOptions.ts";
import type { PlanOptionsInput } from "../plans/parseOptions.ts";
import { cluster, multicore, multisession, sequential } from "../plans/makeSpec.ts";
import { parsePlan, tweak, type Plan, type PlanLike } from "../plans/parsePlan.ts";
import { publish } from "../session/publish.ts";

/** The current plan: its strata, outermost first. Throws `PlanInvalid` when `FUTURE_PLAN` is not valid. */
export function plan(): Plan;
/**
 * Sets the plan and returns the one before, which can be set again. Futures keep the plan of their creation: the old one
 * ends when its last future has. `options` change the first stratum. Throws `PlanInvalid` and leaves the old plan
 * standing. Inside a future it holds for that future. R's `plan()`.
 *
 * @example
 * plan("multisession", { workers: 2 });
 * plan([multisession({ workers: 2 }), multicore({ workers: 2 })]); // nested futures run on threads of the processes
 */
export function plan(spec: "cluster", options?: ClusterOptionsInput): Plan;
export function plan(spec: PlanLike, options?: PlanOptionsInput): Plan;
export function plan(spec?: PlanLike, options?: PlanOptionsInput | ClusterOptionsInput): Plan {
  const previous = currentPlan().strata;
  if (spec === undefined && options === undefined) return previous;
  const strata = parsePlan(spec, options);
  checkWorkers(strata);
  replacePlan(strata);
  return previous;
}

publish({ plan, cluster, multicore, multisession, sequential, tweak });
