/**
 * Length-prefixed frames on a byte stream, without any API of Node. A frame is a header (magic, length of the
 * control part, number of buffers), a table of buffer lengths, the control part, and the buffers as they are.
 * All numbers are little-endian 32-bit. `startMarker` precedes the first frame; noise before it is skipped.
 */

/** One received message: its serialized part, and the large buffers that travelled beside it. */
export interface Frame {
  /** May be a view of the received chunk; valid for as long as anyone holds it. */
  readonly control: Uint8Array;
  /** Each exactly as long as its bytes and owned by the receiver. */
  readonly buffers: readonly ArrayBuffer[];
}

export interface FrameLimits {
  /** The longest control part or buffer, in bytes. */
  readonly part: number;
  /** Bytes of noise allowed before the start marker. */
  readonly noise: number;
  /** Claims beyond this many bytes are only allocated as the bytes arrive. */
  readonly trust: number;
}

/** The bytes are no frames, or were cut off. Channels report it as `ProtocolMismatch`. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/** A line that no login shell prints, with the version of the framing. */
export const startMarker: Uint8Array = new TextEncoder().encode("\0futureplan:1\n");

/** Parts up to the largest 32-bit length; 64 KiB of noise; 64 MiB allocated on a mere claim. */
export const defaultFrameLimits: FrameLimits = { part: 0xffff_ffff, noise: 64 * 1024, trust: 64 * 1024 * 1024 };

const magic = 0x314c5046; // "FPL1"
const headerLength = 12;
/** More buffers than this in one frame are taken for damage. */
const maxBuffers = 1 << 20;
/** Up to this length the control part is copied behind its header, so that it leaves in one write. */
const joinLimit = 4096;

const empty = new Uint8Array(0);

/** The pieces of one frame, to be written in this order; large parts are not copied. `allocate` may give unclean memory. */
export function encodeFrame(
  control: Uint8Array,
  buffers: readonly Uint8Array[],
  allocate: (length: number) => Uint8Array = (length) => new Uint8Array(length),
): Uint8Array[] {
  checkLength(control.length, defaultFrameLimits.part);
  for (const part of buffers) checkLength(part.length, defaultFrameLimits.part);
  const head = headerLength + buffers.length * 4;
  const joined = control.length <= joinLimit;
  const header = allocate(joined ? head + control.length : head);
  const view = new DataView(header.buffer, header.byteOffset, head);
  view.setUint32(0, magic, true);
  view.setUint32(4, control.length, true);
  view.setUint32(8, buffers.length, true);
  for (const [index, buffer] of buffers.entries()) view.setUint32(headerLength + index * 4, buffer.length, true);
  if (!joined) return [header, control, ...buffers];
  header.set(control, head);
  return [header, ...buffers];
}

type Stage = "marker" | "header" | "table" | "control" | "buffer" | "broken";

/** Cuts a byte stream back into frames, however it was split. Throws `FrameError`, and again on every later call. */
export class FrameReader {
  readonly #emit: (frame: Frame) => void;
  readonly #limits: FrameLimits;
  #stage: Stage = "marker";
  /** Noise seen, and how many bytes of the marker match so far. */
  #noise = 0;
  #matched = 0;
  /** The part under way: its full length, the bytes so far and where they are kept. */
  #wanted = 0;
  #filled = 0;
  #part: Uint8Array<ArrayBuffer> = empty;
  /** The frame under way. */
  #controlLength = 0;
  #control: Uint8Array = this.#part;
  #lengths: readonly number[] = [];
  #buffers: ArrayBuffer[] = [];

  constructor(emit: (frame: Frame) => void, limits: FrameLimits = defaultFrameLimits) {
    this.#emit = emit;
    this.#limits = limits;
  }

  /** Takes the next bytes; emits every frame that they complete. The chunk must not be changed afterwards. */
  push(chunk: Uint8Array): void {
    let at = this.#stage === "marker" ? this.#skipNoise(chunk) : 0;
    while (at < chunk.length) at = this.#take(chunk, at);
  }

  /** The stream has ended: throws when a frame was under way or nothing ever began. */
  end(): void {
    if (this.#stage === "header" && this.#filled === 0) return;
    if (this.#stage === "marker") this.#fail(`the stream ended before the first message (${this.#noise} bytes of something else came)`);
    this.#fail("the stream ended in the middle of a message");
  }

  #skipNoise(chunk: Uint8Array): number {
    for (let at = 0; at < chunk.length; at += 1) {
      // The marker's first byte occurs in it only once, so a failed match never hides another.
      if (chunk[at] === startMarker[this.#matched]) this.#matched += 1;
      else this.#matched = chunk[at] === startMarker[0] ? 1 : 0;
      this.#noise += 1;
      if (this.#matched === startMarker.length) {
        this.#expect("header", headerLength);
        return at + 1;
      }
      if (this.#noise - this.#matched > this.#limits.noise) this.#fail(`no message began within ${this.#limits.noise} bytes`);
    }
    return chunk.length;
  }

  /** Takes bytes for the part under way; returns where the chunk goes on. */
  #take(chunk: Uint8Array, at: number): number {
    if (this.#stage === "broken") this.#fail("the stream was broken before");
    const count = Math.min(this.#wanted - this.#filled, chunk.length - at);
    const end = at + count;
    if (count === this.#wanted && this.#stage !== "buffer") {
      this.#finishPart(chunk.subarray(at, end));
    } else {
      this.#store(chunk, at, end);
      if (this.#filled === this.#wanted) this.#finishPart(this.#part);
    }
    // Empty parts are complete without a byte.
    while (this.#wanted === 0) this.#finishPart(this.#part);
    return end;
  }

  #store(chunk: Uint8Array, at: number, end: number): void {
    const needed = this.#filled + end - at;
    if (needed > this.#part.length) {
      const grown = this.#allocate(Math.min(this.#wanted, Math.max(this.#limits.trust, needed, this.#part.length * 2)));
      grown.set(this.#part.subarray(0, this.#filled));
      this.#part = grown;
    }
    this.#part.set(chunk.subarray(at, end), this.#filled);
    this.#filled = needed;
  }

  /** Where there is no memory for it, that is the end of the stream and not of the process. */
  #allocate(length: number): Uint8Array<ArrayBuffer> {
    try {
      return new Uint8Array(length);
    } catch {
      return this.#fail(`a message has a part of ${this.#wanted} bytes, for which there is no memory`);
    }
  }

  #expect(stage: Stage, wanted: number): void {
    this.#stage = stage;
    this.#wanted = wanted;
    this.#filled = 0;
    this.#part = empty;
  }

  #finishPart(bytes: Uint8Array): void {
    switch (this.#stage) {
      case "header":
        return this.#finishHeader(new DataView(bytes.buffer, bytes.byteOffset, headerLength));
      case "table":
        return this.#finishTable(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
      case "control":
        this.#control = bytes;
        return this.#nextBuffer();
      case "buffer":
        this.#buffers.push(this.#wanted === 0 ? new ArrayBuffer(0) : this.#part.buffer);
        return this.#nextBuffer();
      case "marker":
      case "broken":
        return this.#fail("the stream was broken before");
    }
  }

  #finishHeader(header: DataView): void {
    if (header.getUint32(0, true) !== magic) this.#fail("a message does not begin as it should; something else wrote to the stream");
    this.#controlLength = this.#checked(header.getUint32(4, true));
    const count = header.getUint32(8, true);
    if (count > maxBuffers) this.#fail(`a message claims ${count} buffers`);
    if (count > 0) this.#expect("table", count * 4);
    else this.#expectControl([]);
  }

  #finishTable(table: DataView): void {
    const lengths: number[] = [];
    for (let at = 0; at < table.byteLength; at += 4) lengths.push(this.#checked(table.getUint32(at, true)));
    this.#expectControl(lengths);
  }

  #expectControl(lengths: readonly number[]): void {
    this.#lengths = lengths;
    this.#buffers = [];
    this.#expect("control", this.#controlLength);
  }

  #nextBuffer(): void {
    const length = this.#lengths[this.#buffers.length];
    if (length !== undefined) return this.#expect("buffer", length);
    const frame: Frame = { control: this.#control, buffers: this.#buffers };
    this.#expect("header", headerLength);
    this.#emit(frame);
  }

  #checked(length: number): number {
    if (length > this.#limits.part) this.#fail(`a message claims a part of ${length} bytes; the limit is ${this.#limits.part}`);
    return length;
  }

  #fail(what: string): never {
    this.#expect("broken", 1);
    throw new FrameError(what);
  }
}

function checkLength(length: number, limit: number): void {
  if (length > limit) throw new FrameError(`A message has a part of ${length} bytes; the limit is ${limit}.`);
}
