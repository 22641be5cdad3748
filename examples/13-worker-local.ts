/** `workerLocal` makes a resource once in each worker, where it stays for all the futures that use it. */

import { future, value, workerLocal } from "futureplan";

const table = workerLocal(() => {
  const squares = new Map<number, number>();
  for (let n = 0; n < 1000; n += 1) squares.set(n, n * n);
  return squares;
});

console.log(await value([12, 13].map((n) => future(() => table.get().get(n)))));

// Prints:
// [ 144, 169 ]
