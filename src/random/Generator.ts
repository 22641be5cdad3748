/**
 * The one face of all generators, whatever they compute inside. With `n` a method fills an array, without it gives one
 * number; both move the generator by the same draws.
 */

/** Whole numbers of type `number`: the smallest of these that holds every value of the bounds. */
export type IntegerArray = Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Whole numbers of type `bigint`: unsigned if the bounds do not fit signed 64 bits. */
export type BigIntegerArray = BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

export interface ChoiceOptions {
  /** May an index come twice? The default is the original's: `true` for numpy's generators, `false` for R's `sample`. */
  readonly replace?: boolean | undefined;
}

export interface Generator {
  /** Uniform on [0, 1). */
  random(): number;
  random(n: number): Float64Array<ArrayBuffer>;
  /** Standard normal. */
  normal(): number;
  normal(n: number): Float64Array<ArrayBuffer>;
  /** Exponential with mean 1. */
  exponential(): number;
  exponential(n: number): Float64Array<ArrayBuffer>;
  /** Uniform whole numbers from `low` up to, not including, `high`. Bounds of type `bigint` give `bigint`s. */
  integers(low: number, high: number): number;
  integers(low: number, high: number, n: number): IntegerArray;
  integers(low: bigint, high: bigint): bigint;
  integers(low: bigint, high: bigint, n: number): BigIntegerArray;
  /** The numbers 0 … n - 1 in random order. */
  permutation(n: number): IntegerArray;
  /** `size` of the numbers 0 … n - 1, in random order. */
  choice(n: number, size: number, options?: ChoiceOptions): IntegerArray;
  /** Where the generator stands: plain data that may be kept, sent, and given to the class's `fromState`. */
  readonly state: unknown;
}
