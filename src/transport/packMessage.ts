/**
 * Messages as the parts of a frame: V8's own serialization, with array buffers kept out of band so that they are
 * neither copied in nor out. Used at both ends of a byte stream. Shared memory is refused: a copy would lose writes.
 */

import { types } from "node:util";
import { DefaultDeserializer, DefaultSerializer } from "node:v8";
import type { Definition, Encoded } from "../codec/Encoded.ts";
import { currentSession } from "../session/currentSession.ts";
import { NotPortable } from "../errors/errors.ts";
import type { Frame } from "../protocol/frame.ts";
import type { HostMessage, WorkerMessage } from "../protocol/messages.ts";

/** What `encodeFrame` takes. */
export interface Packed {
  readonly control: Uint8Array;
  readonly buffers: readonly Uint8Array[];
}

/** First byte of the short form, `[`; V8's begins with 0xff. */
const bracket = 0x5b;
const noBuffers: readonly Uint8Array[] = [];
/** Shorter buffers and views stay in the control part. */
const outOfBand = 4096;
/** In place of an out-of-band index: the bytes follow in the control part. */
const inline = 0xffff_ffff;

/** Typed arrays on the wire, by their place in this list. */
const viewTypes = (
  "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array " +
  "BigInt64Array BigUint64Array DataView"
).split(" ");
const bufferType = viewTypes.length;

/**
 * Serializes a message. `owned` are the buffers that nobody writes to any more, `undefined`: all are;
 * others are copied here, since a stream may write them later. Throws `NotPortable` or V8's `DataCloneError`.
 */
export function packMessage(message: HostMessage | WorkerMessage, owned?: readonly ArrayBuffer[]): Packed {
  const packer = new Packer(owned);
  for (const encoded of encodedParts(message)) packer.keepApart(encoded);
  packer.writeHeader();
  packer.writeValue(message);
  return { control: packer.releaseBuffer(), buffers: packer.buffers };
}

/** A short text (`quickMessage.ts`) in place of a message. */
export function packText(text: string): Packed {
  return { control: Buffer.from(text), buffers: noBuffers };
}

/** The message of a frame, or its short text. Throws when its bytes are damaged. */
export function unpackMessage(frame: Frame): unknown {
  if (frame.control[0] === bracket) return textOf(frame.control);
  const unpacker = new Unpacker(frame);
  unpacker.readHeader();
  return unpacker.readValue();
}

function textOf(control: Uint8Array): string {
  return (Buffer.isBuffer(control) ? control : Buffer.from(control.buffer, control.byteOffset, control.byteLength)).toString();
}

class Packer extends DefaultSerializer {
  readonly buffers: Uint8Array[] = [];
  readonly #owned: readonly ArrayBuffer[] | undefined;
  readonly #apart = new Set<ArrayBuffer>();

  constructor(owned: readonly ArrayBuffer[] | undefined) {
    super();
    this.#owned = owned;
  }

  /** Array buffers have to be named before V8 meets them; the codec puts each into a special's tuple. */
  keepApart(encoded: Encoded): void {
    for (const special of encoded.specials ?? []) {
      for (const part of special) {
        if (!types.isArrayBuffer(part) || part.byteLength < outOfBand || this.#apart.has(part)) continue;
        this.#apart.add(part);
        this.transferArrayBuffer(this.#addBuffer(part, 0, part.byteLength), part);
      }
    }
  }

  #addBuffer(buffer: ArrayBufferLike, offset: number, length: number): number {
    const view = new Uint8Array(buffer, offset, length);
    const stable = this.#owned === undefined || this.#owned.some((own) => own === buffer);
    return this.buffers.push(stable ? view : view.slice()) - 1;
  }

  /** Called by V8 for each typed array; ships the bytes that it shows, not the buffer below. */
  _writeHostObject(view: NodeJS.ArrayBufferView): void {
    if (!mayLeave(view.buffer)) this._getSharedArrayBufferId();
    const name = Object.prototype.toString.call(view).slice(8, -1);
    this.writeUint32(Buffer.isBuffer(view) ? bufferType : viewTypes.indexOf(name));
    if (view.byteLength >= outOfBand) {
      this.writeUint32(this.#addBuffer(view.buffer, view.byteOffset, view.byteLength));
    } else {
      this.writeUint32(inline);
      this.writeUint32(view.byteLength);
      this.writeRawBytes(view);
    }
  }

  /** Called by V8 for shared memory by itself. */
  _getSharedArrayBufferId(): never {
    throw new NotPortable(
      "Shared memory (a SharedArrayBuffer) cannot leave its process: writes on one side would not be seen on the other. " +
        "Use multicore, whose workers are threads of this process, copy the data with slice(), or make it with share(): processes then get copies.",
    );
  }
}

/** Shared memory that is shared on purpose, or that nobody writes to, travels as a copy. */
function mayLeave(memory: ArrayBufferLike): boolean {
  const { shared, frozen } = currentSession();
  return types.isArrayBuffer(memory) || shared.has(memory) || frozen.has(memory);
}

class Unpacker extends DefaultDeserializer {
  readonly #frame: Frame;

  constructor(frame: Frame) {
    super(frame.control);
    this.#frame = frame;
    for (const [id, buffer] of frame.buffers.entries()) this.transferArrayBuffer(id, buffer);
  }

  /** Called by V8 for each typed array. */
  _readHostObject(): NodeJS.ArrayBufferView {
    const type = this.readUint32();
    const bytes = this.#readBytes();
    if (type === bufferType) return Buffer.from(bytes);
    const name = viewTypes[type];
    if (name === undefined) throw new Error(`unknown kind of typed array: ${type}`);
    return Reflect.construct(Reflect.get(globalThis, name), [bytes]);
  }

  #readBytes(): ArrayBuffer {
    const index = this.readUint32();
    if (index === inline) return new Uint8Array(this.readRawBytes(this.readUint32())).buffer;
    const buffer = this.#frame.buffers[index];
    if (buffer === undefined) throw new Error(`buffer ${index} is missing`);
    return buffer;
  }
}

/** Everything in a message that may hold buffers. */
function encodedParts(message: HostMessage | WorkerMessage): readonly Encoded[] {
  const parts: Encoded[] = [];
  if ("body" in message) parts.push(message.body);
  if ("dependencies" in message) parts.push(...message.dependencies);
  if ("definitions" in message) parts.push(...constants(message.definitions));
  if (message.type === "init") parts.push(message.strata, message.setup);
  return parts;
}

function constants(definitions: readonly Definition[]): Encoded[] {
  return definitions.flatMap((definition) => (definition.type === "constant" ? [definition.encoded] : []));
}
