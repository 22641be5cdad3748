/** The bits of MT19937 (Matsumoto and Nishimura 1998, numpy/random/src/mt19937/mt19937.c), a block of 624 words at a time. */

import { WordSource } from "./WordSource.ts";

/** Words of state. */
export const stateWords = 624;
/** How far ahead the third word of a step lies. */
export const middle = 397;

/** The word that follows from two neighbours and the one `middle` further on. */
export function twist(current: number, next: number, ahead: number): number {
  return ahead ^ (((current & 0x80000000) | (next & 0x7fffffff)) >>> 1) ^ ((next & 1) * 0x9908b0df);
}

function temper(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}

export class MersenneSource extends WordSource {
  readonly upperShift = 5;
  readonly upperScale: number = 2 ** 26;
  readonly lowerShift = 6;
  readonly key: Uint32Array<ArrayBuffer>;

  constructor(key: Uint32Array<ArrayBuffer>, position: number) {
    super(new Uint32Array(stateWords), position);
    this.key = key;
    this.temperAll();
  }

  next32(): number {
    return this.nextWord();
  }

  protected refill(): void {
    const { key } = this;
    const [early, late] = [stateWords - middle, stateWords - 1];
    for (let i = 0; i < early; i++) key[i] = twist(key[i] ?? 0, key[i + 1] ?? 0, key[i + middle] ?? 0);
    for (let i = early; i < late; i++) key[i] = twist(key[i] ?? 0, key[i + 1] ?? 0, key[i - early] ?? 0);
    key[late] = twist(key[late] ?? 0, key[0] ?? 0, key[middle - 1] ?? 0);
    this.temperAll();
    this.position = 0;
  }

  private temperAll(): void {
    const { key, words } = this;
    for (let i = 0; i < stateWords; i++) words[i] = temper(key[i] ?? 0);
  }
}
