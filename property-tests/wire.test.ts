/**
 * Whatever comes over a wire, home hears messages that are some, then one end; damage that shows ends as `ProtocolMismatch`; nothing is thrown
 * past the channel, changes the language, or takes memory that did not come. Longer: see `corpus/wire/README.md`.
 */

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { findBootReport } from "../src/launchers/remoteWorker.ts";
import { FrameReader } from "../src/protocol/frame.ts";
import { readMessages } from "../src/transport/messageStream.ts";
import { packMessage, unpackMessage } from "../src/transport/packMessage.ts";
import { parseHostMessage } from "../src/transport/parseHostMessage.ts";
import { packWorkerQuick } from "../src/transport/quickMessage.ts";
import { addText, ThreadMemory, wake } from "../src/transport/threadMemory.ts";
import { ProtocolMismatch } from "../src/errors/errors.ts";
import { Readable } from "node:stream";
import { frameOf, framed, hostFrameOf, hostMessages, packAnything, ready, streamOf, workerMessages } from "./wire/conversations.ts";
import { damage, edits } from "./wire/damageBytes.ts";
import { changes, reshape } from "./wire/damageShape.ts";
import { hearStream, hearThread } from "./wire/listeners.ts";
import { trespasses } from "./wire/trespasses.ts";
import "./seed.ts";

/** How often, unless the environment wants more. */
function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: Number(process.env["FUTUREPLAN_FUZZ_RUNS"] ?? usual) };
}

/** Law: a damaged stream gives messages, then one end. */
export async function streamsEndInOrder(stream: Uint8Array, cuts: readonly number[]): Promise<string | undefined> {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length])].toSorted((a, b) => a - b);
  const chunks = edges.slice(1).map((edge, index) => stream.slice(edges[index], edge));
  let hearing: ReturnType<typeof hearStream> | undefined;
  const trespass = trespasses(() => void (hearing = hearStream(chunks)));
  const wrong = (await hearing)?.wrong ?? trespass;
  return wrong && `${wrong}; the stream: ${Buffer.from(stream).toString("base64").slice(0, 4000)}`;
}

/** Law: a message of a wrong shape is none, or can be used like any other; over streams and ports alike. */
export async function shapesAreSeenThrough(message: object): Promise<string | undefined> {
  const packed = framed(packAnything(message));
  const over = await streamsEndInOrder(streamOf([frameOf(ready), packed]), []);
  if (over !== undefined) return over;
  let hearing: ReturnType<typeof hearThread> | undefined;
  const trespass = trespasses(() => void (hearing = hearThread([structuredClone(ready), structuredClone(message)])));
  return (await hearing)?.wrong ?? trespass;
}

/** Law: whatever stands in the memory that a thread shares with home, it is outcomes or a mismatch. */
export async function ringsEndInOrder(texts: readonly string[], counters: readonly number[]): Promise<string | undefined> {
  const memory = new ThreadMemory();
  for (const text of texts) addText(memory, text);
  counters.forEach((value, word) => (memory.words[word] = value));
  let hearing: ReturnType<typeof hearThread> | undefined;
  const trespass = trespasses(() => void (hearing = hearThread([wake, wake], memory.buffer)));
  return (await hearing)?.wrong ?? trespass;
}

/** Law: a worker reads messages of home, or an end; never anything else. */
export function workersReadOrEnd(stream: Uint8Array): string | undefined {
  const readable = new Readable({ read: () => undefined });
  const ends: (Error | undefined)[] = [];
  readMessages(readable, parseHostMessage, { message: () => undefined, ended: (error) => ends.push(error) });
  return trespasses(() => {
    readable.emit("data", stream);
    const early = ends.some((error) => !(error instanceof ProtocolMismatch));
    readable.emit("end");
    readable.emit("close");
    return ends.length === 1 && !early ? undefined : `${ends.length} ends`;
  });
}

/** Law: the first words of a worker elsewhere name one process, or are noise. */
export function reportsNameAProcess(text: string): boolean {
  const report = findBootReport(text);
  return report === undefined || (Number.isSafeInteger(report.pid) && report.pid > 1 && typeof report.node === "string");
}

const wholeStream = fc
  .array(fc.constantFrom(...workerMessages), { minLength: 1, maxLength: 5 })
  .map((messages) => streamOf([frameOf(ready), ...messages.map(frameOf)]));

it("damaged bytes give messages, then one end", async () => {
  const law = fc.asyncProperty(wholeStream, edits, fc.array(fc.nat(1 << 16), { maxLength: 6 }), async (stream, given, cuts) => {
    expect(await streamsEndInOrder(damage(stream, given), cuts)).toBeUndefined();
  });
  await fc.assert(law, runs(1500));
});

it("bytes damaged within one message alone give messages, then one end", async () => {
  const packed = workerMessages.map((message) => packMessage(message));
  const law = fc.asyncProperty(fc.constantFrom(...packed), edits, async ({ control, buffers }, given) => {
    const stream = streamOf([frameOf(ready), framed({ control: damage(control, given), buffers })]);
    expect(await streamsEndInOrder(stream, [])).toBeUndefined();
  });
  await fc.assert(law, runs(3000));
});

it("messages of a wrong shape are none, or can be used", async () => {
  const law = fc.asyncProperty(fc.constantFrom(ready, ...workerMessages), changes, async (message, given) => {
    expect(await shapesAreSeenThrough(reshape(message, given))).toBeUndefined();
  });
  await fc.assert(law, runs(2500));
});

it("short texts of a wrong shape are none, or can be used", async () => {
  const texts = workerMessages.flatMap((message) => packWorkerQuick(message) ?? []);
  const law = fc.asyncProperty(fc.constantFrom(...texts), edits, async (text, given) => {
    const bytes = damage(Buffer.from(text), given);
    expect(await streamsEndInOrder(streamOf([framed({ control: bytes, buffers: [] })]), [])).toBeUndefined();
    expect((await hearThread([Buffer.from(bytes).toString()])).wrong).toBeUndefined();
  });
  await fc.assert(law, runs(1000));
});

it("shared memory holds outcomes, or the thread is ended", async () => {
  const texts = workerMessages.flatMap((message) => packWorkerQuick(message)?.replace("[", "[0,") ?? []);
  const odd = fc.oneof(fc.constantFrom(...texts), fc.json(), fc.string());
  const law = fc.asyncProperty(fc.array(odd, { maxLength: 5 }), fc.array(fc.integer(), { maxLength: 3 }), async (given, counters) => {
    expect(await ringsEndInOrder(given, counters)).toBeUndefined();
  });
  await fc.assert(law, runs(1000));
});

it("a worker reads messages, or one end, from damaged bytes", () => {
  const frames = hostMessages.map(hostFrameOf);
  const law = fc.property(fc.array(fc.constantFrom(...frames), { minLength: 1, maxLength: 5 }), edits, (given, how) => {
    expect(workersReadOrEnd(damage(streamOf(given), how))).toBeUndefined();
  });
  fc.assert(law, runs(1500));
});

it("a worker reads messages, or one end, from those of a wrong shape", () => {
  const law = fc.property(fc.constantFrom(...hostMessages), changes, (message, given) => {
    expect(workersReadOrEnd(streamOf([framed(packAnything(reshape(message, given)))]))).toBeUndefined();
  });
  fc.assert(law, runs(1500));
});

it("what V8 wrote and something damaged is a value or an error", () => {
  const packed = [...workerMessages, ...hostMessages].map((message) => packMessage(message));
  const law = fc.property(fc.constantFrom(...packed), edits, ({ control, buffers }, given) => {
    const frame = { control: damage(control, given), buffers: buffers.map((bytes) => bytes.slice().buffer as ArrayBuffer) };
    expect(trespasses(() => attempt(() => unpackMessage(frame)))).toBeUndefined();
  });
  fc.assert(law, runs(5000));
});

it("claims of any length take no more memory than the reader's trust", () => {
  const lie = fc.constantFrom(1, 0x7fff_ffff, 0xffff_ffff);
  const law = fc.property(fc.array(lie, { minLength: 3, maxLength: 6 }), (words) => {
    const bytes = Buffer.alloc(words.length * 4 + 4 + 100);
    bytes.write("FPL1");
    words.forEach((word, index) => bytes.writeUInt32LE(word, 4 + index * 4));
    const reader = new FrameReader(() => undefined);
    const claim = (): void => {
      reader.push(streamOf([bytes.subarray(0, -1)]));
      reader.push(bytes.subarray(-1));
    };
    expect(trespasses(() => attempt(claim))).toBeUndefined();
  });
  fc.assert(law, runs(200));
});

it("first words from elsewhere name one process, or are noise", () => {
  const pid = fc.oneof(fc.integer(), fc.string(), fc.constantFrom(null, 0, -1, 1, [7], {}, "7 8"));
  const report = fc.record({ node: fc.oneof(fc.string(), fc.integer()), pid, problem: fc.string(), text: fc.jsonValue() });
  const line = fc.oneof(
    fc.json(),
    report.map((told) => JSON.stringify(told)),
    fc.string().map((text) => `{${text}}`),
  );
  fc.assert(
    fc.property(fc.string(), line, (noise, text) => reportsNameAProcess(`${noise}\nfutureplan:boot ${text}\n`)),
    runs(3000),
  );
});

/** Errors are fine; ends of the process are not. */
function attempt(body: () => unknown): undefined {
  try {
    body();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
}
