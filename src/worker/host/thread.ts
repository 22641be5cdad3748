/** A worker that is a thread of the home process: its channel is the thread's port. */

import { getHeapStatistics } from "node:v8";
import { workerData, type MessagePort } from "node:worker_threads";
import { parseHostMessage } from "../../transport/parseMessage.ts";
import { protocolMismatch } from "../../transport/protocolMismatch.ts";
import { packQuick, unpackQuick } from "../../transport/quickMessage.ts";
import { serve } from "../serve.ts";
import type { WorkerChannel } from "../WorkerHost.ts";
import { makeHost } from "./makeHost.ts";
import { setSoon } from "./originals.ts";

/** Serves the thread that started this one. */
export function serveThread(port: MessagePort): void {
  const marker = findMarker(workerData);
  const markStart = (task: number): void => {
    if (marker !== undefined) Atomics.store(marker, 0, task);
  };
  serve(threadEnd(port), makeHost({ markStart, memory }));
}

function threadEnd(port: MessagePort): WorkerChannel {
  return {
    send(message, transfer) {
      if (transfer.length === 0) port.postMessage(packQuick(message) ?? message);
      else port.postMessage(message, transfer);
    },
    listen(listener) {
      const damaged = (problem: unknown): void => listener.damaged(protocolMismatch(problem));
      port.on("message", (data: unknown) => {
        let message;
        try {
          message = parseHostMessage(typeof data === "string" ? unpackQuick(data) : data);
        } catch (error) {
          return damaged(error);
        }
        listener.message(message);
      });
      port.on("messageerror", damaged);
      port.on("close", () => listener.closed());
    },
    flush: (done) => void setSoon(done),
  };
}

/** Of this thread alone. */
function memory(): number {
  const heap = getHeapStatistics();
  return heap.total_heap_size + heap.external_memory;
}

function findMarker(data: unknown): Int32Array | undefined {
  const ours = typeof data === "object" && data !== null && "futureplan" in data ? data.futureplan : undefined;
  const marker = typeof ours === "object" && ours !== null && "marker" in ours ? ours.marker : undefined;
  return marker instanceof Int32Array ? marker : undefined;
}
