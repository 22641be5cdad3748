/**
 * Typed arrays, `DataView`s and `Buffer`s over `ArrayBuffer`s. Views of one buffer stay linked, and only the
 * range that views can see travels, never the whole of a large buffer.
 */

import type { Special } from "./Encoded.ts";

interface Range {
  /** `undefined` until the copy is cut. */
  copy: ArrayBufferLike | undefined;
  start: number;
  end: number;
  /** Tuples whose third entry becomes the buffer and fifth the offset. */
  readonly tuples: { readonly tuple: unknown[]; readonly offset: number }[];
}

export class ViewPacker {
  private readonly freeze: boolean;
  private readonly ranges = new Map<ArrayBufferLike, Range>();

  constructor(freeze: boolean) {
    this.freeze = freeze;
  }

  /** The special of a view: `["view", constructor, buffer, length, offset]`; buffer and offset are set by `finish`. */
  view(view: ArrayBufferView, name: string, length: number): Special {
    const tuple: [string, ...unknown[]] = ["view", name, undefined, length, 0];
    const range = this.range(view.buffer, view.byteOffset, view.byteOffset + view.byteLength);
    range.tuples.push({ tuple, offset: view.byteOffset });
    return tuple;
  }

  /** The special of a whole buffer: `["buffer", constructor, buffer]`. */
  buffer(buffer: ArrayBufferLike): Special {
    const tuple: [string, ...unknown[]] = ["buffer", undefined, undefined, buffer.byteLength, 0];
    this.range(buffer, 0, buffer.byteLength).tuples.push({ tuple, offset: 0 });
    return tuple;
  }

  private range(buffer: ArrayBufferLike, start: number, end: number): Range {
    const aligned = start - (start % 8);
    const known = this.ranges.get(buffer);
    if (known === undefined) {
      const made: Range = { copy: undefined, start: aligned, end, tuples: [] };
      this.ranges.set(buffer, made);
      return made;
    }
    known.start = Math.min(known.start, aligned);
    known.end = Math.max(known.end, end);
    return known;
  }

  /** Cuts the buffers; called once, after the walk. */
  finish(): void {
    for (const [buffer, range] of this.ranges) {
      const whole = range.start === 0 && range.end === buffer.byteLength;
      const shared = typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
      const copy = shared || (whole && !this.freeze) ? buffer : buffer.slice(range.start, range.end);
      const shift = copy === buffer ? 0 : range.start;
      for (const { tuple, offset } of range.tuples) {
        tuple[2] = copy;
        tuple[4] = offset - shift;
      }
    }
  }

  /** The buffers that travel and are not shared, for transfer lists. Valid after `finish`. */
  *sources(): Iterable<ArrayBufferLike> {
    yield* this.ranges.keys();
  }
}
