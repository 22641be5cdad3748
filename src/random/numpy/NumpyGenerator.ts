/** What PCG64 and MT19937 have in common: numpy's `Generator` over their bits. */

import { checkBounds, checkChoice, checkCount } from "../checks.ts";
import type { BigIntegerArray, ChoiceOptions, Generator, IntegerArray } from "../Generator.ts";
import { choose, permutation } from "./choice.ts";
import { drawExponential, drawNormal, exponentials, normals, uniforms } from "./distributions.ts";
import { bigInteger, bigIntegers, integer, integers } from "./integers.ts";
import type { WordSource } from "./WordSource.ts";

export abstract class NumpyGenerator implements Generator {
  protected abstract source: WordSource;

  /** `Generator.random`: multiples of 2^-53 in [0, 1). */
  random(): number;
  random(n: number): Float64Array<ArrayBuffer>;
  random(n?: number): number | Float64Array<ArrayBuffer> {
    return n === undefined ? this.source.nextDouble() : uniforms(this.source, checkCount("random()", "n", n));
  }

  /** `Generator.standard_normal`, by the ziggurat. */
  normal(): number;
  normal(n: number): Float64Array<ArrayBuffer>;
  normal(n?: number): number | Float64Array<ArrayBuffer> {
    return n === undefined ? drawNormal(this.source) : normals(this.source, checkCount("normal()", "n", n));
  }

  /** `Generator.standard_exponential`, by the ziggurat. */
  exponential(): number;
  exponential(n: number): Float64Array<ArrayBuffer>;
  exponential(n?: number): number | Float64Array<ArrayBuffer> {
    return n === undefined ? drawExponential(this.source) : exponentials(this.source, checkCount("exponential()", "n", n));
  }

  /** `Generator.integers(low, high)`, by Lemire's method. Throws `OptionInvalid` unless low < high are whole numbers of one type. */
  integers(low: number, high: number): number;
  integers(low: number, high: number, n: number): IntegerArray;
  integers(low: bigint, high: bigint): bigint;
  integers(low: bigint, high: bigint, n: number): BigIntegerArray;
  integers(low: number | bigint, high: number | bigint, n?: number): number | bigint | IntegerArray | BigIntegerArray {
    const bounds = checkBounds(low, high);
    const count = n === undefined ? undefined : checkCount("integers()", "n", n);
    if (bounds.type === "bigint")
      return count === undefined ? bigInteger(this.source, bounds) : bigIntegers(this.source, bounds.low, bounds.high, count);
    return count === undefined ? integer(this.source, bounds.low, bounds.high) : integers(this.source, bounds.low, bounds.high, count);
  }

  /** `Generator.permutation(n)`. */
  permutation(n: number): IntegerArray {
    return permutation(this.source, checkCount("permutation()", "n", n));
  }

  /** `Generator.choice(n, size, replace)`; `replace` is `true` unless said otherwise. */
  choice(n: number, size: number, options: ChoiceOptions = {}): IntegerArray {
    return checkChoice(n, size, options, true) ? integers(this.source, 0, n, size) : choose(this.source, n, size);
  }

  abstract readonly state: unknown;
}
