/** The limit for one round trip: a message to a thread and back, without any queue or task. */

import { Worker } from "node:worker_threads";

export async function open() {
  const worker = new Worker(new URL("../raw/echo.mjs", import.meta.url));
  const waiting = [];
  worker.on("message", () => waiting.shift()());
  return {
    run: (task, args) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        worker.postMessage([1, task, args]);
      }),
    close: () => worker.terminate(),
  };
}
