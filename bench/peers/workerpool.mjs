/** Threads; workerpool gives a worker one task at a time, whatever `perWorker`. */

import { fileURLToPath } from "node:url";
import workerpool from "workerpool";

const file = fileURLToPath(new URL("./workers/workerpool.mjs", import.meta.url));

export async function open({ workers, data }, options = {}) {
  const pool = workerpool.pool(file, {
    minWorkers: workers,
    maxWorkers: workers,
    workerType: "thread",
    workerThreadOpts: { workerData: data },
    ...options,
  });
  return {
    run: (task, args, transfer) => pool.exec(task, args, transfer && { transfer }),
    close: () => pool.terminate(true),
  };
}
