/**
 * The bits of PCG64 (XSL RR 128/64, O'Neill 2014): blocks that grow, so that a stream of two draws costs little and an
 * array of millions is filled at full speed.
 */

import { mostWords, pcg64Words } from "./pcg64Words.ts";
import { WordSource } from "./WordSource.ts";

const multiplier = (2549297995355413924n << 64n) | 4865540595714422341n;

function wrap(value: bigint): bigint {
  return BigInt.asUintN(128, value);
}

/** The state `steps` further on: numpy's `pcg_advance_lcg_128` (Brown 1994). */
export function advance(state: bigint, increment: bigint, steps: bigint): bigint {
  let [factor, summand, squaredFactor, squaredSummand] = [1n, 0n, multiplier, increment];
  for (let rest = wrap(steps); rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) {
      factor = wrap(factor * squaredFactor);
      summand = wrap(summand * squaredFactor + squaredSummand);
    }
    squaredSummand = wrap((squaredFactor + 1n) * squaredSummand);
    squaredFactor = wrap(squaredFactor * squaredFactor);
  }
  return wrap(factor * state + summand);
}

function setWords(words: Uint32Array<ArrayBuffer>, start: number, value: bigint): void {
  for (let i = 0; i < 4; i++) words[start + i] = Number((value >> BigInt(32 * i)) & 0xffffffffn);
}

function getWords(words: Uint32Array<ArrayBuffer>, start: number): bigint {
  return [3, 2, 1, 0].reduce((value, i) => (value << 32n) | BigInt(words[start + i] ?? 0), 0n);
}

export class Pcg64Source extends WordSource {
  readonly upperShift = 0;
  readonly upperScale: number = 2 ** 21;
  readonly lowerShift = 11;
  /** Did `next32` give the lower word of a number last? Then the upper one is next. */
  hasHalf: boolean;
  half: number;
  /** State after the block, and increment. */
  private readonly lcg: Uint32Array<ArrayBuffer> = new Uint32Array(8);
  /** State before the block. */
  private readonly before: Uint32Array<ArrayBuffer> = new Uint32Array(4);

  constructor(state: bigint, increment: bigint, half: number | undefined) {
    super(new Uint32Array(0), 0);
    setWords(this.lcg, 0, state);
    setWords(this.lcg, 4, increment);
    setWords(this.before, 0, state);
    this.hasHalf = half !== undefined;
    this.half = (half ?? 0) | 0;
  }

  /** numpy's `pcg64_set_seed`. */
  static seeded(seed: bigint, sequence: bigint): Pcg64Source {
    const increment = wrap((sequence << 1n) | 1n);
    return new Pcg64Source(advance(increment + seed, increment, 1n), increment, undefined);
  }

  get increment(): bigint {
    return getWords(this.lcg, 4);
  }

  /** The state from which the next number comes. */
  get state(): bigint {
    return advance(getWords(this.before, 0), this.increment, BigInt(this.position >> 1));
  }

  protected refill(): void {
    if (this.words.length < mostWords) this.words = new Uint32Array(Math.min(mostWords, Math.max(16, 4 * this.words.length)));
    this.before.set(this.lcg.subarray(0, 4));
    pcg64Words(this.lcg, this.words);
    this.position = 0;
  }

  next32(): number {
    if (this.hasHalf) {
      this.hasHalf = false;
      return this.half >>> 0;
    }
    this.step();
    this.hasHalf = true;
    this.half = this.upper;
    return this.lower >>> 0;
  }
}
