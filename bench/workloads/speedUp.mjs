/** W4: equal CPU-bound tasks, against the same work in place in the same repetition. */

import { check, clocked } from "./clock.mjs";
import { all, submit, warmPool } from "./pools.mjs";
import { spin, spinPerMs } from "./tasks.mjs";

const count = 16;

export const speedUp = {
  prepare: warmPool,
  async measure(pool, { quick }) {
    const work = (quick ? 25 : 100) * spinPerMs;
    const expected = spin(work);
    const inPlace = await clocked(() => {
      for (let i = 0; i < count; i++) spin(work);
    });
    const parallel = await clocked(() => all(pool, submit(pool, count, "spin", [work])));
    check(
      parallel.result.every((x) => x === expected),
      "spin",
    );
    return [{ metric: "speed-up on 2 workers", unit: "×", value: inPlace.ms / parallel.ms }];
  },
};
