/**
 * Both kinds of channel with nobody real at the other end: a test says what arrives, and sees what home's listener heard. Everything
 * heard is used as home uses it, so that what only looks like a message shows.
 */

import { EventEmitter } from "node:events";
import { PassThrough, Readable } from "node:stream";
import type { Worker } from "node:worker_threads";
import { ProtocolMismatch } from "../../src/errors/errors.ts";
import { decodeAtHome } from "../../src/globals/snapshot.ts";
import type { Encoded } from "../../src/codec/Encoded.ts";
import type { OutputEntry, WorkerMessage } from "../../src/protocol/messages.ts";
import type { Channel, ChannelEnd } from "../../src/transport/Channel.ts";
import { streamChannel } from "../../src/transport/streamChannel.ts";
import { threadChannel } from "../../src/transport/threadChannel.ts";

/** What home's listener heard. */
export class Heard {
  readonly messages: WorkerMessage[] = [];
  readonly ends: ChannelEnd[] = [];
  /** What went wrong with what was heard, if it did. */
  wrong: string | undefined;
  /** Damage was found in some body. */
  isDamaged = false;

  constructor(channel: Channel) {
    channel.listen({
      message: (message) => {
        if (this.ends.length > 0) this.wrong ??= "a message after the end";
        this.messages.push(message);
        this.#use(message);
      },
      closed: (end) => this.ends.push(end),
    });
  }

  /** Whether damage was noticed, by the channel or in a body. */
  get noticed(): boolean {
    return this.isDamaged || this.ends.some(({ cause }) => cause instanceof ProtocolMismatch);
  }

  #use(message: WorkerMessage): void {
    if (message.type === "outcome") {
      this.#print(message.output);
      this.#decode(message.body, message);
    } else if (message.type === "fault") this.#decode(message.body, { definitions: [] });
    else if (message.type === "output") this.#print(message.entries);
  }

  #print(entries: readonly OutputEntry[]): void {
    for (const entry of entries)
      if (typeof (entry.type === "warning" ? entry.message : entry.text) !== "string") this.wrong ??= "an entry without a text";
  }

  #decode(body: Encoded, { definitions }: Pick<Extract<WorkerMessage, { type: "outcome" }>, "definitions">): void {
    const mayBeOthers = (body.specials ?? []).some(([tag]) => runsCode.has(tag));
    try {
      const value = decodeAtHome(body, definitions);
      if (value instanceof Promise) value.catch((error: unknown) => this.#judge(error, true));
    } catch (error) {
      this.#judge(error, mayBeOthers);
    }
  }

  /** Where code of the user's runs, or something is not here, its errors are let through. */
  #judge(error: unknown, mayBeOthers: boolean): void {
    if (error instanceof ProtocolMismatch) this.isDamaged = true;
    else if (!mayBeOthers) this.wrong ??= `decoding threw ${String(error)}`;
  }
}

const runsCode = new Set(["function", "custom", "constant", "require", "import", "library", "intrinsic", "new"]);

/** Gives the chunks of a stream to home, then its end. */
export function hearStream(chunks: readonly Uint8Array[]): Promise<Heard> {
  const readable = new Readable({ read: () => undefined });
  const link = { readable, writable: new PassThrough(), ended: Promise.resolve({ exitCode: 0 }), ref() {}, unref() {}, kill() {} };
  const heard = new Heard(streamChannel(link));
  // By hand: what a listener throws comes out here.
  for (const chunk of chunks) readable.emit("data", chunk);
  if (heard.ends.some(({ cause }) => !(cause instanceof ProtocolMismatch))) heard.wrong ??= "an early end that is no ProtocolMismatch";
  readable.emit("end");
  readable.emit("close");
  return settled(heard);
}

/** A thread that says what the test says. */
export class FakeThread extends EventEmitter {
  postMessage(): void {}
  ref(): void {}
  unref(): void {}
  terminate(): Promise<number> {
    this.emit("exit", 1);
    return Promise.resolve(1);
  }
}

/** Gives values to home as a thread's port does, then the thread's end. */
export function hearThread(values: readonly unknown[], memory?: SharedArrayBuffer): Promise<Heard> {
  const thread = new FakeThread();
  const heard = new Heard(threadChannel(thread as unknown as Worker, memory));
  for (const value of values) thread.emit("message", value);
  thread.emit("exit", 0);
  return settled(heard);
}

/** After the promises that were made on the way. */
async function settled(heard: Heard): Promise<Heard> {
  await new Promise((resolve) => setImmediate(resolve));
  if (heard.ends.length !== 1) heard.wrong ??= `${heard.ends.length} ends`;
  return heard;
}
