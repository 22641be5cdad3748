/**
 * The jump of MT19937 by 2^128 steps (Haramoto, Matsumoto, Panneton, Nishimura and L'Ecuyer 2008), as numpy computes it
 * (numpy/random/src/mt19937/mt19937-jump.c): Horner's rule for the polynomial, over single steps of the state.
 */

import { fromBase64 } from "../base64.ts";
import { middle, stateWords, twist } from "./MersenneSource.ts";
import { jumpPolynomial } from "./mersenneJumpPolynomial.ts";

export interface MersenneState {
  readonly key: Uint32Array<ArrayBuffer>;
  readonly position: number;
}

const degree = 19936;

/** The state after `k` jumps. Each takes milliseconds. */
export function jumpMersenne(state: MersenneState, k: number): MersenneState {
  const coefficients = fromBase64(jumpPolynomial);
  const hasTerm = (power: number): boolean => (((coefficients[power >> 3] ?? 0) >> (power & 7)) & 1) === 1;
  let jumped = state;
  for (let i = 0; i < k; i++) jumped = jumpOnce(jumped, hasTerm);
  return jumped;
}

/** The state is a ring that begins at `position`; unrolled, a step appends a word and leaves the first one out. */
function jumpOnce({ key, position }: MersenneState, hasTerm: (power: number) => boolean): MersenneState {
  const start = position % stateWords;
  const origin = rotate(key, start);
  const line = new Uint32Array(degree + stateWords);
  line.set(origin);
  let steps = 0;
  let highest = degree;
  while (!hasTerm(highest)) highest -= 1;
  for (let power = highest - 1; power >= 0; power--) {
    line[steps + stateWords] = twist(line[steps] ?? 0, line[steps + 1] ?? 0, line[steps + middle] ?? 0);
    steps += 1;
    if (hasTerm(power)) add(line, steps, origin);
  }
  const end = (start + steps) % stateWords;
  return { key: rotate(line.subarray(steps, steps + stateWords), stateWords - end), position: end };
}

/** The words from `start` on, then those before it. */
function rotate(words: Uint32Array<ArrayBuffer>, start: number): Uint32Array<ArrayBuffer> {
  const rotated = new Uint32Array(stateWords);
  rotated.set(words.subarray(start));
  rotated.set(words.subarray(0, start), stateWords - start);
  return rotated;
}

function add(line: Uint32Array<ArrayBuffer>, at: number, origin: Uint32Array<ArrayBuffer>): void {
  for (let i = 0; i < origin.length; i++) line[at + i] = (line[at + i] ?? 0) ^ (origin[i] ?? 0);
}
