/**
 * The option `seed`: opened when a future or map is made, turned into streams by `random/openStream.ts` in the worker that needs them. With `FUTURE_SEED`
 * the session's own seed is that of the environment, but not in workers, which would all draw the same.
 */

import { OptionInvalid } from "../errors/errors.ts";
import { environmentText, optionText } from "../errors/words.ts";
import { isIntegerOfR, largestSeed } from "../random/integerOfR.ts";
import { streamState, type StreamState } from "../random/streamState.ts";
import { currentSession } from "../session/currentSession.ts";
import type { SessionSeed } from "../session/Session.ts";
import type { FutureSettings } from "./FutureOptions.ts";
import type { MapSettings } from "./maps/MapOptions.ts";
import { readRngMisuse } from "./rngMisuse.ts";

/** Which random numbers a future, or the elements of a map, get; as it travels. */
export type SeedRecipe =
  /** R's seed, or six words, and how many streams to go on from there. */
  | { readonly generator: "LecuyerCMRG"; readonly seed: number; readonly offset?: number }
  | { readonly generator: "LecuyerCMRG"; readonly words: readonly number[]; readonly offset: number }
  | { readonly generator: "PCG64"; readonly entropy: number | bigint | readonly (number | bigint)[]; readonly streams: "jump" | "spawn" }
  /** By index of the element. */
  | { readonly generator: "given"; readonly states: Readonly<Record<number, StreamState>> };

/** How many streams one `seed: true` may use. */
const streamsEach = 2 ** 32;
/** Words below both moduli of the generator. */
const modulus = 4294944443;

/** The same settings with a recipe in place of the option; `count` elements, `undefined` if nobody knows. Throws `OptionInvalid`. */
export function withOpenSeed(settings: FutureSettings, where: string, count: number | undefined): FutureSettings {
  const seed = openSeed(settings.seed, where, count);
  return seed === settings.seed ? settings : { ...settings, seed };
}

/** The same for input of unknown length that is read first: what would depend on when that ends is opened now. */
export function withTakenSeed(settings: MapSettings): MapSettings {
  return Array.isArray(settings.future.seed) ? settings : { ...settings, future: withOpenSeed(settings.future, "", undefined) };
}

/** What travels for a parsed option: left out, it is `true` inside a future with a seed. What is open stays as it is. */
function openSeed(seed: unknown, where: string, count: number | undefined): unknown {
  const session = currentSession();
  if (!environmentRead) readEnvironment();
  if (seed === undefined) return isStream(session.stream()) ? openSeed(true, where, count) : seed;
  if (Array.isArray(seed)) return openStreams(seed, where, count);
  if (typeof seed === "number") return { generator: "LecuyerCMRG", seed } satisfies SeedRecipe;
  return seed === true ? (drawSeed(session.stream()) ?? takeSeed()) : seed;
}

/** A generator of the stream's own numbers. */
function drawSeed(stream: unknown): SeedRecipe | undefined {
  if (!isStream(stream)) return undefined;
  const words = Array.from({ length: 6 }, () => Math.floor(stream.random() * (modulus - 1)) + 1);
  return { generator: "LecuyerCMRG", words, offset: 0 };
}

/** Moves the session's own seed by one step; not from inside a future, which under `sequential` only would share it with home. */
function takeSeed(): SeedRecipe {
  const session = currentSession();
  const seed = session.current() === undefined ? (session.seed ??= freshSeed()) : freshSeed();
  return { generator: "LecuyerCMRG", ...seed.base, offset: seed.used++ * streamsEach };
}

function freshSeed(): SessionSeed {
  const words = Array.from(crypto.getRandomValues(new Uint32Array(6)), (word) => (word % (modulus - 1)) + 1);
  return { base: { words }, used: 0 };
}

let environmentRead = false;

function readEnvironment(): void {
  readRngMisuse(process.env);
  const session = currentSession();
  const text = session.worker === undefined ? process.env["FUTURE_SEED"]?.trim() : undefined;
  if (text !== undefined && text !== "") {
    const seed = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    const allowed = `a whole number from -${largestSeed} to ${largestSeed}`;
    if (!isIntegerOfR(seed)) throw new OptionInvalid(environmentText("FUTURE_SEED", text, allowed, undefined));
    session.seed ??= { base: { seed }, used: 0 };
    session.seeded = true;
  }
  environmentRead = true;
}

function openStreams(streams: readonly unknown[], where: string, count: number | undefined): SeedRecipe {
  if (count === undefined)
    throw new OptionInvalid(`Option "seed" of ${where} may list streams only for input of known length, such as an array.`);
  if (streams.length !== count)
    throw new OptionInvalid(optionText(where, "seed", `one stream for each of the ${count} element${count === 1 ? "" : "s"}`, streams));
  return { generator: "given", states: streams.map(stateOf) };
}

/** The option was checked. */
function stateOf(stream: unknown): StreamState {
  return streamState(stream) ?? [];
}

/** Only what some elements need; `indices` are theirs. */
export function seedOfElements(seed: unknown, indices: Iterable<number>): unknown {
  if (!isGiven(seed)) return seed;
  const states: Record<number, StreamState> = {};
  for (const index of indices) states[index] = seed.states[index] ?? [];
  return { generator: "given", states } satisfies SeedRecipe;
}

function isGiven(seed: unknown): seed is SeedRecipe & { readonly generator: "given" } {
  return typeof seed === "object" && seed !== null && "generator" in seed && seed.generator === "given";
}

function isStream(value: unknown): value is { random(): number } {
  return typeof value === "object" && value !== null && "random" in value && typeof value.random === "function";
}
