/** `futureFlatMap()`: a map whose values are lists, joined. */

import { parseMapOptions, type MapOptions, type TypedArrayConstructor } from "../../core/maps/MapOptions.ts";
import { packValues } from "../../core/maps/packValues.ts";
import { runMap } from "../../core/maps/runMap.ts";
import { publish } from "../../session/publish.ts";
import type { MapInput } from "./futureMap.ts";

/** The joined values of `fn(x, index)`, in one typed array. */
export function futureFlatMap<T, As extends TypedArrayConstructor>(
  xs: MapInput<T>,
  fn: (x: T, index: number) => unknown,
  options: MapOptions & { readonly as: As },
): Promise<InstanceType<As>>;
/** The values of `fn(x, index)`, arrays among them joined one level deep, in input order. Takes the options of `futureMap`. */
export function futureFlatMap<T, R>(
  xs: MapInput<T>,
  fn: (x: T, index: number) => R | readonly R[] | Promise<R | readonly R[]>,
  options?: MapOptions,
): Promise<R[]>;
export function futureFlatMap(input: unknown, fn: unknown, options?: unknown): Promise<unknown> {
  const { as, ...settings } = parseMapOptions(options, "futureFlatMap");
  const lists = runMap({ verb: "futureFlatMap", input, fn, settings: { ...settings, as: undefined }, above: futureFlatMap });
  return lists.then((values) => packValues(Array.isArray(values) ? values.flat(1) : [], as));
}

publish({ futureFlatMap });
