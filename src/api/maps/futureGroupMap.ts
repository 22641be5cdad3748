/** `futureGroupMap()`: one computation for each group of elements, as in stratified analyses. */

import { parseMapOptions, type MapOptions } from "../../core/maps/MapOptions.ts";
import { readAll } from "../../core/maps/readAll.ts";
import { runMap } from "../../core/maps/runMap.ts";
import { parseInput } from "../../core/maps/startMap.ts";
import { withTakenSeed } from "../../core/seeds.ts";
import { OptionInvalid } from "../../errors/errors.ts";
import { describeKind } from "../../errors/words.ts";
import { captureCallSite } from "../../platform/callSite.ts";
import { publish } from "../../session/publish.ts";
import type { MapInput } from "./futureMap.ts";

/**
 * The values of `fn(group, key)` by key, in the order in which the keys are met; `key(x, index)` is called at home.
 * R's `future_by()` and `future_tapply()`. Takes the options of `futureMap` but `as`.
 *
 * @example
 * await futureGroupMap(patients, (p) => p.sex, (group) => regression(group)); // Map { "f" => …, "m" => … }
 */
export function futureGroupMap<T, K, R>(
  xs: MapInput<T>,
  key: (x: T, index: number) => K,
  fn: (group: T[], key: K) => R,
  options?: Omit<MapOptions, "as">,
): Promise<Map<K, Awaited<R>>>;
export function futureGroupMap(input: unknown, key: unknown, fn: unknown, options?: unknown): Promise<Map<unknown, unknown>> {
  const verb = "futureGroupMap";
  const settings = withTakenSeed(parseMapOptions(options, verb));
  if (!isKey(key)) throw new OptionInvalid(`${verb}() needs a function that gives the key, not ${describeKind(key)}.`);
  const site = captureCallSite(futureGroupMap);
  const run = async (elements: ArrayLike<unknown>): Promise<Map<unknown, unknown>> => {
    const groups = [...groupBy(elements, key)].map(([name, group]) => [group, name]);
    const values = await runMap({
      verb,
      input: groups,
      fn,
      settings: { ...settings, as: undefined },
      above: futureGroupMap,
      site,
      spread: true,
    });
    return new Map(groups.map(([, name], index) => [name, Array.isArray(values) ? values[index] : undefined]));
  };
  const parsed = parseInput(input, verb);
  if (typeof fn !== "function") throw new OptionInvalid(`${verb}() needs a function, not ${describeKind(fn)}.`);
  if (parsed._tag === "list") return run(parsed.elements);
  const all = readAll(parsed.iterator);
  return all instanceof Promise ? all.then(run) : run(all);
}

function isKey(value: unknown): value is (x: unknown, index: number) => unknown {
  return typeof value === "function";
}

function groupBy(elements: ArrayLike<unknown>, key: (x: unknown, index: number) => unknown): Map<unknown, unknown[]> {
  const groups = new Map<unknown, unknown[]>();
  for (let index = 0; index < elements.length; index++) {
    if (!(index in elements)) continue;
    const name = key(elements[index], index);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [elements[index]]);
    else group.push(elements[index]);
  }
  return groups;
}

publish({ futureGroupMap });
