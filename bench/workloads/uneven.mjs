/** W5: slow tasks first. Two fixed chunks leave one worker idle; one by one (or "auto") should come near the ideal. */

import { check, clocked } from "./clock.mjs";
import { all, warmPool } from "./pools.mjs";
import { spin, spinPerMs } from "./tasks.mjs";

const ours = {
  "2 fixed chunks": (pool, tasks) => pool.map(tasks, "spin"),
  "one by one": (pool, tasks) => pool.map(tasks, "spin", { scheduling: Infinity }),
  'scheduling: "auto"': (pool, tasks) => pool.map(tasks, "spin", { scheduling: "auto" }),
};

const byHand = {
  "2 fixed chunks": async (pool, tasks) => {
    const halves = [tasks.slice(0, 8), tasks.slice(8)];
    return (
      await all(
        pool,
        halves.map((half) => pool.run("spinMany", [half])),
      )
    ).flat();
  },
  "one by one": (pool, tasks) =>
    all(
      pool,
      tasks.map((task) => pool.run("spin", [task])),
    ),
};

export const uneven = {
  prepare: warmPool,
  async measure(pool, { quick }) {
    const tasks = Array.from({ length: 16 }, (_, i) => ((i < 4 ? 200 : 20) * spinPerMs) / (quick ? 4 : 1));
    const expected = [spin(tasks[0]), spin(tasks[15])];
    const metrics = [];
    for (const [metric, way] of Object.entries(pool.map ? ours : byHand)) {
      const { ms, result } = await clocked(() => way(pool, tasks));
      check(result.length === 16 && result[0] === expected[0] && result[15] === expected[1], metric);
      metrics.push({ metric, unit: "ms", value: ms });
    }
    return metrics;
  },
};
