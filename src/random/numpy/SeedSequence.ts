/**
 * numpy's `SeedSequence` (numpy/random/bit_generator.pyx, after O'Neill's `seed_seq_fe`): hashes any amount of entropy into a
 * pool of 128 bits, from which generators are seeded and from which independent children are spawned.
 */

import { checkCount, invalid } from "../checks.ts";

/** Whole numbers, 0 or more, of any size. */
export type Entropy = number | bigint | readonly (number | bigint)[];

const poolSize = 4;

/** `value` at the multiplier's present, which moves on: numpy's `hashmix`. */
class Hash {
  private multiplier: number;
  private readonly factor: number;

  constructor(multiplier: number, factor: number) {
    this.multiplier = multiplier;
    this.factor = factor;
  }

  mix(value: number): number {
    const mixed = value ^ this.multiplier;
    this.multiplier = Math.imul(this.multiplier, this.factor);
    const product = Math.imul(mixed, this.multiplier);
    return (product ^ (product >>> 16)) >>> 0;
  }
}

function combine(x: number, y: number): number {
  const mixed = Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 32-bit words of a number, lowest first. */
function wordsOf(name: string, value: unknown): number[] {
  const isWhole = typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value));
  if (!isWhole || value < 0) throw invalid("SeedSequence", name, "whole numbers, 0 or more (as bigints from 2 ** 53 on)", value);
  const words: number[] = [];
  for (let rest = BigInt(value); rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words.length === 0 ? [0] : words;
}

function assemble(entropy: Entropy, spawnKey: readonly number[]): number[] {
  const list: readonly unknown[] = Array.isArray(entropy) ? entropy : [entropy];
  const words = list.flatMap((value) => wordsOf("entropy", value));
  // Padded, so that no spawn key looks like more entropy (numpy issue 16539).
  if (spawnKey.length > 0) while (words.length < poolSize) words.push(0);
  return [...words, ...spawnKey.flatMap((key) => wordsOf("spawnKey", key))];
}

function makePool(words: readonly number[]): Uint32Array<ArrayBuffer> {
  const hash = new Hash(0x43b0d7e5, 0x931e8875);
  const pool = Uint32Array.from({ length: poolSize }, (_, i) => hash.mix(words[i] ?? 0));
  const stir = (target: number, word: number): void => {
    pool[target] = combine(pool[target] ?? 0, hash.mix(word));
  };
  for (let source = 0; source < poolSize; source++) {
    for (let target = 0; target < poolSize; target++) if (source !== target) stir(target, pool[source] ?? 0);
  }
  for (const word of words.slice(poolSize)) for (let target = 0; target < poolSize; target++) stir(target, word);
  return pool;
}

/**
 * The same words as `numpy.random.SeedSequence(entropy, spawn_key=spawnKey)`. Throws `OptionInvalid` for anything but
 * whole numbers of 0 or more.
 *
 * @example new SeedSequence(42).spawn(2).map((child) => new PCG64(child))
 */
export class SeedSequence {
  readonly entropy: Entropy;
  /** The place in the tree of spawned sequences: empty at the root. */
  readonly spawnKey: readonly number[];
  private readonly pool: Uint32Array<ArrayBuffer>;
  private spawned = 0;

  constructor(entropy: Entropy, spawnKey: readonly number[] = []) {
    this.entropy = entropy;
    this.spawnKey = spawnKey;
    this.pool = makePool(assemble(entropy, spawnKey));
  }

  /** `n` further children; no child is ever given twice. */
  spawn(n: number): SeedSequence[] {
    const first = this.spawned;
    this.spawned += checkCount("spawn()", "n", n);
    return Array.from({ length: n }, (_, i) => new SeedSequence(this.entropy, [...this.spawnKey, first + i]));
  }

  /** The first `n` words of 32 bits: `generate_state(n, uint32)`. */
  generateState(n: number): Uint32Array<ArrayBuffer> {
    const hash = new Hash(0x8b51f9dd, 0x58f38ded);
    return Uint32Array.from({ length: checkCount("generateState()", "n", n) }, (_, i) => hash.mix(this.pool[i % poolSize] ?? 0));
  }

  /** The first `n` words of 64 bits: `generate_state(n, uint64)`. */
  generateState64(n: number): BigUint64Array<ArrayBuffer> {
    const words = this.generateState(2 * checkCount("generateState64()", "n", n));
    return BigUint64Array.from({ length: n }, (_, i) => (BigInt(words[2 * i + 1] ?? 0) << 32n) | BigInt(words[2 * i] ?? 0));
  }
}
