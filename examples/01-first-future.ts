/** A future runs elsewhere with everything it uses; nothing is listed. `FUTURE_PLAN` says where. */

import { future, value } from "futureplan";

const n = 10;
const slow = (k: number): number => k * n;

const f = future(() => slow(4));
console.log(await value(f));

// Prints:
// 40
