/** Whether this thread decides how the process ends. */

export { isMainThread } from "node:worker_threads";
