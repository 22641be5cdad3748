/**
 * Folds a list as a balanced binary tree: the left part holds the largest power of two of elements that leaves something for
 * the right. Blocks of any power of two can therefore be folded on their own without changing the tree of the whole list.
 */

import { isThenable } from "../isThenable.ts";

/** The value, or a promise of it where `combine` gives promises; `values` must not be empty. */
export function reduceTree(values: readonly unknown[], combine: (left: unknown, right: unknown) => unknown): unknown {
  return fold(values, 0, values.length, combine);
}

function fold(values: readonly unknown[], start: number, end: number, combine: (left: unknown, right: unknown) => unknown): unknown {
  const size = end - start;
  if (size <= 1) return values[start];
  const middle = start + 2 ** (31 - Math.clz32(size - 1));
  const left = fold(values, start, middle, combine);
  const right = fold(values, middle, end, combine);
  if (!isThenable(left) && !isThenable(right)) return combine(left, right);
  return Promise.all([left, right]).then(([first, second]) => combine(first, second));
}
