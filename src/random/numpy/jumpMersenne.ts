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

function jumpOnce({ key, position }: MersenneState, hasTerm: (power: number) => boolean): MersenneState {
  const start = position % stateWords;
  const sum = key.slice();
  let at = start;
  let highest = degree;
  while (!hasTerm(highest)) highest -= 1;
  for (let power = highest - 1; power >= 0; power--) {
    at = stepOnce(sum, at);
    if (hasTerm(power)) add(sum, at, key, start);
  }
  return { key: sum, position: at };
}

/** One step in place, the state being a ring that begins at `at`. */
function stepOnce(key: Uint32Array<ArrayBuffer>, at: number): number {
  const next = at + 1 === stateWords ? 0 : at + 1;
  const ahead = at + middle < stateWords ? at + middle : at + middle - stateWords;
  key[at] = twist(key[at] ?? 0, key[next] ?? 0, key[ahead] ?? 0);
  return next;
}

/** Adds ring to ring, begin to begin. */
function add(sum: Uint32Array<ArrayBuffer>, at: number, key: Uint32Array<ArrayBuffer>, start: number): void {
  const shift = start - at;
  const wrap = shift >= 0 ? stateWords - shift : -shift;
  const [before, after] = shift >= 0 ? [shift, shift - stateWords] : [shift + stateWords, shift];
  for (let i = 0; i < wrap; i++) sum[i] = (sum[i] ?? 0) ^ (key[i + before] ?? 0);
  for (let i = wrap; i < stateWords; i++) sum[i] = (sum[i] ?? 0) ^ (key[i + after] ?? 0);
}
