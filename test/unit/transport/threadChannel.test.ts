import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { ProtocolMismatch } from "../../../src/errors/errors.ts";
import type { WorkerMessage } from "../../../src/protocol/messages.ts";
import type { Channel, ChannelEnd } from "../../../src/transport/Channel.ts";
import { threadChannel } from "../../../src/transport/threadChannel.ts";
import { deferred } from "./deferred.ts";

interface Setup {
  readonly channel: Channel;
  readonly messages: WorkerMessage[];
  readonly first: Promise<WorkerMessage>;
  readonly closed: Promise<ChannelEnd>;
}

function start(code: string): Setup {
  const channel = threadChannel(new Worker(`const { parentPort } = require("node:worker_threads");\n${code}`, { eval: true }));
  const messages: WorkerMessage[] = [];
  const first = deferred<WorkerMessage>();
  const closed = deferred<ChannelEnd>();
  channel.listen({
    message: (message) => {
      messages.push(message);
      first.resolve(message);
    },
    closed: closed.resolve,
  });
  return { channel, messages, first: first.promise, closed: closed.promise };
}

describe("threadChannel", () => {
  it("delivers everything that was posted before process.exit, then the exit code", async () => {
    const { closed, messages } = start(`for (let i = 0; i < 3; i++) parentPort.postMessage({ type: "pong" }); process.exit(7);`);
    expect(await closed).toEqual({ exitCode: 7, cause: undefined });
    expect(messages).toHaveLength(3);
  });

  it("tells the error that ended the thread", async () => {
    const { closed } = start(`throw new RangeError("boom");`);
    const end = await closed;
    expect(end.cause?.message).toBe("boom");
    expect(end.exitCode).toBe(1);
  });

  it("ends with ProtocolMismatch on an unknown message", async () => {
    const { closed } = start(`parentPort.postMessage("hello"); setInterval(() => {}, 1000);`);
    expect((await closed).cause).toBeInstanceOf(ProtocolMismatch);
  });

  it("kills a thread in an endless loop and then says nothing of its end", async () => {
    const { channel, first, closed } = start(`parentPort.postMessage({ type: "pong" }); for (;;);`);
    await first;
    await channel.kill();
    expect(await closed).toEqual({});
  });

  it("moves listed buffers", async () => {
    const { channel, closed } = start(`parentPort.once("message", () => process.exit(0));`);
    const buffer = new ArrayBuffer(8);
    channel.send({ type: "define", definitions: [{ type: "constant", id: "c", encoded: { root: buffer } }] }, [buffer]);
    expect(buffer.byteLength).toBe(0);
    await closed;
  });
});
