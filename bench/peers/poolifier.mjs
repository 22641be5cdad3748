/** FixedThreadPool by default: no task queue, every task is posted to a worker at once. */

import { fileURLToPath } from "node:url";
import { FixedThreadPool } from "poolifier";

const file = fileURLToPath(new URL("./workers/poolifier.mjs", import.meta.url));

export async function open({ workers, data }) {
  const pool = new FixedThreadPool(workers, file, { workerOptions: { workerData: data } });
  return {
    run: (task, args, transfer) => pool.execute(args, task, undefined, transfer),
    close: () => pool.destroy(),
  };
}
