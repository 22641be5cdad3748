/**
 * Reductions: each chunk is a block of a power of two of elements, so that the tree (`worker/reduceTree.ts`) depends on their
 * number only. The blocks' values are reduced in further rounds, pair by pair.
 */

import { OptionInvalid } from "../../errors/errors.ts";
import { captureCallSite, type CallSite } from "../../platform/callSite.ts";
import { currentPlan } from "../planStack.ts";
import { withTakenSeed } from "../seeds.ts";
import type { MapSettings } from "./MapOptions.ts";
import { runMap } from "./runMap.ts";
import { parseInput, type MapRequest } from "./startMap.ts";
import { readAll } from "./readAll.ts";

export interface ReduceRequest extends MapRequest {
  readonly reducer: Function;
  /** The start value, or nothing. */
  readonly initial: readonly unknown[];
}

/** Chunks per worker in the first round. */
const perWorker = 4;

/** Throws `OptionInvalid` for options that make no sense here. */
export function runReduce(request: ReduceRequest): Promise<unknown> {
  const { settings, verb, input } = request;
  for (const name of ["as", "ordering", "onError"] as const) refuse(settings, name, verb);
  const parsed = parseInput(input, verb);
  const site = captureCallSite(request.above);
  if (parsed._tag === "list") return reduceList({ ...request, site }, parsed.elements);
  const taken = { ...request, site, settings: withTakenSeed(settings) };
  const all = readAll(parsed.iterator);
  return all instanceof Promise ? all.then((elements) => reduceList(taken, elements)) : reduceList(taken, all);
}

const usual = { as: undefined, ordering: "input", onError: "stop" } as const;

function refuse(settings: MapSettings, name: keyof typeof usual, verb: string): void {
  if (settings[name] !== usual[name]) throw new OptionInvalid(`${verb}() gives one value: it takes no option "${name}".`);
}

function reduceList(request: ReduceRequest & { readonly site: CallSite }, elements: ArrayLike<unknown>): Promise<unknown> {
  const { settings, initial, verb } = request;
  const { length } = elements;
  if (length === 0) return empty(initial, verb);
  const average = settings.chunkSize ?? length / (perWorker * currentPlan().workers);
  const block = 2 ** Math.max(0, Math.min(30, Math.ceil(Math.log2(average))));
  return runMap({ ...request, input: elements, block }).then((values) => finish(request, listOf(values)));
}

async function finish(request: ReduceRequest & { readonly site: CallSite }, first: readonly unknown[]): Promise<unknown> {
  const { settings, initial, verb } = request;
  if (first.length === 0) return empty(initial, verb);
  const rest: MapRequest = {
    ...request,
    fn: same,
    block: 2,
    settings: { ...settings, progress: false, future: { ...settings.future, seed: false } },
  };
  let values = first;
  while (values.length > 1) values = listOf(await runMap({ ...rest, input: values }));
  const [value] = initial.length === 0 ? values : listOf(await runMap({ ...rest, input: [initial[0], values[0]] }));
  return value;
}

function same(value: unknown): unknown {
  return value;
}

function empty([...initial]: readonly unknown[], verb: string): Promise<unknown> {
  if (initial.length > 0) return Promise.resolve(initial[0]);
  return Promise.reject(new OptionInvalid(`${verb}() of nothing needs an initial value.`));
}

function listOf(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : [];
}
