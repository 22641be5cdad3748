/** Defaults (atomics 'sync'), as many threads as asked for. */

import { Piscina } from "piscina";

export async function open({ workers, perWorker, data }) {
  const pool = new Piscina({
    filename: new URL("./workers/piscina.mjs", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Infinity,
    concurrentTasksPerWorker: perWorker,
    workerData: data,
  });
  return {
    run: (task, args, transferList) => pool.run(args, { name: task, transferList }),
    close: () => pool.destroy(),
  };
}
