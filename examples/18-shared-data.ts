/** Large data in shared memory: copied once, here, whatever the number of futures. */

import { futureMap, share, shutdown } from "futureplan";

const data = share(Float64Array.from({ length: 1_000_000 }, (_, index) => index % 100));
const parts = Array.from({ length: 8 }, (_, part) => part);

function sum(part: number): number {
  const length = data.length / parts.length;
  return data.subarray(part * length, (part + 1) * length).reduce((total, x) => total + x, 0);
}

const sums = await futureMap(parts, sum); // under multicore all read the same memory; processes get copies
console.log(sums.join(" "));
console.log(sums.reduce((total, x) => total + x, 0) / data.length);
await shutdown();

// Prints:
// 6187500 6187500 6187500 6187500 6187500 6187500 6187500 6187500
// 49.5
