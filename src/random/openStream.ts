/**
 * From a seed to the stream of one future, or of one element of a map. Integers: as `future.apply` does, element `i` has the
 * first substream of the `i`-th stream; a single future is the first element.
 */

import { RngMisuse } from "../errors/errors.ts";
import type { Generator } from "./Generator.ts";
import { MT19937 } from "./numpy/MT19937.ts";
import { PCG64 } from "./numpy/PCG64.ts";
import { SeedSequence, type Entropy } from "./numpy/SeedSequence.ts";
import { LecuyerCMRG } from "./r/LecuyerCMRG.ts";
import { jumpStreams } from "./r/jumpStreams.ts";
import { isLecuyer, isMersenne, isPcg } from "./streamState.ts";

/** What a seed looks like on its way; made by `core/seeds.ts`. */
interface Recipe {
  readonly generator: string;
  readonly seed?: number;
  readonly words?: readonly number[];
  readonly offset?: number;
  readonly entropy?: Entropy;
  readonly streams?: string;
  /** By index: those of the elements that travel with it. */
  readonly states?: Readonly<Record<number, unknown>>;
}

/** The stream opened last: that of the next element is one step away. */
let last: { readonly recipe: object; readonly index: number; readonly stream: LecuyerCMRG } | undefined;

/** The stream of element `index`. Throws `TypeError` for what is no seed. */
export function openStream(recipe: unknown, index: number): Generator {
  if (!isRecipe(recipe)) throw new TypeError("This is no seed.");
  if (recipe.generator === "given") return openGiven(recipe.states?.[index]);
  if (recipe.generator === "PCG64") return openNumpy(recipe.entropy ?? 0, recipe.streams, index);
  const stream = last?.recipe === recipe && last.index + 1 === index ? last.stream.nextStream() : openLecuyer(recipe, index);
  last = { recipe, index, stream };
  return stream.nextSubstream();
}

function openGiven(state: unknown): Generator {
  if (isLecuyer(state)) return LecuyerCMRG.fromState(state);
  if (isPcg(state)) return PCG64.fromState(state);
  if (isMersenne(state)) return MT19937.fromState(state);
  throw new RngMisuse("This is no state of a stream.");
}

function openLecuyer({ seed = 0, words, offset = 0 }: Recipe, index: number): LecuyerCMRG {
  const base = words === undefined ? new LecuyerCMRG(seed) : LecuyerCMRG.fromState(words.map((word) => word | 0));
  return jumpStreams(base, offset + index);
}

function openNumpy(entropy: Entropy, streams: string | undefined, index: number): PCG64 {
  return streams === "jump" ? new PCG64(entropy).jumped(index) : new PCG64(new SeedSequence(entropy, [index]));
}

function isRecipe(seed: unknown): seed is Recipe {
  return typeof seed === "object" && seed !== null && "generator" in seed;
}
