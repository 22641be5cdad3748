/** futureplan as its README shows it: one plan, and the same calls whatever the plan. */

import { future, futureMap, plan, share, shutdown, value } from "futureplan";
import { mean, tasks } from "../workloads/tasks.mjs";

/** `options`: what the plan takes. */
export async function openFutureplan(name, options = {}) {
  plan(name, options);
  return {
    run: (task, args) => future(tasks[task], args),
    all: (futures) => value(futures),
    closures: (count) => {
      const futures = [];
      for (let i = 0; i < count; i += 1) {
        const offset = 2 * i;
        futures.push(future(() => i + offset));
      }
      return value(futures);
    },
    square: (numbers, options) => futureMap(numbers, (x) => x * x + 1, options),
    map: (xs, task, options) => futureMap(xs, tasks[task], options),
    share,
    means: (data) => futureMap([0, 1, 2, 3, 4, 5, 6, 7], () => mean(data)),
    close: () => shutdown(),
  };
}
