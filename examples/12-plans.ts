/** `withPlan` sets the plan for what happens inside it; other code, in a server other requests, keeps its own. */

import { future, multicore, multisession, nbrOfWorkers, tweak, value, withPlan } from "futureplan";

const where = async (): Promise<string> => `${nbrOfWorkers()} worker(s): ${await value(future(() => 6 * 7))}`;

console.log(await withPlan("sequential", where));
console.log(await withPlan(multicore({ workers: 2 }), where));
console.log(await withPlan(tweak(multisession({ workers: 1 }), { workers: 2 }), where));

// Prints:
// 1 worker(s): 42
// 2 worker(s): 42
// 2 worker(s): 42
