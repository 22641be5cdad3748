/** C: closures per second, when each is new and captures a variable of its own; from making the first to the value of the last. */

import { check, clocked } from "./clock.mjs";
import { warmPool } from "./pools.mjs";

const count = 5000;

export const closures = {
  prepare: warmPool,
  async measure(pool) {
    const { ms, result } = await clocked(() => pool.closures(count));
    check(result.length === count && result.every((x, i) => x === 3 * i), "closures");
    return [{ metric: "closures", unit: "/s", value: (count * 1000) / ms }];
  },
};
