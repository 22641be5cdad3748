/** `futureMap()`: `Array.map` where the plan says. */

import type { MapOptions, TypedArrayConstructor } from "../../core/maps/MapOptions.ts";
import { parseMapOptions } from "../../core/maps/MapOptions.ts";
import { runMap } from "../../core/maps/runMap.ts";
import { publish } from "../../session/publish.ts";

/** What maps run over: arrays, typed arrays, other iterables, and async iterables, which are read no faster than workers work. */
export type MapInput<T> = Iterable<T> | AsyncIterable<T>;

/**
 * The values of `fn(x, index)` for every element, in input order, in one typed array. R's `future_vapply()`.
 *
 * @example
 * await futureMap(new Float64Array(1e6), (x) => x * x, { as: Float64Array });
 */
export function futureMap<T, As extends TypedArrayConstructor>(
  xs: MapInput<T>,
  fn: (x: T, index: number) => unknown,
  options: MapOptions & { readonly as: As },
): Promise<InstanceType<As>>;
/**
 * The values of `fn(x, index)` for every element, in input order; elements travel in chunks. `fn` is frozen once, now, with
 * all it uses. The first error, by index, rejects and cancels the rest. Throws `OptionInvalid` for bad options. R's `future_lapply()`.
 *
 * @example
 * await futureMap([1, 2, 3], (x) => x * 10); // [10, 20, 30]
 */
export function futureMap<T, R>(xs: MapInput<T>, fn: (x: T, index: number) => R, options?: MapOptions): Promise<Awaited<R>[]>;
export function futureMap(input: unknown, fn: unknown, options?: unknown): Promise<unknown> {
  return runMap({ verb: "futureMap", input, fn, settings: parseMapOptions(options, "futureMap"), above: futureMap });
}

publish({ futureMap });
