/** `futureFilter()`: the elements for which a function says yes. */

import { parseMapOptions, type MapOptions, type TypedArrayConstructor } from "../../core/maps/MapOptions.ts";
import { keepElements } from "../../core/maps/keepElements.ts";
import { packValues } from "../../core/maps/packValues.ts";
import { runMap } from "../../core/maps/runMap.ts";
import { publish } from "../../session/publish.ts";
import type { MapInput } from "./futureMap.ts";

/** The elements for which `fn(x, index)` gives something truthy, in one typed array. */
export function futureFilter<T, As extends TypedArrayConstructor>(
  xs: MapInput<T>,
  fn: (x: T, index: number) => unknown,
  options: MapOptions & { readonly as: As },
): Promise<InstanceType<As>>;
/** The elements for which `fn(x, index)` gives something truthy, in input order. R's `future_Filter()`. Takes the options of `futureMap`. */
export function futureFilter<T>(xs: MapInput<T>, fn: (x: T, index: number) => unknown, options?: MapOptions): Promise<T[]>;
export function futureFilter(input: unknown, fn: unknown, options?: unknown): Promise<unknown> {
  const verb = "futureFilter";
  const { as, ...settings } = parseMapOptions(options, verb);
  const kept = keepElements(input, verb);
  const verdicts = runMap({ verb, input: kept.input, fn, settings: { ...settings, as: undefined }, above: futureFilter });
  return verdicts.then((list) => {
    const chosen = Array.isArray(list) ? list.flatMap((verdict: unknown, index) => (verdict ? [kept.at(index)] : [])) : [];
    return packValues(chosen, as);
  });
}

publish({ futureFilter });
