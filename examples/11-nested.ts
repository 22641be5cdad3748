/** A future may make futures. They run under the next stratum of the plan, and one after the other where there is none. */

import { future, nbrOfWorkers, sequential, value, withPlan } from "futureplan";

const row = async (y: number): Promise<number[]> => {
  const cells = [1, 2, 3].map((x) => future(() => x * y));
  return await value(cells);
};

console.log(await value([1, 2].map((y) => future(() => row(y)))));

console.log(await withPlan([sequential(), sequential()], () => value(future(() => nbrOfWorkers()))));

// Prints:
// [ [ 1, 2, 3 ], [ 2, 4, 6 ] ]
// 1
