/** Defaults, as many workers as asked for. */

import { Tinypool } from "tinypool";

export async function open({ workers, perWorker, data }, options = {}) {
  const pool = new Tinypool({
    filename: new URL("./workers/tinypool.mjs", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: 2 ** 31 - 1,
    concurrentTasksPerWorker: perWorker,
    workerData: data,
    ...options,
  });
  return {
    run: (task, args, transferList) => pool.run(args, { name: task, transferList }),
    close: () => pool.destroy(),
  };
}
