/** numpy's `Generator.integers` for `int64` (and `uint64`, where the bounds need it), `endpoint=False`. */

import type { Bounds } from "../checks.ts";
import type { BigIntegerArray, IntegerArray } from "../Generator.ts";
import { bigIntegerArray, integerArray } from "../integerArray.ts";
import { drawSpan, drawTo32, makeSpan } from "./bounded.ts";
import type { WordSource } from "./WordSource.ts";

/** Draws a number below the bounds' distance into `source.upper` and `source.lower`. */
type Draw = (source: WordSource) => void;

function drawOffset(size: bigint): Draw {
  if (size > 2n ** 32n) {
    const span = makeSpan(size);
    return (source) => drawSpan(source, span);
  }
  const largest = Number(size - 1n);
  return (source) => {
    source.lower = drawTo32(source, largest) | 0;
    source.upper = 0;
  };
}

/** Numbers of type `number`. */
export function integers(source: WordSource, low: number, high: number, n: number): IntegerArray {
  const out = integerArray(low, high, n);
  const largest = high - low - 1;
  if (largest <= 0xffffffff) {
    for (let i = 0; i < n; i++) out[i] = low + drawTo32(source, largest);
    return out;
  }
  const draw = drawOffset(BigInt(high) - BigInt(low));
  for (let i = 0; i < n; i++) {
    draw(source);
    out[i] = addOffset(low, source);
  }
  return out;
}

/** In this order every sum is exact. */
function addOffset(low: number, { upper, lower }: WordSource): number {
  return (upper >>> 0) * 2 ** 32 + low + (lower >>> 0);
}

export function integer(source: WordSource, low: number, high: number): number {
  const largest = high - low - 1;
  if (largest <= 0xffffffff) return low + drawTo32(source, largest);
  drawOffset(BigInt(high) - BigInt(low))(source);
  return addOffset(low, source);
}

/** Numbers of type `bigint`, added in halves of 32 bits. */
export function bigIntegers(source: WordSource, low: bigint, high: bigint, n: number): BigIntegerArray {
  const out = bigIntegerArray(high, n);
  const halves = new Uint32Array(out.buffer);
  const draw = drawOffset(high - low);
  const [lowUpper, lowLower] = [Number(BigInt.asUintN(32, low >> 32n)), Number(BigInt.asUintN(32, low))];
  for (let i = 0; i < 2 * n; i += 2) {
    draw(source);
    const sum = lowLower + (source.lower >>> 0);
    halves[i] = sum;
    halves[i + 1] = lowUpper + source.upper + (sum > 0xffffffff ? 1 : 0);
  }
  return out;
}

export function bigInteger(source: WordSource, { low, high }: Extract<Bounds, { type: "bigint" }>): bigint {
  drawOffset(high - low)(source);
  return low + ((BigInt(source.upper >>> 0) << 32n) | BigInt(source.lower >>> 0));
}
