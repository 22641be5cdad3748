/**
 * Channel to a worker thread: messages are structured clones, small ones texts; listed buffers are moved. Small outcomes
 * come through shared memory. Node delivers everything a thread had posted before it reports the thread's exit.
 */

import type { Worker } from "node:worker_threads";
import { describeValue } from "../errors/words.ts";
import type { HostMessage } from "../protocol/messages.ts";
import type { Channel, ChannelEnd, ChannelListener } from "./Channel.ts";
import type { Ledger } from "./Ledger.ts";
import { parseWorkerMessage } from "./parseWorkerMessage.ts";
import { protocolMismatch } from "./protocolMismatch.ts";
import { packHostQuick, unpackWorkerQuick } from "./quickMessage.ts";
import { fallAsleep, takeTexts, ThreadLedger, ThreadMemory, wake } from "./threadMemory.ts";

/** The host's end. `memory` is what was handed to the thread as `workerData.futureplan.memory`, if anything. */
export function threadChannel(worker: Worker, memory?: SharedArrayBuffer): Channel {
  return new ThreadChannel(worker, memory === undefined ? undefined : new ThreadMemory(memory));
}

/** An outcome from shared memory, after the number of messages that had been posted before it. */
type Early = readonly [posted: number, ...outcome: readonly unknown[]];

class ThreadChannel implements Channel {
  readonly ledger: Ledger | undefined;
  private readonly worker: Worker;
  private readonly memory: ThreadMemory | undefined;
  private state: "open" | "killed" | "closed" = "open";
  private listener: ChannelListener | undefined;
  /** How many messages came by themselves. */
  private received = 0;
  /** Outcomes that were written after messages which have not come yet, with the number of those. */
  private early: readonly Early[] = [];

  constructor(worker: Worker, memory: ThreadMemory | undefined) {
    this.worker = worker;
    this.memory = memory;
    this.ledger = memory && new ThreadLedger(memory);
  }

  send(message: HostMessage, transfer?: readonly ArrayBuffer[]): void {
    if (this.state !== "open") return;
    if (transfer === undefined) this.worker.postMessage(packHostQuick(message) ?? message);
    else this.worker.postMessage(message, transfer);
  }

  listen(listener: ChannelListener): void {
    let cause: Error | undefined;
    this.listener = listener;
    this.worker.on("message", (data: unknown) => {
      if (this.memory !== undefined && data === wake) fallAsleep(this.memory);
      this.takeOutcomes();
      if (data !== wake) this.take(data);
    });
    this.worker.on("messageerror", (problem) => this.mismatch(problem));
    this.worker.on("error", (error) => {
      cause = error instanceof Error ? error : new Error(describeValue(error));
    });
    this.worker.on("exit", (exitCode) => {
      this.takeOutcomes();
      this.close({ exitCode, cause });
    });
  }

  private take(data: unknown): void {
    this.hear(data, 0);
    this.received++;
    this.takeEarly();
  }

  /** Those in shared memory, up to the first that something else must come before. */
  private takeOutcomes(): void {
    const text = this.memory === undefined ? "" : takeTexts(this.memory);
    if (text === "") return;
    let list: readonly Early[];
    try {
      list = parseTexts(text);
    } catch (error) {
      return this.mismatch(error);
    }
    this.early = this.early.length === 0 ? list : [...this.early, ...list];
    this.takeEarly();
  }

  private takeEarly(): void {
    if (this.early.length === 0) return;
    const ready = this.early.findIndex(([posted]) => posted > this.received);
    const outcomes = ready < 0 ? this.early : this.early.slice(0, ready);
    this.early = ready < 0 ? [] : this.early.slice(ready);
    for (const outcome of outcomes) this.hear(outcome, 1);
  }

  /** A message, its short text, or a list in which the short form begins at `from`. */
  private hear(data: unknown, from: number): void {
    if (this.state !== "open") return;
    let message;
    try {
      message = from > 0 ? unpackWorkerQuick(data, from) : parseWorkerMessage(data);
    } catch (error) {
      return this.mismatch(error);
    }
    this.listener?.message(message);
  }

  private mismatch(problem: unknown): void {
    this.close({ cause: protocolMismatch(problem) });
    void this.kill();
  }

  private close(end: ChannelEnd): void {
    if (this.state === "closed") return;
    const killed = this.state === "killed";
    this.state = "closed";
    this.listener?.closed(killed ? {} : end);
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

/** Texts of shared memory, each followed by a comma. */
function parseTexts(text: string): readonly Early[] {
  const list: unknown = JSON.parse(`[${text}0]`);
  const early = Array.isArray(list) ? list.slice(0, -1) : [];
  if (early.every(isEarly)) return early;
  throw new Error("an outcome in shared memory is none");
}

function isEarly(item: unknown): item is Early {
  return Array.isArray(item) && Number.isSafeInteger(item[0]);
}
