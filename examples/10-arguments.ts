/** `future(fn, args)` is the fast path for one function and many inputs: its code is analysed once. */

import { asCompleted, future, value } from "futureplan";

const isPrime = (n: number): boolean => {
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return n > 1;
};

const numbers = [7, 8, 9, 10, 11];
console.log(await value(numbers.map((n) => future(isPrime, [n]))));

let settled = 0;
for await (const f of asCompleted(numbers.map((n) => future(isPrime, [n])))) {
  if (typeof (await value(f)) === "boolean") settled += 1;
}
console.log(settled);

// Prints:
// [ true, false, false, false, true ]
// 5
