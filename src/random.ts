/** Door: `futureplan/random`. */

export type { BigIntegerArray, ChoiceOptions, Generator, IntegerArray } from "./random/Generator.ts";
export { MT19937, type MT19937State } from "./random/numpy/MT19937.ts";
export { PCG64, type PCG64State } from "./random/numpy/PCG64.ts";
export { type Entropy, SeedSequence } from "./random/numpy/SeedSequence.ts";
export { LecuyerCMRG, type LecuyerState } from "./random/r/LecuyerCMRG.ts";
export { rng } from "./random/rng.ts";
export { setSeed } from "./random/setSeed.ts";
