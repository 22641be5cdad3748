/** What a map is cut into, and where the pieces come from. */

import type { ChunkSnapshot } from "../../globals/snapshots.ts";

/** Elements that travel together. */
export interface Work {
  /** Index of the first; the others follow, unless `indices` lists them all. */
  readonly first: number;
  readonly indices: Int32Array | undefined;
  readonly count: number;
  /** What travels, frozen. Throws `NotPortable`. */
  freeze(): ChunkSnapshot;
}

export interface WorkSource {
  /** How many elements there are; `undefined`: nobody knows. */
  readonly total: number | undefined;
  /** The next piece; `undefined`: there is none. Throws, or rejects, with the error of an iterator. */
  next(): Work | undefined | Promise<Work | undefined>;
  /** A piece of `count` elements took so many milliseconds. */
  measured(count: number, milliseconds: number): void;
  /** Nothing more is wanted. */
  end(): void;
  /** Every piece has run to its end. */
  release(): void;
}

/** The lowest index of a piece. */
export function lowestIndex({ first, indices }: Work): number {
  return indices === undefined ? first : indices.reduce((lowest, index) => Math.min(lowest, index), Infinity);
}

export function indexOf({ first, indices }: Work, position: number): number {
  return indices?.[position] ?? first + position;
}

export function* indicesOf(work: Work): Iterable<number> {
  for (let position = 0; position < work.count; position++) yield indexOf(work, position);
}

/** The lowest and the highest index of a piece. */
export function spanOf(work: Work): readonly [number, number] {
  const { first, indices, count } = work;
  return indices === undefined
    ? [first, first + count - 1]
    : [lowestIndex(work), indices.reduce((highest, index) => Math.max(highest, index), 0)];
}
