/**
 * Channel to a worker thread: messages are structured clones, small ones texts; listed buffers are moved.
 * Node delivers everything a thread had posted before it reports the thread's exit.
 */

import type { Worker } from "node:worker_threads";
import type { HostMessage } from "../protocol/messages.ts";
import type { Channel, ChannelEnd, ChannelListener } from "./Channel.ts";
import { parseWorkerMessage } from "./parseMessage.ts";
import { protocolMismatch } from "./protocolMismatch.ts";
import { packQuick, unpackQuick } from "./quickMessage.ts";

/** The host's end. `marker` is the memory that was handed to the thread as `workerData.futureplan.marker`. */
export function threadChannel(worker: Worker, marker?: Int32Array): Channel {
  return new ThreadChannel(worker, marker);
}

class ThreadChannel implements Channel {
  readonly marker: Int32Array | undefined;
  private readonly worker: Worker;
  private state: "open" | "killed" | "closed" = "open";

  constructor(worker: Worker, marker: Int32Array | undefined) {
    this.worker = worker;
    this.marker = marker;
  }

  send(message: HostMessage, transfer?: readonly ArrayBuffer[]): void {
    if (this.state !== "open") return;
    if (transfer === undefined) this.worker.postMessage(packQuick(message) ?? message);
    else this.worker.postMessage(message, transfer);
  }

  listen(listener: ChannelListener): void {
    let cause: Error | undefined;
    const close = (end: ChannelEnd): void => {
      if (this.state === "closed") return;
      const killed = this.state === "killed";
      this.state = "closed";
      listener.closed(killed ? {} : end);
    };
    const mismatch = (problem: unknown): void => {
      close({ cause: protocolMismatch(problem) });
      void this.kill();
    };
    this.worker.on("message", (data: unknown) => {
      if (this.state !== "open") return;
      let message;
      try {
        message = parseWorkerMessage(typeof data === "string" ? unpackQuick(data) : data);
      } catch (error) {
        return mismatch(error);
      }
      listener.message(message);
    });
    this.worker.on("messageerror", mismatch);
    this.worker.on("error", (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    this.worker.on("exit", (exitCode) => close({ exitCode, cause }));
  }

  ref(): void {
    this.worker.ref();
  }

  unref(): void {
    this.worker.unref();
  }

  async kill(): Promise<void> {
    if (this.state === "open") this.state = "killed";
    await this.worker.terminate();
  }
}
