/** workerpool takes an object of tasks; threads can move a result, processes cannot. */

import { isMainThread, workerData } from "node:worker_threads";
import workerpool from "workerpool";
import { tasks } from "../../workloads/tasks.mjs";

tasks.setData(workerData);
const move = (xs) => (isMainThread ? xs : new workerpool.Transfer(xs, [xs.buffer]));
workerpool.worker({ ...tasks, mapF64: (xs) => move(tasks.mapF64(xs)) });
