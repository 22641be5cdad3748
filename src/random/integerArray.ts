/** Arrays for whole numbers: the smallest type that holds everything from `low` up to, not including, `high`. */

import type { BigIntegerArray, IntegerArray } from "./Generator.ts";

export function integerArray(low: number, high: number, length: number): IntegerArray {
  if (low >= -(2 ** 31) && high <= 2 ** 31) return new Int32Array(length);
  return low >= 0 && high <= 2 ** 32 ? new Uint32Array(length) : new Float64Array(length);
}

export function bigIntegerArray(high: bigint, length: number): BigIntegerArray {
  return high <= 2n ** 63n ? new BigInt64Array(length) : new BigUint64Array(length);
}

/** 0 … n - 1 in order. */
export function range(n: number): IntegerArray {
  const numbers = integerArray(0, n, n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}
