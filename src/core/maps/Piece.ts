/** A piece that has run: what its chunk gave, taken apart. */

import type { OutputEntry } from "../../protocol/messages.ts";
import type { FutureCell } from "../FutureCell.ts";
import { indexOf, lowestIndex, type Work } from "./Work.ts";

/** What elements of a piece gave, by position. */
export type ValueList = readonly unknown[] | (ArrayBufferView & ArrayLike<unknown>);

/** A piece that has run. */
export interface Piece {
  /** Pieces are numbered in the order in which they were taken from the source. */
  readonly number: number;
  readonly work: Work;
  /** Empty when the piece failed as a whole. */
  readonly values: ValueList;
  /** Positions that have no value; where `values` is shorter than the piece, those behind its end have none either. */
  readonly failed: readonly number[];
  readonly output: readonly Written[];
}

/** What the element with this index wrote. */
export interface Written {
  readonly index: number;
  readonly entries: readonly OutputEntry[];
}

/** Output of a piece, by element; what cannot be attributed belongs to its first. */
export function writtenBy(cell: FutureCell, work: Work): readonly Written[] {
  const { output, chunk } = cell;
  if (output.length === 0) return [];
  const written = chunk?.report?.written ?? [];
  const parts: Written[] = [];
  let at = 0;
  for (let pair = 0; pair < written.length; pair += 2) {
    const count = written[pair + 1] ?? 0;
    parts.push({ index: indexOf(work, written[pair] ?? 0), entries: output.slice(at, at + count) });
    at += count;
  }
  const last = parts.at(-1)?.index ?? lowestIndex(work);
  if (at < output.length) parts.push({ index: last, entries: output.slice(at) });
  return parts;
}

export function isValueList(value: unknown): value is ValueList {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** A worker's `{ values, errors }`. */
export function partsOf(value: unknown): { readonly values?: unknown; readonly errors: readonly unknown[] } {
  const parts: { readonly values?: unknown; readonly errors?: unknown } = typeof value === "object" && value !== null ? value : {};
  return { values: parts.values, errors: Array.isArray(parts.errors) ? parts.errors : [] };
}
