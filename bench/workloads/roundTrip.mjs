/** W1: how long one task takes, there and back. */

import { clocked } from "./clock.mjs";
import { wake, warmPool } from "./pools.mjs";

const count = 1000;

export const roundTrip = {
  prepare: warmPool,
  async measure(pool, { oneCore }) {
    await wake(pool);
    const { ms } = await clocked(async () => {
      for (let i = 0; i < count; i++) await pool.run("noop", []);
    });
    return [{ metric: oneCore ? "round trip on one core" : "round trip", unit: "µs", value: (ms * 1000) / count }];
  },
};
