/** `nbrOfWorkers()`: how much the current plan can do at once. */

import { currentPlan } from "../core/planStack.ts";
import { publish } from "../session/publish.ts";

/** How many futures of the current stratum can run at once. R's `nbrOfWorkers()`. */
export function nbrOfWorkers(): number {
  return currentPlan().workers;
}

publish({ nbrOfWorkers });
