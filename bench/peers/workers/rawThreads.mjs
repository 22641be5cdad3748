/** A bare thread: [id, task, args] in, [id, result] out. */

import { parentPort, workerData } from "node:worker_threads";
import { setData, tasks } from "../../workloads/tasks.mjs";

setData(workerData);
parentPort.on("message", ([id, task, args]) => {
  const result = tasks[task](...args);
  if (result instanceof Promise) void result.then((value) => parentPort.postMessage([id, value]));
  else parentPort.postMessage([id, result], task === "mapF64" ? [result.buffer] : undefined);
});
