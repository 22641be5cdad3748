/** Other machines: the same program, with host names in the plan. `"localhost"` is a process here, so that this runs anywhere. */

import { availableWorkers, cluster, currentFuture, futureMap, plan, shutdown } from "futureplan";

// With real hosts: plan("cluster", { workers: ["n1", "n1", "ann@n2:2222"] }). A host named twice has two workers.
plan(cluster({ workers: ["localhost", "localhost"] }));

const rate = 1.5;
const where = await futureMap([1, 2, 3, 4], (x) => `${x * rate} on ${currentFuture()?.worker.split("/")[0]}`);
console.log(where);

// Inside an allocation of Slurm, PBS, SGE, LSF, … plan("cluster") needs no list: this is what it takes.
console.log(availableWorkers().length > 0);
await shutdown();

// Prints:
// [ '1.5 on cluster', '3 on cluster', '4.5 on cluster', '6 on cluster' ]
// true
