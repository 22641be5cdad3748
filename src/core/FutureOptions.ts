/** Options of a future: what users may write, and their parsed form. Checked once, when the future is made. */

import { OptionInvalid } from "../errors/errors.ts";
import { OptionReader, type Rule } from "../plans/OptionReader.ts";
import { aBoolean, aRecord, aString, count, oneOf, positiveNumber, strings } from "../plans/rules.ts";
import type { OutputMode } from "../protocol/messages.ts";
import { isIntegerOfR, largestSeed } from "../random/integerOfR.ts";
import type { MT19937 } from "../random/numpy/MT19937.ts";
import type { PCG64 } from "../random/numpy/PCG64.ts";
import type { LecuyerCMRG } from "../random/r/LecuyerCMRG.ts";
import { streamState, type StreamState } from "../random/streamState.ts";
import { currentSession } from "../session/currentSession.ts";

/** Corrections of the search for globals. */
export interface GlobalsCorrection {
  /** Variables to send although the search does not find them, or instead of what it finds. */
  readonly add?: Readonly<Record<string, unknown>>;
  /** Names to leave out. */
  readonly ignore?: readonly string[];
}

/** `true`: find them · `false`: none · an object: exactly these, or `add` and `ignore` to correct the search. */
export type GlobalsOption = boolean | GlobalsCorrection | Readonly<Record<string, unknown>>;

/** How a future is made; R's arguments of `future()`. */
export interface FutureOptions {
  /** Shown in every message, timeline and error. */
  readonly label?: string | undefined;
  /** Launch at the first `resolved`, `resolve` or `value` instead of now. Default `false`. */
  readonly lazy?: boolean | undefined;
  /** Which variables travel with the function. Default `true`: all that it uses. */
  readonly globals?: GlobalsOption | undefined;
  /** Files of your own, relative to the calling file, to import in the worker before the run. */
  readonly modules?: readonly string[] | undefined;
  /** Bytes of captured variables over which the future is refused with `GlobalsTooLarge`. Default 500 MiB. */
  readonly maxGlobalsSize?: number | undefined;
  /**
   * Random numbers: `false` none, `true` from the session's seed (`setSeed`, `FUTURE_SEED`), a number as in R, numpy's `{ generator, entropy, streams }`, or one stream for each
   * element. Default: inside a future with a seed `true`, which there takes from its stream; else `false`.
   */
  readonly seed?: boolean | number | NumpySeed | readonly Stream[] | undefined;
  /** `"relay"` replays output at `value()`; `"live"` passes it on as it comes; `"inherit"` does not touch it; `"discard"`. Default `"relay"`. */
  readonly output?: OutputMode | undefined;
  /** Aborting it cancels the future. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from the start of the run, then `FutureTimeout`. Default: none. */
  readonly timeout?: number | undefined;
  /** How often to run again after the worker (never the function) failed. Default 0. */
  readonly retries?: number | undefined;
}

/** Parsed: nothing is optional. */
export interface FutureSettings {
  readonly label: string | undefined;
  readonly lazy: boolean;
  readonly globals: boolean | Readonly<Record<string, unknown>>;
  readonly modules: readonly string[];
  readonly maxGlobalsSize: number;
  readonly seed: unknown;
  readonly output: OutputMode;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number | undefined;
  readonly retries: number;
}

const globalsRule: Rule<boolean | Readonly<Record<string, unknown>>> = {
  expected: "true, false or an object of variables",
  mayBeSecret: true,
  accepts: (value): value is boolean | Readonly<Record<string, unknown>> => typeof value === "boolean" || aRecord.accepts(value),
};

/** numpy's streams: element `i` of a map gets the generator jumped `i` times, or the `i`-th spawned child of the seed. */
export interface NumpySeed {
  readonly generator: "PCG64";
  readonly entropy: number | bigint | readonly (number | bigint)[];
  readonly streams: "jump" | "spawn";
}

/** A generator, used from where it stands without moving it, or its `state`; of `LecuyerCMRG` that is `.Random.seed[-1]` of R. */
export type Stream = LecuyerCMRG | PCG64 | MT19937 | StreamState;

type Seed = boolean | number | NumpySeed | readonly Stream[];

const seedRule: Rule<Seed> = {
  expected:
    `true, false, a whole number from -${largestSeed} to ${largestSeed} (as in R), { generator: "PCG64", entropy, streams: "jump" | "spawn" }, ` +
    "or an array of streams: generators of futureplan/random, or their states",
  accepts: (value): value is Seed =>
    typeof value === "boolean" ||
    isIntegerOfR(value) ||
    (Array.isArray(value)
      ? value.every((stream) => streamState(stream) !== undefined)
      : typeof value === "object" && value !== null && isNumpySeed(value)),
};

function isNumpySeed(value: { generator?: unknown; entropy?: unknown; streams?: unknown }): value is NumpySeed {
  const { generator, entropy, streams, ...rest } = value;
  const words: readonly unknown[] = Array.isArray(entropy) ? entropy : [entropy];
  const whole = words.every((word) => (typeof word === "bigint" || Number.isSafeInteger(word)) && Number(word) >= 0);
  return generator === "PCG64" && whole && (streams === "jump" || streams === "spawn") && Object.keys(rest).length === 0;
}

const signalRule: Rule<AbortSignal> = {
  expected: "an AbortSignal",
  accepts: (value): value is AbortSignal =>
    typeof value === "object" &&
    value !== null &&
    "aborted" in value &&
    "addEventListener" in value &&
    typeof value.addEventListener === "function",
};

const outputRule: Rule<OutputMode> = oneOf("relay", "live", "inherit", "discard");

/** Reads what every future takes, and leaves the rest to the caller (`OptionReader.done`). */
export function readFutureOptions(read: OptionReader): FutureSettings {
  const timeout = read.read("timeout", positiveNumber, undefined);
  return {
    label: read.read("label", aString, undefined),
    lazy: read.read("lazy", aBoolean, false),
    globals: read.read("globals", globalsRule, true),
    modules: read.read("modules", strings, []),
    maxGlobalsSize: read.read("maxGlobalsSize", positiveNumber, 500 * 1024 * 1024),
    seed: readSeed(read),
    output: read.read("output", outputRule, "relay"),
    signal: read.read("signal", signalRule, undefined),
    timeout: timeout === Infinity ? undefined : timeout,
    retries: read.read("retries", count, 0),
  };
}

/** Who gives one wants numbers that repeat. */
function readSeed(read: OptionReader): Seed | undefined {
  const seed = read.read("seed", seedRule, undefined);
  if (seed !== undefined && seed !== false) currentSession().seeded = true;
  return seed;
}

const standard: FutureSettings = parse({});

/** Throws `OptionInvalid` naming the option, what was expected, and what came. */
export function parseFutureOptions(input: unknown): FutureSettings {
  return input === undefined ? standard : parse(input);
}

function parse(input: unknown): FutureSettings {
  const read = new OptionReader(input, whose(input), refuseOption);
  const settings = readFutureOptions(read);
  read.done();
  return settings;
}

/** Messages name the future by its label, where it has one. */
function whose(input: unknown): string {
  return aRecord.accepts(input) && aString.accepts(input["label"]) ? `future "${input["label"]}"` : "future()";
}

/** For `OptionReader`: the error of options of futures and maps. */
export function refuseOption(message: string): OptionInvalid {
  return new OptionInvalid(message);
}
