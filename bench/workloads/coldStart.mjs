/** W7: two short tasks in a process that has just started; the runner holds the clock. */

import { all, submit } from "./pools.mjs";

export const coldStart = {
  async prepare(open) {
    const pool = await open({});
    await all(pool, submit(pool, 2, "spin", [1]));
    return pool;
  },
};
