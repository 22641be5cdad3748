/**
 * Typed arrays, `DataView`s and `Buffer`s over `ArrayBuffer`s. Views of one buffer stay linked, and only the
 * range that views can see travels, never the whole of a large buffer (unless it can be resized).
 */

import type { Special } from "../Encoded.ts";

interface Range {
  start: number;
  end: number;
  /** Tuples whose third entry becomes the buffer and fifth the offset. */
  readonly tuples: { readonly tuple: unknown[]; readonly offset: number }[];
}

/** `ArrayBuffer` as Node 20 has it; the language's types are older. */
interface Resizable {
  readonly resizable?: boolean;
  readonly maxByteLength: number;
}

export function isResizable(buffer: ArrayBufferLike): boolean {
  return (buffer as unknown as Resizable).resizable === true; // see above
}

export class ViewPacker {
  readonly #freeze: boolean;
  readonly #ranges = new Map<ArrayBuffer, Range>();

  constructor(freeze: boolean) {
    this.#freeze = freeze;
  }

  /** The special of a view: `["view", constructor, buffer, length, offset]`; buffer and offset are set by `finish`. */
  view(view: ArrayBufferView, buffer: ArrayBuffer, name: string, length: number | undefined): Special {
    const tuple: [string, ...unknown[]] = ["view", name, undefined, length, 0];
    this.#include(buffer, view.byteOffset, view.byteOffset + view.byteLength, tuple);
    return tuple;
  }

  /** The special of a whole buffer: `["buffer", _, buffer]`. */
  buffer(buffer: ArrayBuffer): Special {
    const tuple: [string, ...unknown[]] = ["buffer", undefined, undefined, undefined, 0];
    this.#include(buffer, 0, buffer.byteLength, tuple);
    return tuple;
  }

  #include(buffer: ArrayBuffer, start: number, end: number, tuple: unknown[]): void {
    let range = this.#ranges.get(buffer);
    if (range === undefined) {
      range = { start, end, tuples: [] };
      this.#ranges.set(buffer, range);
    }
    range.start = Math.min(range.start, start - (start % 8)); // any element size is aligned then
    range.end = Math.max(range.end, end);
    range.tuples.push({ tuple, offset: tuple[0] === "view" ? start : 0 });
  }

  /** Cuts the buffers; called once, after the walk. */
  finish(): void {
    for (const [buffer, range] of this.#ranges) {
      const isWhole = isResizable(buffer) || (range.start === 0 && range.end === buffer.byteLength);
      const shift = isWhole ? 0 : range.start;
      const copy = isWhole ? this.#whole(buffer) : buffer.slice(range.start, range.end);
      for (const { tuple, offset } of range.tuples) {
        tuple[2] = copy;
        tuple[4] = offset - shift;
      }
    }
  }

  #whole(buffer: ArrayBuffer): ArrayBuffer {
    if (!this.#freeze) return buffer;
    return isResizable(buffer) ? structuredClone(buffer) : buffer.slice(0); // slices have a fixed length
  }
}
