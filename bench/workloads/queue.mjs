/** Q: whether a future costs more when many wait. Short queues run several times, so that each figure comes from many futures. */

import { check, clocked } from "./clock.mjs";
import { all, submit, wake, warmPool } from "./pools.mjs";

const sizes = { "10³": [1000, 20], "10⁴": [10_000, 3], "10⁵": [100_000, 1], "10⁶": [1_000_000, 1] };

/** Microseconds that --quick has for one queue; where a future costs more, it leaves the longest out. */
const longest = 15e6;

export const queue = {
  prepare: warmPool,
  async measure(pool, { quick }) {
    await wake(pool);
    await all(pool, submit(pool, 10_000, "noop", []));
    const metrics = [];
    for (const [name, [size, times]] of Object.entries(sizes)) {
      if (quick && size * (metrics.at(-1)?.value ?? 0) > longest) break;
      globalThis.gc();
      let total = 0;
      for (let time = 0; time < times; time++) {
        const { ms, result } = await clocked(() => all(pool, submit(pool, size, "noop", [])));
        check(result.length === size, "queue");
        total += ms;
      }
      metrics.push({ metric: `each of ${name}`, unit: "µs", value: (total * 1000) / (size * times) });
    }
    return metrics;
  },
};
