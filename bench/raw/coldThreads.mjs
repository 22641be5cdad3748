/** Two threads, one answer each, by hand. */
import { Worker } from "node:worker_threads";

const workers = [0, 1].map(() => new Worker(new URL("./echo.mjs", import.meta.url)));
await Promise.all(
  workers.map(
    (worker, index) =>
      new Promise((resolve) => {
        worker.once("message", resolve);
        worker.postMessage(index);
      }),
  ),
);
await Promise.all(workers.map((worker) => worker.terminate()));
