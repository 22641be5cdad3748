/** What a future uses is frozen when the future is made: later changes at home are not seen, nor changes made inside. */

import { future, value } from "futureplan";

let rate = 2;
const seen: string[] = [];

const f = future(() => {
  seen.push("elsewhere");
  return { rate, seen };
});
rate = 100;

console.log(await value(f));
console.log(rate, seen);

// Prints:
// { rate: 2, seen: [ 'elsewhere' ] }
// 100 []
