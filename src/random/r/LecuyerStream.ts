/**
 * The generator MRG32k3a of L'Ecuyer (1999, Operations Research 47, 159-164) as R has it (src/main/RNG.c): two recurrences
 * modulo almost 2^32. All products stay below 2^53, so doubles are exact, and fast.
 */

const m1 = 4294967087;
const m2 = 4294944443;
/** 1 / (m1 + 1), as R rounds it. */
const norm = 2.328306549295727688e-10;

/** The smallest whole number of 0 or more that is `value` modulo `modulus`, for |value| < 2^53. */
function reduce(value: number, modulus: number): number {
  // The product with the inverse may miss the quotient by one.
  const rest = value - Math.floor(value * (1 / modulus)) * modulus;
  if (rest < 0) return rest + modulus;
  return rest >= modulus ? rest - modulus : rest;
}

/** Six words of state, moved by each draw. */
export class LecuyerStream {
  readonly seed: Float64Array<ArrayBuffer>;

  constructor(seed: Float64Array<ArrayBuffer>) {
    this.seed = seed;
  }

  /** R's `unif_rand`: uniform on (0, 1), a multiple of about 2^-32. */
  uniform(): number {
    const { seed } = this;
    const first = reduce(1403580 * (seed[1] ?? 0) - 810728 * (seed[0] ?? 0), m1);
    seed[0] = seed[1] ?? 0;
    seed[1] = seed[2] ?? 0;
    seed[2] = first;
    const second = reduce(527612 * (seed[5] ?? 0) - 1370589 * (seed[3] ?? 0), m2);
    seed[3] = seed[4] ?? 0;
    seed[4] = seed[5] ?? 0;
    seed[5] = second;
    return (first > second ? first - second : first - second + m1) * norm;
  }
}

/** The initial scrambling of R's `set.seed` (`RNG_Init`), by a linear congruence modulo 2^32. */
export function scramble(seed: number): Float64Array<ArrayBuffer> {
  let word = seed | 0;
  const next = (): number => {
    word = (Math.imul(69069, word) + 1) | 0;
    return word >>> 0;
  };
  for (let i = 0; i < 50; i++) next();
  return Float64Array.from({ length: 6 }, () => {
    let value = next();
    while (value >= m2) value = next();
    return value;
  });
}

/** Could these six words be a state? R's `FixupSeeds`. */
export function isSeed(words: readonly number[]): boolean {
  const [first, second] = [words.slice(0, 3), words.slice(3)];
  const fits = (part: readonly number[], modulus: number): boolean =>
    part.length === 3 && part.every((word) => Number.isInteger(word) && word >= 0 && word < modulus) && part.some((word) => word > 0);
  return fits(first, m1) && fits(second, m2);
}

type Row = readonly [number, number, number];
/** The recurrences' matrices to the power of a number of steps. */
export type Jump = readonly [readonly [Row, Row, Row], readonly [Row, Row, Row]];

/** 2^127 steps: from stream to stream (parallel/src/rngstream.c). */
export const streamJump: Jump = [
  [
    [2427906178, 3580155704, 949770784],
    [226153695, 1230515664, 3580155704],
    [1988835001, 986791581, 1230515664],
  ],
  [
    [1464411153, 277697599, 1610723613],
    [32183930, 1464411153, 1022607788],
    [2824425944, 32183930, 2093834863],
  ],
];

/** 2^76 steps: from substream to substream. */
export const substreamJump: Jump = [
  [
    [82758667, 1871391091, 4127413238],
    [3672831523, 69195019, 1871391091],
    [3672091415, 3528743235, 69195019],
  ],
  [
    [1511326704, 3759209742, 1610795712],
    [4292754251, 1511326704, 3889917532],
    [3859662829, 4292754251, 3708466080],
  ],
];

/** a · b modulo `modulus`, for numbers of 32 bits, in two halves that stay below 2^53. */
function product(a: number, b: number, modulus: number): number {
  const upper = reduce(Math.floor(a / 65536) * b, modulus);
  return reduce(upper * 65536 + (a % 65536) * b, modulus);
}

/** The seed as many steps further on. */
export function jumpSeed(seed: Float64Array<ArrayBuffer>, [first, second]: Jump): Float64Array<ArrayBuffer> {
  const jumped = new Float64Array(6);
  for (let i = 0; i < 3; i++) {
    jumped[i] = rowTimes(first[i] ?? first[0], seed, 0, m1);
    jumped[i + 3] = rowTimes(second[i] ?? second[0], seed, 3, m2);
  }
  return jumped;
}

function rowTimes([a, b, c]: Row, seed: Float64Array<ArrayBuffer>, start: number, modulus: number): number {
  const [x, y, z] = [seed[start] ?? 0, seed[start + 1] ?? 0, seed[start + 2] ?? 0];
  return reduce(product(a, x, modulus) + product(b, y, modulus) + product(c, z, modulus), modulus);
}
