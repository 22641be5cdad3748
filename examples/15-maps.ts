/** A map: the function is captured once, elements travel in chunks, and nothing of that shows in the result. */

import { futureFilter, futureMap, futureReduce } from "futureplan";

const factor = 10;
console.log(await futureMap([1, 2, 3], (x) => x * factor));
console.log(await futureMap([1, 2, 3, 4], (x) => Math.sqrt(x), { as: Float64Array, chunkSize: 1 }));
console.log(await futureFilter(["pear", "fig", "apple"], (name) => name.length > 3));
console.log(await futureReduce([1, 2, 3, 4, 5], (a, b) => a + b));

try {
  await futureMap([4, -1, 9], (x) => {
    if (x < 0) throw new RangeError(`no root of ${x}`);
    return Math.sqrt(x);
  });
} catch (error) {
  console.log(String(error));
}

// Prints:
// [ 10, 20, 30 ]
// Float64Array(4) [ 1, 1.4142135623730951, 1.7320508075688772, 2 ]
// [ 'pear', 'apple' ]
// 15
// RangeError: no root of -1
