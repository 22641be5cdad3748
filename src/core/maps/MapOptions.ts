/** Options of maps: what users may write, and their parsed form. Checked once, when the map is called. */

import { OptionReader, type Rule } from "../../plans/OptionReader.ts";
import { oneOf } from "../../plans/rules.ts";
import type { Ordering } from "../../map/parseOrdering.ts";
import { readFutureOptions, refuseOption, type FutureOptions, type FutureSettings } from "../FutureOptions.ts";

/** How far a map is. */
export interface MapProgress {
  /** Elements that are done, fractions of those under way included. */
  readonly done: number;
  /** `undefined` for input of unknown length. */
  readonly total: number | undefined;
  /** Milliseconds until the end, estimated; `undefined` while nothing is known. */
  readonly eta: number | undefined;
}

/** Any of the typed arrays. */
export interface TypedArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
  new (length: number): ArrayBufferView & { readonly length: number };
}

/** How a map runs; R's arguments of `future_lapply()`. */
export interface MapOptions extends Omit<FutureOptions, "lazy"> {
  /** Average number of elements per future; wins over `scheduling`. */
  readonly chunkSize?: number | undefined;
  /** Average number of futures per worker: `1` static, `Infinity` or `false` one element each, `"auto"` from measured times. Default `1`. */
  readonly scheduling?: number | boolean | "auto" | undefined;
  /** Order of processing; results keep input order. Default `"input"`. */
  readonly ordering?: Ordering | undefined;
  /** Results come back as one array of this kind. */
  readonly as?: TypedArrayConstructor | undefined;
  /** `"stop"`: the first error, by index, rejects and cancels the rest. `"collect"`: all run, then an `AggregateError` with `values`. Default `"stop"`. */
  readonly onError?: "stop" | "collect" | undefined;
  /** `true`: a bar on a terminal. A function hears how far the map is. Default `false`. */
  readonly progress?: boolean | ((progress: MapProgress) => void) | undefined;
}

/** Parsed: nothing is optional. */
export interface MapSettings {
  readonly future: FutureSettings;
  readonly chunkSize: number | undefined;
  readonly scheduling: number | "auto";
  readonly ordering: Ordering;
  readonly as: TypedArrayConstructor | undefined;
  readonly onError: "stop" | "collect";
  readonly progress: boolean | ((progress: MapProgress) => void);
}

const sizeRule: Rule<number> = {
  expected: "a number of at least 1 (Infinity: all in one)",
  accepts: (value): value is number => typeof value === "number" && value >= 1,
};

const schedulingRule: Rule<number | boolean | "auto"> = {
  expected: 'a number of at least 0, true, false or "auto"',
  accepts: (value): value is number | boolean | "auto" =>
    value === "auto" || typeof value === "boolean" || (typeof value === "number" && value >= 0),
};

const orderingRule: Rule<Ordering> = {
  expected: '"input", "random" or an array of indices',
  accepts: (value): value is Ordering =>
    value === "input" || value === "random" || (Array.isArray(value) && value.every((index) => Number.isSafeInteger(index))),
};

const typedArrayRule: Rule<TypedArrayConstructor> = {
  expected: "a constructor of typed arrays, such as Float64Array",
  accepts: (value): value is TypedArrayConstructor =>
    typeof value === "function" && "BYTES_PER_ELEMENT" in value && Reflect.get(globalThis, value.name) === value,
};

const progressRule: Rule<boolean | ((progress: MapProgress) => void)> = {
  expected: "true, false or a function",
  accepts: (value): value is boolean | ((progress: MapProgress) => void) => typeof value === "boolean" || typeof value === "function",
};

/** Throws `OptionInvalid` naming the option, what was expected, and what came. */
export function parseMapOptions(input: unknown, verb: string): MapSettings {
  const where = `${verb}()`;
  const read = new OptionReader(input, where, refuseOption);
  const settings = readMapOptions(read);
  read.done();
  if (typeof input === "object" && input !== null && "lazy" in input && input.lazy !== undefined)
    throw refuseOption(`${where} has no option "lazy"; a map begins at once.`);
  return settings;
}

/** Reads what every map takes, and leaves the rest to the caller (`OptionReader.done`). */
export function readMapOptions(read: OptionReader): MapSettings {
  const scheduling = read.read("scheduling", schedulingRule, 1);
  return {
    future: readFutureOptions(read),
    chunkSize: read.read("chunkSize", sizeRule, undefined),
    scheduling: typeof scheduling === "boolean" ? (scheduling ? 1 : Infinity) : scheduling,
    ordering: read.read("ordering", orderingRule, "input"),
    as: read.read("as", typedArrayRule, undefined),
    onError: read.read("onError", oneOf("stop", "collect"), "stop"),
    progress: read.read("progress", progressRule, false),
  };
}
