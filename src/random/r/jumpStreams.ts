/** Many streams ahead at once: the generator's jump by 2^127 draws, squared as often as needed. */

import { LecuyerCMRG } from "./LecuyerCMRG.ts";
import { jumpSeed, streamJump, type Jump } from "./LecuyerStream.ts";

type Row = readonly [number, number, number];
type Matrix = Jump[0];

const moduli = [4294967087n, 4294944443n] as const;
/** `powers[k]`: 2^k streams. */
const powers: Jump[] = [streamJump];

/** As `count` calls of `nextStream()`. */
export function jumpStreams(from: LecuyerCMRG, count: number): LecuyerCMRG {
  let seed = Float64Array.from(from.state, (word) => word >>> 0);
  for (let bit = 0, rest = count; rest > 0; bit++, rest = Math.floor(rest / 2)) if (rest % 2 === 1) seed = jumpSeed(seed, power(bit));
  return LecuyerCMRG.fromState(Array.from(seed, (word) => word | 0));
}

function power(bit: number): Jump {
  const known = powers[bit];
  if (known !== undefined) return known;
  const [first, second] = power(bit - 1);
  const made: Jump = [square(first, moduli[0]), square(second, moduli[1])];
  powers[bit] = made;
  return made;
}

function square(matrix: Matrix, modulus: bigint): Matrix {
  const [a, b, c] = matrix;
  const row = (left: Row): Row => {
    const entry = (column: 0 | 1 | 2): number => {
      const sum = BigInt(left[0]) * BigInt(a[column]) + BigInt(left[1]) * BigInt(b[column]) + BigInt(left[2]) * BigInt(c[column]);
      return Number(sum % modulus);
    };
    return [entry(0), entry(1), entry(2)];
  };
  return [row(a), row(b), row(c)];
}
