/**
 * Real messages in both directions, to be damaged: every type, short forms, buffers beside them, and bodies of every kind that
 * the codec knows. Made by the library's own packers and encoders.
 */

import { DefaultSerializer } from "node:v8";
import { Linker } from "../../src/codec/Linker.ts";
import { resultEncoder } from "../../src/codec/encode/resultEncoder.ts";
import type { Encoded } from "../../src/codec/Encoded.ts";
import { snapshot, snapshotValue } from "../../src/globals/snapshot.ts";
import { encodeFrame, startMarker } from "../../src/protocol/frame.ts";
import type { HostMessage, OutcomeMessage, OutputEntry, WorkerMessage } from "../../src/protocol/messages.ts";
import { protocolVersion } from "../../src/protocol/version.ts";
import { packMessage, packText, type Packed } from "../../src/transport/packMessage.ts";
import { packHostQuick, packWorkerQuick } from "../../src/transport/quickMessage.ts";

const linker = new Linker({ results: () => resultEncoder, importLibrary: () => Promise.reject(new Error("not needed")) });

function bodyOf(value: unknown): Encoded {
  const result = linker.encode(value);
  if (result instanceof Promise) throw new Error("no function is among them");
  return result.body;
}

class Point {
  x = 1;
}
const holder: Record<string, unknown> = { dates: [new Date(5)], pattern: /a+/giu, url: new URL("https://example.org/") };
holder["self"] = holder;

/** One of each kind of special that comes home without code, and plain data. */
export const values: readonly unknown[] = [
  1,
  undefined,
  "täxt",
  [1, 2, { a: [new Map([["k", new Set([1, 2])]])] }],
  holder,
  new RangeError("out", { cause: new AggregateError([new Error("inner")], "many") }),
  new DOMException("stop", "AbortError"),
  Object.freeze({ a: 1 }),
  Object.assign([1, 2], { name: "list" }),
  Object.assign(new Date(1), { note: "with" }),
  new Map<unknown, unknown>([["when", new Date(2)]]),
  Array.from({ length: 300 }, (_, index) => index / 2),
  Array.from({ length: 40 }, (_, id) => ({ id, name: `n${id}`, at: new Date(id) })),
  new Float64Array(3000).fill(1.5),
  new DataView(new ArrayBuffer(16), 4),
  Buffer.from("bytes"),
  Object(5n),
  Symbol.for("known"),
  Math.max,
  new Intl.NumberFormat("de"),
  new Point(),
  Object.create(null, { hidden: { value: 1 } }),
];

const printed: readonly OutputEntry[] = [
  { type: "stdout", text: "out\n" },
  { type: "console", method: "log", text: "said" },
  { type: "warning", name: "Warning", message: "careful", code: "W1", stack: "Warning: careful\n    at here" },
];

/** The number of the only task. */
export const task = 1;

export function outcome(body: Encoded, more: Partial<OutcomeMessage> = {}): OutcomeMessage {
  const usual = { definitions: [], output: [], started: 5, finished: 6, left: [], spent: false } as const;
  return { type: "outcome", task, status: "value", body, ...usual, ...more };
}

const made = ((): OutcomeMessage => {
  const { body, needs } = snapshotValue({ fn: (x: number) => x + protocolVersion, Point }, "value");
  return outcome(body, { definitions: needs });
})();

/** What a worker says once it is ready. */
export const workerMessages: readonly WorkerMessage[] = [
  { type: "started", task, at: 5 },
  { type: "output", task, entries: printed },
  { type: "output", task: undefined, entries: [] },
  { type: "progress", task, fraction: 0.5, message: "half" },
  { type: "pong" },
  { type: "want" },
  ...values.map((value) => outcome(bodyOf(value))),
  outcome(bodyOf(new TypeError("thrown")), { status: "error", output: printed, left: ["Timeout"], spent: true }),
  outcome(bodyOf([1, 2]), { chunk: { failed: [], written: [0, 3] }, output: printed }),
  outcome(bodyOf({ values: [1], errors: [new Error("one")] }), { chunk: { failed: [1], written: [] } }),
  made,
  { type: "fault", during: "async", tasks: [task], body: bodyOf(new Error("loose")) },
];

export const ready: WorkerMessage = {
  type: "ready",
  protocol: protocolVersion,
  node: process.version,
  pid: 7,
  thread: 0,
  host: "there",
};

const call = snapshot((x: number) => x * 2, [21], { globals: true, maxGlobalsSize: Infinity, label: undefined }).payload;
const plain = { dependencies: [], label: undefined, index: undefined, attempt: 1, output: "relay", modules: [], seed: false } as const;

/** What home says after its greeting. */
export const hostMessages: readonly HostMessage[] = [
  { type: "define", definitions: call.needs },
  { type: "task", task, future: "f1", body: call.body, announce: false, place: undefined, ahead: false, ...plain },
  { type: "task", task: 2, future: "f2", body: snapshotValue(holder, "value").body, announce: true, place: 3, ahead: false, ...plain },
  { type: "cancel", task: 2, reason: "cancel" },
  { type: "forget", blocks: ["b"] },
  { type: "ping" },
];

export function framed(packed: Packed): Uint8Array {
  return Buffer.concat(encodeFrame(packed.control, packed.buffers));
}

/** As a stream carries it. */
export function frameOf(message: WorkerMessage): Uint8Array {
  const text = packWorkerQuick(message);
  return framed(text === undefined ? packMessage(message) : packText(text));
}

export function hostFrameOf(message: HostMessage): Uint8Array {
  const text = packHostQuick(message);
  return framed(text === undefined ? packMessage(message) : packText(text));
}

/** A stream of messages, with its marker. */
export function streamOf(frames: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([startMarker, ...frames]);
}

/** As `packMessage` writes typed arrays, in this order. */
const views = ["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array"].concat([
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
  "DataView",
  "Buffer",
]);

/** The packer looks into messages; this one takes anything, and keeps everything in the control part. */
class AnyPacker extends DefaultSerializer {
  _writeHostObject(view: NodeJS.ArrayBufferView): void {
    this.writeUint32(views.indexOf(view.constructor.name));
    this.writeUint32(0xffff_ffff);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(view);
  }
}

export function packAnything(data: object): Packed {
  const packer = new AnyPacker();
  packer.writeHeader();
  packer.writeValue(data);
  return { control: packer.releaseBuffer(), buffers: [] };
}
