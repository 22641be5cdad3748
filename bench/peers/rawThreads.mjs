/** The limit for threads: bare worker_threads and a 30-line queue. */

import { Worker } from "node:worker_threads";
import { mean } from "../workloads/tasks.mjs";
import { queuedPool } from "./queuedPool.mjs";

export async function open({ workers, perWorker, data }) {
  const file = new URL("./workers/rawThreads.mjs", import.meta.url);
  const ends = Array.from({ length: workers }, () => {
    const worker = new Worker(file, { workerData: data });
    return {
      send: (message, transfer) => worker.postMessage(message, transfer),
      listen: (onMessage) => worker.on("message", onMessage),
      close: () => worker.terminate(),
    };
  });
  const pool = queuedPool(ends, perWorker);
  return { ...pool, means: (ordinary) => meansOfCopy(pool, ordinary) };
}

/** What a careful hand does with an ordinary array: one copy into shared memory, read by all tasks. */
function meansOfCopy(pool, ordinary) {
  const shared = new Float64Array(new SharedArrayBuffer(ordinary.byteLength));
  shared.set(ordinary);
  return Promise.all(Array.from({ length: 8 }, () => pool.run(mean.name, [shared])));
}
