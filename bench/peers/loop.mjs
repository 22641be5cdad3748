/** No workers and no library: the task called in place. */

import { mapArray, mapF64, mean, tasks } from "../workloads/tasks.mjs";

export async function open() {
  return {
    run: async (task, args) => tasks[task](...args),
    square: (numbers) => (Array.isArray(numbers) ? mapArray(numbers) : mapF64(new Float64Array(numbers))),
    map: (xs, task) => xs.map((x) => tasks[task](x)),
    means: (data) => Array.from({ length: 8 }, () => mean(data)),
    close: () => undefined,
  };
}
