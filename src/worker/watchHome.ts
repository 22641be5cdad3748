/**
 * Ends a worker whose home has gone silent. Only intervals in which this thread was free to listen are counted:
 * after a long computation the messages that waited meanwhile are read before the next interval ends.
 */

import type { WorkerHost } from "./WorkerHost.ts";

/** Intervals without any message after which home is taken for gone. */
const patience = 3;

/** Starts watching; the returned function is to be called at every message from home. */
export function watchHome(host: Pick<WorkerHost, "every">, interval: number, gone: () => void): () => void {
  let silent = 0;
  host.every(interval, () => {
    silent += 1;
    if (silent > patience) gone();
  });
  return () => {
    silent = 0;
  };
}
