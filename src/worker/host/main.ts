/** Entry of the worker's program, `dist/worker.cjs`: finds out how it was started, and serves. */

import "../../random/feedMathRandom.ts";
import type { Readable, Writable } from "node:stream";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { serveProcess } from "./process.ts";
import { serveThread } from "./thread.ts";

/** The descriptor that carries frames in both directions. */
const descriptor = 3;
/** The descriptor of the ledger's file, where the command line says that there is one. */
const ledger = process.argv[2] === "ledger" ? 4 : undefined;

const startedAsThread = !isMainThread && typeof workerData === "object" && workerData !== null && "futureplan" in workerData;

/** What a host without this file was sent before it (`launchers/remoteWorker.ts`) has opened the streams. */
const key = Symbol.for("futureplan/streams");
const { [key]: opened } = globalThis as { [key]?: { input: Readable; output: Writable } }; // a symbol of our own

if (startedAsThread && parentPort !== null) serveThread(parentPort);
else if (opened !== undefined) serveProcess(opened.input, opened.output, undefined);
else {
  const { Socket } = process.getBuiltinModule("node:net"); // threads start sooner without it
  const socket = new Socket({ fd: descriptor, readable: true, writable: true });
  serveProcess(socket, socket, ledger);
}
