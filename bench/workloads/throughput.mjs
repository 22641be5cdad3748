/** W2: tasks per second when many are submitted at once. */

import { clocked } from "./clock.mjs";
import { all, submit, wake, warmPool } from "./pools.mjs";

export const throughput = {
  prepare: warmPool,
  async measure(pool, { warmUp }) {
    const count = warmUp ? 2000 : 20_000;
    await wake(pool);
    const { ms } = await clocked(() => all(pool, submit(pool, count, "noop", [])));
    return [{ metric: "tasks", unit: "/s", value: (count * 1000) / ms }];
  },
};
