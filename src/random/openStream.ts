/**
 * From a seed to the stream of one future, or of one element of a map. Integers: as `future.apply` does, element `i` has the
 * first substream of the `i`-th stream; a single future is the first element.
 */

import type { Generator } from "./Generator.ts";
import { PCG64 } from "./numpy/PCG64.ts";
import { SeedSequence, type Entropy } from "./numpy/SeedSequence.ts";
import { LecuyerCMRG } from "./r/LecuyerCMRG.ts";
import { jumpStreams } from "./r/jumpStreams.ts";

/** What a seed looks like on its way; made by `core/seeds.ts`. */
interface Recipe {
  readonly generator: string;
  readonly seed?: number;
  readonly words?: readonly number[];
  readonly offset?: number;
  readonly entropy?: Entropy;
  readonly streams?: string;
}

/** The stream opened last: that of the next element is one step away. */
let last: { readonly recipe: object; readonly index: number; readonly stream: LecuyerCMRG } | undefined;

/** The stream of element `index`. Throws `TypeError` for what is no seed. */
export function openStream(recipe: unknown, index: number): Generator {
  if (!isRecipe(recipe)) throw new TypeError("This is no seed.");
  if (recipe.generator === "PCG64") return openNumpy(recipe.entropy ?? 0, recipe.streams, index);
  const stream = last?.recipe === recipe && last.index + 1 === index ? last.stream.nextStream() : openLecuyer(recipe, index);
  last = { recipe, index, stream };
  return stream.nextSubstream();
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
