/** W9: tasks that only wait, many of them in each worker. */

import { clocked } from "./clock.mjs";
import { all, submit, warmPool } from "./pools.mjs";

const count = 2000;

export const sleeping = {
  prepare: (open) => warmPool((options) => open({ ...options, perWorker: 1000 })),
  async measure(pool) {
    const { ms } = await clocked(() => all(pool, submit(pool, count, "sleep", [5])));
    return [{ metric: "tasks", unit: "/s", value: (count * 1000) / ms }];
  },
};
