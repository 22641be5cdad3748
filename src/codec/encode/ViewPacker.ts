/**
 * Typed arrays, `DataView`s and `Buffer`s over `ArrayBuffer`s. Views of one buffer stay linked, and only the
 * range that views can see travels, never the whole of a large buffer (unless it can be resized). Where values are
 * frozen, large ranges become blocks.
 */

import { currentSession } from "../../session/currentSession.ts";
import { Block, blockLimit, type MemoryUse } from "../Block.ts";
import type { Special } from "../Encoded.ts";
import { types } from "../reflection.ts";
import { isLasting, isResizable } from "./lasting.ts";

interface Range {
  start: number;
  end: number;
  /** Tuples whose third entry becomes the buffer, fifth the offset and sixth whether it is only read. */
  readonly tuples: { readonly tuple: unknown[]; readonly offset: number; readonly view: ArrayBufferView | undefined }[];
}

/** How large buffers are kept from later writes; `undefined`: this one is not large. */
export type Freezer = (buffer: ArrayBufferLike, start: number, end: number) => Block | undefined;

export class ViewPacker {
  /** Of the large ranges, when it is finished. */
  readonly blocks: Block[] = [];
  /** Large buffers of a result, when it is finished: cut out for it, or the values' own. */
  readonly cut: ArrayBuffer[] = [];
  readonly whole: ArrayBuffer[] = [];
  readonly #freezer: Freezer | undefined;
  readonly #ranges = new Map<ArrayBufferLike, Range>();
  /** By view: in how many places it was met, and in how many of them the code only reads it. */
  readonly #met = new Map<ArrayBufferView, { places: number; reads: number }>();

  /** Without a freezer nobody writes to the values later, and they need not be copied. */
  constructor(freezer: Freezer | undefined) {
    this.#freezer = freezer;
  }

  /** The view was met for the first time, and is nothing but a typed array of the language's. */
  plain(view: ArrayBufferView): void {
    if (view.byteLength >= blockLimit) this.#met.set(view, { places: 1, reads: 0 });
  }

  /** The view was met in one more place. */
  again(view: ArrayBufferView): void {
    const met = this.#met.get(view);
    if (met !== undefined) met.places++;
  }

  /** In one of the places where it was met the code only reads it. */
  read(view: ArrayBufferView): void {
    const met = this.#met.get(view);
    if (met !== undefined) met.reads++;
  }

  /** The special of a view: `["view", constructor, buffer, length, offset, use]`; buffer, offset and use are set by `finish`. */
  view(view: ArrayBufferView, buffer: ArrayBufferLike, name: string, length: number | undefined): Special {
    const tuple: [string, ...unknown[]] = ["view", name, undefined, length, 0];
    const stays = isLasting(buffer);
    const start = stays ? 0 : view.byteOffset;
    this.#include(buffer, start, stays ? buffer.byteLength : start + view.byteLength, tuple, view);
    return tuple;
  }

  /** Memory to be filled by the encoder itself, in which the large is frozen from the start. */
  allocate(bytes: number): ArrayBufferLike {
    return this.#freezer === undefined || bytes < blockLimit ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
  }

  /** What stands in a tuple for such memory. */
  filled(memory: ArrayBufferLike): Block | ArrayBufferLike {
    if (!types.isSharedArrayBuffer(memory)) return this.#noted(this.cut, memory);
    const block = new Block(memory, false);
    currentSession().frozen.add(memory);
    this.blocks.push(block);
    return block;
  }

  /** The special of a whole buffer: `["buffer", _, buffer]`. */
  buffer(buffer: ArrayBuffer): Special {
    const tuple: [string, ...unknown[]] = ["buffer", undefined, undefined, undefined, 0];
    this.#include(buffer, 0, buffer.byteLength, tuple, undefined);
    return tuple;
  }

  #include(buffer: ArrayBufferLike, start: number, end: number, tuple: unknown[], view: ArrayBufferView | undefined): void {
    let range = this.#ranges.get(buffer);
    if (range === undefined) {
      range = { start, end, tuples: [] };
      this.#ranges.set(buffer, range);
    }
    range.start = Math.min(range.start, start - (start % 8)); // any element size is aligned then
    range.end = Math.max(range.end, end);
    range.tuples.push({ tuple, offset: view?.byteOffset ?? 0, view });
  }

  /** Cuts the buffers; called once, after the walk. */
  finish(): void {
    for (const [buffer, range] of this.#ranges) {
      const isWhole = isResizable(buffer) || (range.start === 0 && range.end === buffer.byteLength);
      const shift = isWhole ? 0 : range.start;
      const block = this.#freezer?.(buffer, range.start, range.end);
      if (block !== undefined) this.blocks.push(block);
      const memory = block ?? this.#cut(buffer, range, isWhole);
      const use = useOf(
        buffer,
        range.tuples.every(({ view }) => this.#isRead(view)),
      );
      for (const { tuple, offset } of range.tuples) {
        tuple[2] = memory;
        tuple[4] = offset - shift;
        if (use !== undefined) tuple[5] = use;
      }
    }
  }

  /** Small ones are copied faster than moved. */
  #noted(list: ArrayBuffer[], buffer: ArrayBufferLike): ArrayBufferLike {
    if (buffer.byteLength >= blockLimit && buffer instanceof ArrayBuffer && !isResizable(buffer)) list.push(buffer);
    return buffer;
  }

  #isRead(view: ArrayBufferView | undefined): boolean {
    const met = view && this.#met.get(view);
    return met !== undefined && met.places === met.reads;
  }

  #cut(buffer: ArrayBufferLike, { start, end }: Range, isWhole: boolean): ArrayBufferLike {
    if (currentSession().shared.has(buffer)) return buffer;
    if (!isWhole || isLasting(buffer)) return this.#noted(this.cut, sliceOf(buffer, start, end));
    if (this.#freezer === undefined) return this.#noted(this.whole, buffer);
    return isResizable(buffer) ? structuredClone(buffer) : buffer.slice(0); // slices have a fixed length
  }
}

function sliceOf(buffer: ArrayBufferLike, start: number, end: number): ArrayBuffer {
  if (buffer instanceof ArrayBuffer) return buffer.slice(start, end);
  const copy = new ArrayBuffer(end - start);
  new Uint8Array(copy).set(new Uint8Array(buffer, start, end - start));
  return copy;
}

function useOf(buffer: ArrayBufferLike, isRead: boolean): MemoryUse {
  if (currentSession().shared.has(buffer)) return isRead ? "sharedRead" : "shared";
  return isRead ? "read" : undefined;
}
