import { once } from "node:events";
import { duplexPair, PassThrough, Writable, type Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import { ProtocolMismatch } from "../../../src/errors/errors.ts";
import { encodeFrame, startMarker } from "../../../src/protocol/frame.ts";
import type { HostMessage, WorkerMessage } from "../../../src/protocol/messages.ts";
import type { Channel, ChannelEnd } from "../../../src/transport/Channel.ts";
import { MessageWriter, readMessages } from "../../../src/transport/messageStream.ts";
import { packWorkerQuick } from "../../../src/transport/quickMessage.ts";
import { packMessage } from "../../../src/transport/packMessage.ts";
import { parseHostMessage } from "../../../src/transport/parseHostMessage.ts";
import { streamChannel } from "../../../src/transport/streamChannel.ts";
import { deferred } from "./deferred.ts";

interface Setup {
  readonly channel: Channel;
  /** The worker's end. */
  readonly far: Duplex;
  readonly messages: WorkerMessage[];
  readonly ends: ChannelEnd[];
  readonly closed: Promise<ChannelEnd>;
  readonly kills: number[];
  readonly exit: (end: ChannelEnd) => void;
}

function connect(): Setup {
  const [near, far] = duplexPair();
  const ended = deferred<ChannelEnd>();
  const closed = deferred<ChannelEnd>();
  const messages: WorkerMessage[] = [];
  const ends: ChannelEnd[] = [];
  const kills: number[] = [];
  const kill = (): void => {
    kills.push(1);
    ended.resolve({ signal: "SIGKILL" });
    far.destroy();
  };
  const channel = streamChannel({ readable: near, writable: near, ended: ended.promise, ref() {}, unref() {}, kill });
  channel.listen({
    message: (message) => messages.push(message),
    closed: (end) => {
      ends.push(end);
      closed.resolve(end);
    },
  });
  return { channel, far, messages, ends, closed: closed.promise, kills, exit: ended.resolve };
}

describe("streamChannel", () => {
  it("sends what is sent in one tick as one write, in order", async () => {
    const writes: Uint8Array[] = [];
    const written = deferred<void>();
    const writable = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => {
        writes.push(chunk);
        done();
      },
      writev(chunks: { chunk: Uint8Array }[], done) {
        writes.push(Buffer.concat(chunks.map(({ chunk }) => chunk)));
        done();
        written.resolve();
      },
    });
    const channel = streamChannel({ readable: new PassThrough(), writable, ended: new Promise(() => {}), ref() {}, unref() {}, kill() {} });
    channel.send({ type: "define", definitions: [] });
    channel.send({ type: "ping" });
    channel.send({ type: "close" });
    await written.promise;
    expect(writes).toHaveLength(2);
    expect(writes[0]).toEqual(Buffer.from(startMarker));
    const received: HostMessage[] = [];
    const far = new PassThrough();
    readMessages(far, parseHostMessage, { message: (message) => received.push(message), ended: () => undefined });
    for (const write of writes) far.write(write);
    far.end();
    await once(far, "close");
    expect(received.map((message) => message.type)).toEqual(["define", "ping", "close"]);
  });

  it("delivers messages and then tells once how the process ended", async () => {
    const { far, messages, closed, ends, exit } = connect();
    new MessageWriter(far, packWorkerQuick, false).send({ type: "pong" });
    far.end();
    exit({ exitCode: 3, stderr: "last words" });
    expect(await closed).toEqual({ exitCode: 3, stderr: "last words" });
    expect(messages).toEqual([{ type: "pong" }]);
    expect(ends).toHaveLength(1);
  });

  it.each<[string, Uint8Array]>([
    ["bytes that are no frame", Buffer.concat([startMarker, Buffer.alloc(12)])],
    ["a frame whose content is damaged", Buffer.concat([startMarker, ...encodeFrame(Buffer.from("nonsense"), [])])],
    ["noise without end", Buffer.alloc(70_000, "x")],
  ])("ends with ProtocolMismatch and kills the worker on %s", async (_, bytes) => {
    const { far, closed, kills } = connect();
    far.write(bytes);
    expect((await closed).cause).toBeInstanceOf(ProtocolMismatch);
    expect(kills).toHaveLength(1);
  });

  it("ends with ProtocolMismatch on a message of unknown type and delivers nothing after it", async () => {
    const { far, closed, messages } = connect();
    const unknown = packMessage(JSON.parse('{"type":"pong"}') as WorkerMessage);
    const writer = new MessageWriter(far, packWorkerQuick, false);
    far.cork();
    const strange = new Uint8Array(unknown.control);
    strange.set(new TextEncoder().encode("gong"), Buffer.from(strange).indexOf("pong"));
    for (const piece of encodeFrame(strange, [])) far.write(piece);
    writer.send({ type: "pong" });
    far.uncork();
    expect((await closed).cause?.message).toContain("gong");
    expect(messages).toEqual([]);
  });

  it("reports a message that was cut off, unless the way the process died explains it", async () => {
    const half = Buffer.concat([startMarker, ...encodeFrame(Buffer.alloc(100), [])]).subarray(0, 40);
    const quiet = connect();
    quiet.far.end(half);
    quiet.exit({ exitCode: 0 });
    expect((await quiet.closed).cause).toBeInstanceOf(ProtocolMismatch);
    const killed = connect();
    killed.far.end(half);
    killed.exit({ signal: "SIGKILL" });
    expect(await killed.closed).toEqual({ signal: "SIGKILL" });
  });

  it("says nothing of the end when it was killed from here, and swallows later messages", async () => {
    const { channel, closed } = connect();
    await channel.kill();
    expect(await closed).toEqual({});
    channel.send({ type: "ping" });
  });
});
