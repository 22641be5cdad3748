/** R's standard normal and exponential numbers from a uniform stream, with its default `normal.kind = "Inversion"`. */

import type { LecuyerStream } from "./LecuyerStream.ts";
import { quantileNormal } from "./quantileNormal.ts";

const big = 134217728;

/** `norm_rand` (src/nmath/snorm.c): one uniform number has too few bits for the tails, so two make one. */
export function drawNormal(stream: LecuyerStream): number {
  const u = Math.floor(big * stream.uniform()) + stream.uniform();
  return quantileNormal(u / big);
}

/** Sums of (ln 2)^k / k! for k = 1 … n. */
const sums: readonly number[] = [
  0.6931471805599453, 0.9333736875190459, 0.9888777961838675, 0.998495925291496, 0.9998292811061389, 0.9999833164100727, 0.9999985691438767,
  0.9999998906925558, 0.9999999924734159, 0.9999999995283275, 0.9999999999728814, 0.9999999999985598, 0.9999999999999289,
  0.9999999999999968, 0.9999999999999999, 1,
];
const ln2 = 0.6931471805599453;

/** `exp_rand` (src/nmath/sexp.c): algorithm SA of Ahrens and Dieter (1972, Comm. ACM 15, 873-882). */
export function drawExponential(stream: LecuyerStream): number {
  let whole = 0;
  let u = 2 * stream.uniform();
  for (; u <= 1; u += u) whole += ln2;
  u -= 1;
  if (u <= ln2) return whole + u;
  let least = Math.min(stream.uniform(), stream.uniform());
  for (let i = 1; u > (sums[i] ?? 1); i++) least = Math.min(least, stream.uniform());
  return whole + least * ln2;
}
