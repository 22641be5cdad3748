/** Entry of the worker's program, `dist/worker.cjs`: finds out how it was started, and serves. */

import { Socket } from "node:net";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { serveProcess } from "./process.ts";
import { serveThread } from "./thread.ts";

/** The descriptor that carries frames in both directions. */
const descriptor = 3;
/** The descriptor of the ledger's file, where the command line says that there is one. */
const ledger = process.argv[2] === "ledger" ? 4 : undefined;

const startedAsThread = !isMainThread && typeof workerData === "object" && workerData !== null && "futureplan" in workerData;

if (startedAsThread && parentPort !== null) {
  serveThread(parentPort);
} else {
  const socket = new Socket({ fd: descriptor, readable: true, writable: true });
  serveProcess(socket, socket, ledger);
}
