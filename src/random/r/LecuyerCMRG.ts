/** R's generator for parallel streams, with R's distributions: what `seed: 42` gives each future and each element of a map. */

import { RngMisuse } from "../../errors/errors.ts";
import { checkBounds, checkChoice, checkCount, invalid } from "../checks.ts";
import type { BigIntegerArray, ChoiceOptions, Generator, IntegerArray } from "../Generator.ts";
import { bigIntegerArray, integerArray } from "../integerArray.ts";
import { isIntegerOfR, largestSeed } from "../integerOfR.ts";
import { travelByState } from "../travelByState.ts";
import { drawExponential, drawNormal } from "./distributions.ts";
import { isSeed, jumpSeed, LecuyerStream, scramble, streamJump, substreamJump } from "./LecuyerStream.ts";
import { drawBigIndex, drawIndex, sample } from "./sample.ts";

/** Six signed words of 32 bits: `.Random.seed[-1]`. */
export type LecuyerState = readonly number[];

/** R's `sample` takes no more. */
const largestSample = 4.5e15;

/**
 * MRG32k3a (L'Ecuyer 1999) with period about 2^191, seeded as by `RNGkind("L'Ecuyer-CMRG"); set.seed(seed)`; numbers, streams
 * and methods are R's, bit for bit. Throws `OptionInvalid` for a seed that is not an integer of R.
 *
 * @example new LecuyerCMRG(42).nextStream().normal(1000)
 */
export class LecuyerCMRG implements Generator {
  static {
    travelByState(this);
  }

  private stream: LecuyerStream;

  constructor(seed: number) {
    if (!isIntegerOfR(seed)) throw invalid("LecuyerCMRG", "seed", `a whole number from -${largestSeed} to ${largestSeed}`, seed);
    this.stream = new LecuyerStream(scramble(seed));
  }

  /** Continues where the generator with this state stood. Throws `RngMisuse` for anything else. */
  static fromState(state: LecuyerState): LecuyerCMRG {
    const seed =
      Array.isArray(state) && state.length === 6
        ? state.map((word: unknown) => (typeof word === "number" && (word | 0) === word ? word >>> 0 : -1))
        : [];
    if (!isSeed(seed))
      throw new RngMisuse(
        "LecuyerCMRG.fromState() takes what the property `state` of a LecuyerCMRG gave: six integers, as .Random.seed[-1] of R.",
      );
    return LecuyerCMRG.at(Float64Array.from(seed));
  }

  private static at(seed: Float64Array<ArrayBuffer>): LecuyerCMRG {
    const made = new LecuyerCMRG(0);
    made.stream = new LecuyerStream(seed);
    return made;
  }

  get state(): LecuyerState {
    return Array.from(this.stream.seed, (word) => word | 0);
  }

  /** A new generator, 2^127 draws ahead of this one: `nextRNGStream`. */
  nextStream(): LecuyerCMRG {
    return LecuyerCMRG.at(jumpSeed(this.stream.seed, streamJump));
  }

  /** A new generator, 2^76 draws ahead of this one: `nextRNGSubStream`. */
  nextSubstream(): LecuyerCMRG {
    return LecuyerCMRG.at(jumpSeed(this.stream.seed, substreamJump));
  }

  /** `runif(n)`: about 2^32 different numbers, never 0 nor 1. */
  random(): number;
  random(n: number): Float64Array<ArrayBuffer>;
  random(n?: number): number | Float64Array<ArrayBuffer> {
    if (n === undefined) return this.stream.uniform();
    const out = new Float64Array(checkCount("random()", "n", n));
    for (let i = 0; i < n; i++) out[i] = this.stream.uniform();
    return out;
  }

  /** `rnorm(n)`, by inversion. */
  normal(): number;
  normal(n: number): Float64Array<ArrayBuffer>;
  normal(n?: number): number | Float64Array<ArrayBuffer> {
    if (n === undefined) return drawNormal(this.stream);
    const out = new Float64Array(checkCount("normal()", "n", n));
    for (let i = 0; i < n; i++) out[i] = drawNormal(this.stream);
    return out;
  }

  /** `rexp(n)`. */
  exponential(): number;
  exponential(n: number): Float64Array<ArrayBuffer>;
  exponential(n?: number): number | Float64Array<ArrayBuffer> {
    if (n === undefined) return drawExponential(this.stream);
    const out = new Float64Array(checkCount("exponential()", "n", n));
    for (let i = 0; i < n; i++) out[i] = drawExponential(this.stream);
    return out;
  }

  /**
   * `low + sample.int(high - low, n, replace = TRUE) - 1`, by rejection; beyond R's 4.5e15 different numbers the same method
   * goes on. Throws `OptionInvalid` unless low < high are whole numbers of one type.
   */
  integers(low: number, high: number): number;
  integers(low: number, high: number, n: number): IntegerArray;
  integers(low: bigint, high: bigint): bigint;
  integers(low: bigint, high: bigint, n: number): BigIntegerArray;
  integers(low: number | bigint, high: number | bigint, n?: number): number | bigint | IntegerArray | BigIntegerArray {
    const bounds = checkBounds(low, high);
    const count = n === undefined ? undefined : checkCount("integers()", "n", n);
    if (bounds.type === "bigint")
      return count === undefined ? this.bigInteger(bounds.low, bounds.high) : this.bigIntegers(bounds.low, bounds.high, count);
    if (count === undefined) return this.integer(bounds.low, bounds.high);
    const out = integerArray(bounds.low, bounds.high, count);
    for (let i = 0; i < count; i++) out[i] = this.integer(bounds.low, bounds.high);
    return out;
  }

  private integer(low: number, high: number): number {
    const size = high - low;
    return size <= largestSample ? low + drawIndex(this.stream, size) : Number(this.bigInteger(BigInt(low), BigInt(high)));
  }

  private bigIntegers(low: bigint, high: bigint, n: number): BigIntegerArray {
    const out = bigIntegerArray(high, n);
    for (let i = 0; i < n; i++) out[i] = this.bigInteger(low, high);
    return out;
  }

  private bigInteger(low: bigint, high: bigint): bigint {
    const size = high - low;
    return low + (size <= largestSample ? BigInt(drawIndex(this.stream, Number(size))) : drawBigIndex(this.stream, size));
  }

  /** `sample.int(n) - 1`. */
  permutation(n: number): IntegerArray {
    return sample(this.stream, checkCount("permutation()", "n", n), n);
  }

  /** `sample.int(n, size, replace) - 1`; `replace` is `false` unless said otherwise. */
  choice(n: number, size: number, options: ChoiceOptions = {}): IntegerArray {
    const replace = checkChoice(n, size, options, false);
    if (!replace) return sample(this.stream, n, size);
    return size === 0 ? integerArray(0, n, 0) : this.integers(0, n, size);
  }
}
