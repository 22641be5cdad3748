/** `nbrOfFreeWorkers()`: how much of the current plan is idle. */

import { currentPlan } from "../core/planStack.ts";
import { publish } from "../session/publish.ts";

/** How many more futures of the current stratum could run at once, now. R's `nbrOfFreeWorkers()`. */
export function nbrOfFreeWorkers(): number {
  return currentPlan().free;
}

publish({ nbrOfFreeWorkers });
