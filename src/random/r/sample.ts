/**
 * R's `sample.int(n, size, replace)` with `sample.kind = "Rejection"`, R's default since 3.6 (src/main/RNG.c, random.c,
 * unique.c), counting from 0.
 */

import type { IntegerArray } from "../Generator.ts";
import { integerArray, range } from "../integerArray.ts";
import type { LecuyerStream } from "./LecuyerStream.ts";

/** 16 bits a draw: `rbits`. */
function drawBits16(stream: LecuyerStream): number {
  return Math.floor(stream.uniform() * 65536);
}

/** The lowest `bits` of as many chunks as R draws for them, which is one more than needed where 16 divides `bits`. */
function drawBits(stream: LecuyerStream, bits: number): number {
  let value = 0;
  for (let drawn = 0; drawn <= bits; drawn += 16) value = (value % 2 ** Math.max(bits - 16, 0)) * 65536 + drawBits16(stream);
  return value % 2 ** bits;
}

/** A number from 0 to n - 1, for n up to R's limit of 4.5e15: `R_unif_index`. */
export function drawIndex(stream: LecuyerStream, n: number): number {
  if (n <= 2 ** 31) return drawSmallIndex(stream, n);
  const bits = Math.ceil(Math.log2(n));
  for (;;) {
    const value = drawBits(stream, bits);
    if (value < n) return value;
  }
}

/** The same in whole numbers of 32 bits, which is much faster. */
function drawSmallIndex(stream: LecuyerStream, n: number): number {
  const mask = n === 1 ? 0 : -1 >>> Math.clz32(n - 1);
  for (;;) {
    const chunk = drawBits16(stream);
    const value = (mask <= 0x7fff ? chunk : (chunk << 16) | drawBits16(stream)) & mask;
    if (value < n) return value;
  }
}

/** The same beyond R's limit. */
export function drawBigIndex(stream: LecuyerStream, n: bigint): bigint {
  const bits = (n - 1n).toString(2).length;
  for (;;) {
    let value = 0n;
    for (let drawn = 0; drawn <= bits; drawn += 16) value = (value << 16n) | BigInt(drawBits16(stream));
    const lowest = BigInt.asUintN(bits, value);
    if (lowest < n) return lowest;
  }
}

/** Without replacement. */
export function sample(stream: LecuyerStream, n: number, size: number): IntegerArray {
  return n > 1e7 && size <= n / 2 ? sampleSet(stream, n, size) : shuffleStart(stream, n, size);
}

/** `sample2`: drawn again if it was there already. */
function sampleSet(stream: LecuyerStream, n: number, size: number): IntegerArray {
  const drawn = new Set<number>();
  while (drawn.size < size) drawn.add(drawIndex(stream, n));
  const numbers = integerArray(0, n, size);
  numbers.set([...drawn]);
  return numbers;
}

function shuffleStart(stream: LecuyerStream, n: number, size: number): IntegerArray {
  const left = range(n);
  const numbers = integerArray(0, n, size);
  for (let i = 0; i < size; i++) {
    const chosen = drawIndex(stream, n - i);
    numbers[i] = left[chosen] ?? 0;
    left[chosen] = left[n - i - 1] ?? 0;
  }
  return numbers;
}
