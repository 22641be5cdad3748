/**
 * Whole numbers from 0 to a largest one, each as likely (Lemire 2019, arXiv:1805.10941; numpy's `random_bounded_uint64`):
 * 32 bits a draw as long as they suffice, else 64, in halves of 32.
 */

import type { WordSource } from "./WordSource.ts";

function lowerProduct(a: number, b: number): number {
  return Math.imul(a, b) >>> 0;
}

/** The upper 32 bits of a product of two 32-bit numbers. The double product is off by less than 2^12, far from the half of 2^32. */
function upperProduct(a: number, b: number): number {
  return ((a * b - lowerProduct(a, b)) * 2 ** -32 + 0.5) >>> 0;
}

/** A number from 0 to `largest`, which is below 2^32: `random_bounded_uint32`. */
export function drawTo32(source: WordSource, largest: number): number {
  if (largest === 0) return 0;
  if (largest === 0xffffffff) return source.next32();
  const size = largest + 1;
  let word = source.next32();
  if (lowerProduct(word, size) < size) {
    const threshold = (0xffffffff - largest) % size;
    while (lowerProduct(word, size) < threshold) word = source.next32();
  }
  return upperProduct(word, size);
}

/** How many numbers there are, at least 2^32 and at most 2^64, and below which remainder a draw would favour some of them. */
export interface Span {
  readonly upper: number;
  readonly lower: number;
  readonly thresholdUpper: number;
  readonly thresholdLower: number;
}

export function makeSpan(size: bigint): Span {
  const threshold = 2n ** 64n % size;
  const [upper, lower] = [Number(BigInt.asUintN(32, size >> 32n)), Number(size & 0xffffffffn)];
  return { upper, lower, thresholdUpper: Number(threshold >> 32n), thresholdLower: Number(threshold & 0xffffffffn) };
}

/** A number below the span's size, in `source.upper` and `source.lower`: `bounded_lemire_uint64`. */
export function drawSpan(source: WordSource, span: Span): void {
  // All 2^64 numbers: the size has wrapped to nothing.
  if (span.upper === 0 && span.lower === 0) source.step();
  else while (!scale(source, span)) continue;
}

/** Draws 64 bits times the size, of which the upper half is the number; `false` if the lower half is below the threshold. */
function scale(source: WordSource, { upper, lower, thresholdUpper, thresholdLower }: Span): boolean {
  source.step();
  const [x, y] = [source.upper >>> 0, source.lower >>> 0];
  const second = upperProduct(y, lower) + lowerProduct(x, lower) + lowerProduct(y, upper);
  const third = upperProduct(x, lower) + upperProduct(y, upper) + lowerProduct(x, upper) + Math.floor(second / 2 ** 32);
  source.lower = third | 0;
  source.upper = (upperProduct(x, upper) + Math.floor(third / 2 ** 32)) | 0;
  const remainder = second >>> 0;
  return remainder > thresholdUpper || (remainder === thresholdUpper && lowerProduct(y, lower) >= thresholdLower);
}

/** A number from 0 to `largest`, a safe integer: `random_bounded_uint64`. */
export function drawTo(source: WordSource, largest: number): number {
  if (largest <= 0xffffffff) return drawTo32(source, largest);
  drawSpan(source, makeSpan(BigInt(largest) + 1n));
  return (source.upper >>> 0) * 2 ** 32 + (source.lower >>> 0);
}
