/** The option `seed`: checked here, turned into streams by `random/openStream.ts` in the worker that needs them. */

import { currentSession } from "../session/currentSession.ts";
import { engine } from "./engine.ts";

/** Which random numbers a future, or the elements of a map, get; as it travels. */
export type SeedRecipe =
  | { readonly generator: "LecuyerCMRG"; readonly seed: number }
  /** Six words, and how many streams to go on from there. */
  | { readonly generator: "LecuyerCMRG"; readonly words: readonly number[]; readonly offset: number }
  | { readonly generator: "PCG64"; readonly entropy: number | bigint | readonly (number | bigint)[]; readonly streams: "jump" | "spawn" };

/** How many streams one `seed: true` may use. */
const streamsEach = 2 ** 32;
/** Words below both moduli of the generator. */
const modulus = 4294944443;

export function isSeeded(seed: unknown): boolean {
  return seed !== false && seed !== undefined;
}

/** What travels for a parsed option; `true` moves the session's own seed by one step, or draws from the stream of the future that runs here. */
export function openSeed(seed: unknown): unknown {
  if (typeof seed === "number") return { generator: "LecuyerCMRG", seed } satisfies SeedRecipe;
  if (seed !== true) return seed;
  const stream = currentSession().stream();
  if (isStream(stream)) {
    const words = Array.from({ length: 6 }, () => Math.floor(stream.random() * (modulus - 1)) + 1);
    return { generator: "LecuyerCMRG", words, offset: 0 } satisfies SeedRecipe;
  }
  const own = engine();
  own.seed ??= { words: Array.from(crypto.getRandomValues(new Uint32Array(6)), (word) => (word % (modulus - 1)) + 1), used: 0 };
  const recipe: SeedRecipe = { generator: "LecuyerCMRG", words: own.seed.words, offset: own.seed.used * streamsEach };
  own.seed.used++;
  return recipe;
}

function isStream(value: unknown): value is { random(): number } {
  return typeof value === "object" && value !== null && "random" in value && typeof value.random === "function";
}
