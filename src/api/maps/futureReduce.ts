/** `futureReduce()`: one value from many, by an associative function. */

import { parseMapOptions, type MapOptions } from "../../core/maps/MapOptions.ts";
import { runReduce } from "../../core/maps/runReduce.ts";
import { OptionInvalid } from "../../errors/errors.ts";
import { describeKind } from "../../errors/words.ts";
import { publish } from "../../session/publish.ts";
import type { MapInput } from "./futureMap.ts";

/**
 * Combines all elements by `fn(left, right)`, which must be associative: it is applied as a balanced tree whose shape depends
 * on the number of elements only, so that even sums of floats are the same under every plan. `initial`, where given, comes first.
 * `fn` gets no random numbers of a seed. Rejects with `OptionInvalid` when there is nothing to combine.
 *
 * @example
 * await futureReduce(parts, (a, b) => a.merge(b));
 */
export function futureReduce<T>(
  xs: MapInput<T>,
  fn: (left: T, right: T) => T | Promise<T>,
  initial?: T,
  options?: Omit<MapOptions, "as" | "ordering" | "onError" | "seed">,
): Promise<T>;
export function futureReduce(input: unknown, fn: unknown, initial?: unknown, options?: unknown): Promise<unknown> {
  const verb = "futureReduce";
  if (typeof fn !== "function") throw new OptionInvalid(`${verb}() needs a function, not ${describeKind(fn)}.`);
  const settings = parseMapOptions(options, verb);
  const { seed } = settings.future;
  if (seed !== undefined && seed !== false)
    throw new OptionInvalid(
      `${verb}() has no random numbers for its function: it takes no option "seed". Draw them in the first function of futureMapReduce().`,
    );
  const start = initial === undefined ? [] : [initial];
  return runReduce({ verb, input, fn: same, reducer: fn, initial: start, settings, above: futureReduce });
}

function same(value: unknown): unknown {
  return value;
}

publish({ futureReduce });
