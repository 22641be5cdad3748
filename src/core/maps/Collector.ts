/**
 * Puts the values of pieces where they belong, as soon as they come, and replays output in the order of the elements. Arrays
 * grow by `push` where order allows: arrays made at full length are slower ever after.
 */

import { relayAll } from "../relay.ts";
import type { MapRun } from "./MapRun.ts";
import type { Piece, ValueList, Written } from "./Piece.ts";
import type { TypedArrayConstructor } from "./MapOptions.ts";
import { indexOf } from "./Work.ts";

export interface CollectorInit {
  /** Indices are processed in their own order and none is left out. */
  readonly inOrder: boolean;
  /** Length of the result; `undefined`: not known yet. */
  readonly length: number | undefined;
  readonly as: TypedArrayConstructor | undefined;
}

export class Collector {
  readonly held = 0;
  readonly #init: CollectorInit;
  readonly #waiting = new Map<number, Piece>();
  readonly #ordered: Piece[] = [];
  readonly #later: Written[] = [];
  #next = 0;
  #flat: unknown[] = [];

  constructor(init: CollectorInit) {
    this.#init = init;
  }

  take(piece: Piece): void {
    this.#waiting.set(piece.number, piece);
    for (let next = this.#waiting.get(this.#next); next !== undefined; next = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      this.#keep(next);
    }
  }

  #keep(piece: Piece): void {
    const { inOrder, as } = this.#init;
    if (inOrder && this.#later.length === 0 && this.#isWhole(piece)) relay(piece.output);
    else this.#later.push(...piece.output);
    if (inOrder && as === undefined && piece.failed.length === 0 && this.#ordered.length === 0) append(this.#flat, piece.values);
    else this.#ordered.push(piece);
  }

  /** After a piece that failed nothing is relayed before it is known which error wins. */
  #isWhole(piece: Piece): boolean {
    return piece.failed.length === 0;
  }

  /** The rest of the output: of elements up to the one whose error won. */
  finish(run: MapRun): void {
    for (const piece of this.#waiting.values()) this.#keepLate(piece);
    const limit = run.failure?.index ?? Infinity;
    relay(this.#later.filter(({ index }) => index <= limit).toSorted((a, b) => a.index - b.index));
  }

  #keepLate(piece: Piece): void {
    this.#later.push(...piece.output);
    this.#ordered.push(piece);
  }

  /** All values: an array, with holes where an element has none, or one typed array. */
  result(): unknown {
    const { length, as, inOrder } = this.#init;
    const pieces = this.#ordered;
    if (as !== undefined) return this.#typed(as, length ?? pieces.reduce((sum, piece) => sum + piece.work.count, 0));
    if (inOrder && pieces.length === 0) return this.#flat;
    const values: unknown[] = this.#flat;
    // Holes are holes: the array gets its length, not its elements.
    values.length = length ?? pieces.reduce((longest, { work }) => Math.max(longest, work.first + work.count), values.length);
    for (const piece of pieces) scatter(values, piece);
    return values;
  }

  #typed(as: TypedArrayConstructor, length: number): unknown {
    const values: unknown = new as(length);
    if (!isWritable(values)) return values;
    for (const piece of this.#ordered) {
      if (piece.work.indices === undefined && piece.failed.length === 0) values.set(piece.values, piece.work.first);
      else scatter(values, piece);
    }
    return values;
  }
}

interface Writable {
  set(values: ArrayLike<unknown>, offset: number): void;
  [index: number]: unknown;
}

function isWritable(value: unknown): value is Writable {
  return ArrayBuffer.isView(value) && "set" in value;
}

function append(values: unknown[], more: ValueList): void {
  for (let position = 0; position < more.length; position++) values.push(more[position]);
}

function scatter(values: { [index: number]: unknown }, { work, values: list, failed }: Piece): void {
  const missing = failed.length === 0 ? undefined : new Set(failed);
  for (let position = 0; position < list.length; position++) {
    if (missing?.has(position) !== true) values[indexOf(work, position)] = list[position];
  }
}

function relay(output: readonly Written[]): void {
  for (const { entries } of output) relayAll(entries);
}
