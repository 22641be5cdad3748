/** poolifier's tasks take one argument, are awaited only if declared async, and have no way to move a result. */

import { workerData } from "node:worker_threads";
import { ThreadWorker } from "poolifier";
import * as tasks from "../../workloads/tasks.mjs";

tasks.setData(workerData);
export default new ThreadWorker({
  noop: () => tasks.noop(),
  spin: ([n]) => tasks.spin(n),
  spinMany: ([ns]) => tasks.spinMany(ns),
  mapArray: ([xs]) => tasks.mapArray(xs),
  mapF64: ([xs]) => tasks.mapF64(xs),
  mapShared: (args) => tasks.mapShared(...args),
  mean: ([xs]) => tasks.mean(xs),
  meanOfData: () => tasks.meanOfData(),
  sleep: async ([ms]) => tasks.sleep(ms),
});
