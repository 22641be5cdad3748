/** What R's `set.seed()` takes: an `int` that is not `NA`. */

export const largestSeed: number = 2 ** 31 - 1;

export function isIntegerOfR(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= largestSeed;
}
