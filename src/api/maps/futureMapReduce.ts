/** `futureMapReduce()`: a map whose values are combined where they are made, so that little travels. */

import { parseMapOptions, type MapOptions } from "../../core/maps/MapOptions.ts";
import { runReduce } from "../../core/maps/runReduce.ts";
import { OptionInvalid } from "../../errors/errors.ts";
import { describeKind } from "../../errors/words.ts";
import { publish } from "../../session/publish.ts";
import type { MapInput } from "./futureMap.ts";

/**
 * Combines `map(x, index)` of all elements by `reduce(left, right)`, which must be associative; see `futureReduce`.
 *
 * @example
 * await futureMapReduce(files, (file) => countWords(file), (a, b) => a + b, 0);
 */
export function futureMapReduce<T, R>(
  xs: MapInput<T>,
  map: (x: T, index: number) => R | Promise<R>,
  reduce: (left: R, right: R) => R | Promise<R>,
  initial?: R,
  options?: Omit<MapOptions, "as" | "ordering" | "onError">,
): Promise<R>;
export function futureMapReduce(input: unknown, map: unknown, reduce: unknown, initial?: unknown, options?: unknown): Promise<unknown> {
  const verb = "futureMapReduce";
  if (typeof reduce !== "function") throw new OptionInvalid(`${verb}() needs a function to reduce with, not ${describeKind(reduce)}.`);
  const settings = parseMapOptions(options, verb);
  const start = initial === undefined ? [] : [initial];
  return runReduce({ verb, input, fn: map, reducer: reduce, initial: start, settings, above: futureMapReduce });
}

publish({ futureMapReduce });
