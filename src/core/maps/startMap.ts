/** From a call of a map to a run: freezes the function, cuts the input, and binds it all to the current plan. */

import { snapshotMap } from "../../globals/snapshotMap.ts";
import type { MapSnapshot } from "../../globals/snapshots.ts";
import { OptionInvalid } from "../../errors/errors.ts";
import { describeKind, describeValue } from "../../errors/words.ts";
import { parseOrdering } from "../../map/parseOrdering.ts";
import { captureCallSite, type CallSite } from "../../platform/callSite.ts";
import { resolveModules } from "../createFuture.ts";
import type { OpenPlan } from "../OpenPlan.ts";
import { warnOfPackageState } from "../packageState.ts";
import { currentPlan } from "../planStack.ts";
import { withOpenSeed } from "../seeds.ts";
import { IteratorSource } from "./IteratorSource.ts";
import { ListSource } from "./ListSource.ts";
import type { MapSettings } from "./MapOptions.ts";
import { isNumberArray, type NumberArray } from "../typedArrays.ts";
import { packElements } from "./packElements.ts";
import type { MapInit } from "./MapRun.ts";
import { listenerOf } from "./progressListener.ts";
import { ProgressMeter } from "./ProgressMeter.ts";
import { warnLostWrites } from "./warnLostWrites.ts";
import type { WorkSource } from "./Work.ts";

/** What differs from verb to verb. */
export interface MapRequest {
  readonly verb: string;
  readonly input: unknown;
  readonly fn: unknown;
  readonly settings: MapSettings;
  /** The public function that the user called. */
  readonly above: Function;
  readonly reducer?: Function | undefined;
  readonly spread?: boolean;
  readonly discard?: boolean;
  /** Exactly so many elements to a chunk. */
  readonly block?: number;
  /** Where the user called, if that cannot be seen any more. */
  readonly site?: CallSite;
}

/** A map that is about to run. */
export interface StartedMap {
  readonly init: Omit<MapInit, "sink">;
  /** Length of the result. */
  readonly length: number | undefined;
  readonly inOrder: boolean;
}

/** The input, as far as its kind is known. */
export type Input =
  | { readonly _tag: "list"; readonly elements: readonly unknown[] | NumberArray }
  | { readonly _tag: "iterator"; readonly iterator: Iterator<unknown> | AsyncIterator<unknown> };

/** Throws `OptionInvalid` for what can be seen now; what cannot travel is thrown, too, as `NotPortable`. */
export function startMap(request: MapRequest): StartedMap {
  const { settings, verb } = request;
  const input = parseInput(request.input, verb);
  if (typeof request.fn !== "function") throw new OptionInvalid(`${verb}() needs a function, not ${describeKind(request.fn)}.`);
  const order = input._tag === "list" ? orderOf(input.elements, settings, verb) : unordered(settings, verb);
  const future = withOpenSeed(settings.future, `${verb}()`, input._tag === "list" ? input.elements.length : undefined);
  const site = request.site ?? captureCallSite(request.above);
  const plan = currentPlan();
  plan.expect();
  const { globals, maxGlobalsSize, label, modules } = settings.future;
  const urls = modules.length === 0 ? modules : resolveModules(modules, site);
  const snapshot = snapshotMap(request.fn, request.reducer, { globals, maxGlobalsSize, label, modules: urls });
  warnLostWrites(snapshot, verb, request.above);
  warnOfPackageState(snapshot.configured, plan);
  const source = makeSource({ input, order, plan, settings, snapshot, block: request.block });
  const listener = listenerOf(settings.progress, source.total, verb);
  return {
    length: input._tag === "list" ? input.elements.length : undefined,
    inOrder: order === undefined,
    init: {
      plan,
      source,
      settings: future,
      modules: urls,
      site,
      chunk: chunkOf(request),
      reduces: request.reducer !== undefined,
      window: 2 * plan.workers,
      meter: listener && new ProgressMeter(source.total, listener),
    },
  };
}

function chunkOf({ settings, spread = false, discard = false }: MapRequest): MapInit["chunk"] {
  const { as, onError, future } = settings;
  const announce = future.timeout !== undefined;
  return { as: as?.name, onError, spread, discard, announce };
}

/** Arrays and typed arrays as they are, other finite collections as arrays, everything else by its iterator. */
export function parseInput(input: unknown, verb: string): Input {
  if (Array.isArray(input)) return { _tag: "list", elements: input };
  if (isNumberArray(input)) return { _tag: "list", elements: input };
  if (typeof input === "string" || input instanceof Set || input instanceof Map)
    return { _tag: "list", elements: Array.from<unknown>(input) };
  if (typeof input === "object" && input !== null) {
    for (const key of [Symbol.asyncIterator, Symbol.iterator]) {
      const make: unknown = Reflect.get(input, key);
      if (typeof make === "function") return iteratorOf(Reflect.apply(make, input, []), verb);
    }
  }
  throw new OptionInvalid(`${verb}() needs an array, a typed array, an iterable or an async iterable, not ${describeKind(input)}.`);
}

function iteratorOf(iterator: unknown, verb: string): Input {
  if (!isIterator(iterator)) throw new OptionInvalid(`${verb}() needs an iterable whose iterator has next().`);
  return { _tag: "iterator", iterator };
}

function isIterator(value: unknown): value is Iterator<unknown> {
  return typeof value === "object" && value !== null && "next" in value && typeof value.next === "function";
}

function orderOf(elements: readonly unknown[] | NumberArray, { ordering }: MapSettings, verb: string): Int32Array | undefined {
  const present = Array.isArray(elements) ? presentIndices(elements) : undefined;
  const order = parseOrdering(ordering, elements.length);
  if (order === undefined) {
    throw new OptionInvalid(
      `Option "ordering" of ${verb}() must hold every index from 0 to ${elements.length - 1} once, not ${describeValue(ordering)}.`,
    );
  }
  if (order === "input") return present;
  return present === undefined ? order : order.filter((index) => index in elements);
}

/** `undefined`: there are no holes. */
function presentIndices(elements: readonly unknown[]): Int32Array | undefined {
  for (let index = 0; index < elements.length; index++) {
    // An element that is there is no hole; only `undefined` needs the slow question.
    if (elements[index] === undefined && !(index in elements))
      return Int32Array.from(Object.keys(elements).map(Number).filter(Number.isInteger));
  }
  return undefined;
}

function unordered({ ordering }: MapSettings, verb: string): undefined {
  if (ordering !== "input") throw new OptionInvalid(`Option "ordering" of ${verb}() needs input of known length, such as an array.`);
}

interface SourceInit {
  readonly input: Input;
  readonly order: Int32Array | undefined;
  readonly plan: OpenPlan;
  readonly settings: MapSettings;
  readonly snapshot: MapSnapshot;
  readonly block: number | undefined;
}

function makeSource({ input, order, plan, settings, snapshot, block }: SourceInit): WorkSource {
  const { workers, capabilities } = plan;
  const separate = settings.onError === "collect" && settings.future.timeout !== undefined; // a timeout ends its whole chunk
  const cut = separate ? { ...settings, chunkSize: 1 } : settings;
  if (input._tag === "iterator") return new IteratorSource(input.iterator, workers, cut.chunkSize, snapshot);
  const elements = packElements(input.elements, capabilities.sharedMemory);
  return new ListSource({ elements, order, workers, settings: cut, snapshot, block });
}
