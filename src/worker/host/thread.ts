/** A worker that is a thread of the home process: its channel is the thread's port. */

import { getHeapStatistics } from "node:v8";
import { workerData, type MessagePort } from "node:worker_threads";
import { parseHostMessage } from "../../transport/parseHostMessage.ts";
import { protocolMismatch } from "../../transport/protocolMismatch.ts";
import { addText, claim, ThreadMemory, wake } from "../../transport/threadMemory.ts";
import { packWorkerQuick } from "../../transport/quickMessage.ts";
import { serve } from "../serve.ts";
import type { WorkerChannel } from "../WorkerHost.ts";
import { makeHost } from "./makeHost.ts";
import { setSoon } from "./originals.ts";

/** Serves the thread that started this one. */
export function serveThread(port: MessagePort): void {
  const shared = findMemory(workerData);
  serve(threadEnd(port, shared), makeHost({ claim: (place) => shared === undefined || claim(shared, place), memory, taken }));
}

/** What was printed; of a write of nothing `writableLength` would not tell. Messages are gone at once. */
function taken(): Promise<unknown> {
  return Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => void stream.write("", () => resolve()))),
  );
}

function threadEnd(port: MessagePort, shared: ThreadMemory | undefined): WorkerChannel {
  /** Messages so far: home puts what stands in shared memory in its place among them. */
  let posted = 0;
  return {
    send(message, transfer) {
      const text = transfer.length === 0 ? packWorkerQuick(message) : undefined;
      const added = text === undefined || shared === undefined ? "full" : addText(shared, `[${posted},${text.slice(1)}`);
      if (added === "added") return;
      if (added === "wake") return port.postMessage(wake);
      port.postMessage(text ?? message, transfer);
      posted++;
    },
    listen(listener) {
      const damaged = (problem: unknown): void => listener.damaged(protocolMismatch(problem));
      port.on("message", (data: unknown) => {
        let message;
        try {
          message = parseHostMessage(data);
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

function findMemory(data: unknown): ThreadMemory | undefined {
  const ours = typeof data === "object" && data !== null && "futureplan" in data ? data.futureplan : undefined;
  const found = typeof ours === "object" && ours !== null && "memory" in ours ? ours.memory : undefined;
  return found instanceof SharedArrayBuffer ? new ThreadMemory(found) : undefined;
}
