/** numpy's `Generator.permutation` and `Generator.choice` without replacement, for the numbers from 0 on. */

import type { IntegerArray } from "../Generator.ts";
import { integerArray, range } from "../integerArray.ts";
import { drawTo } from "./bounded.ts";
import type { WordSource } from "./WordSource.ts";

function swap(numbers: IntegerArray, i: number, j: number): void {
  const kept = numbers[i] ?? 0;
  numbers[i] = numbers[j] ?? 0;
  numbers[j] = kept;
}

/** A number from 0 to `largest` by masked rejection: numpy's `random_interval`, which only `permutation` uses. */
function drawMasked(source: WordSource, largest: number): number {
  const mask = 0xffffffff >>> Math.clz32(largest);
  for (;;) {
    const value = (source.next32() & mask) >>> 0;
    if (value <= largest) return value;
  }
}

export function permutation(source: WordSource, n: number): IntegerArray {
  const numbers = range(n);
  for (let i = n - 1; i >= 1; i--) swap(numbers, i, drawMasked(source, i));
  return numbers;
}

/** Shuffles from the end down to `first`: numpy's `_shuffle_int`. */
function shuffle(source: WordSource, numbers: IntegerArray, first: number): void {
  for (let i = numbers.length - 1; i >= first; i--) swap(numbers, i, drawTo(source, i));
}

export function choose(source: WordSource, n: number, size: number): IntegerArray {
  return n > 10_000 && size > Math.floor(n / 50) ? chooseTail(source, n, size) : chooseSet(source, n, size);
}

function chooseTail(source: WordSource, n: number, size: number): IntegerArray {
  const numbers = range(n);
  shuffle(source, numbers, Math.max(n - size, 1));
  return numbers.slice(n - size);
}

/** Floyd's algorithm (Bentley and Floyd 1987), then shuffled. */
function chooseSet(source: WordSource, n: number, size: number): IntegerArray {
  const chosen = new Set<number>();
  const numbers = integerArray(0, n, size);
  for (let i = 0; i < size; i++) {
    const last = n - size + i;
    const drawn = drawTo(source, last);
    const value = chosen.has(drawn) ? last : drawn;
    chosen.add(value);
    numbers[i] = value;
  }
  shuffle(source, numbers, 1);
  return numbers;
}
