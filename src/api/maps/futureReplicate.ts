/** `futureReplicate()`: the same computation again and again, each time with random numbers of its own. */

import { parseMapOptions, type MapOptions, type TypedArrayConstructor } from "../../core/maps/MapOptions.ts";
import { runMap } from "../../core/maps/runMap.ts";
import { OptionInvalid } from "../../errors/errors.ts";
import { describeValue } from "../../errors/words.ts";
import { publish } from "../../session/publish.ts";

/** The values of `n` calls of `fn(index)`, in one typed array. */
export function futureReplicate<As extends TypedArrayConstructor>(
  n: number,
  fn: (index: number) => unknown,
  options: MapOptions & { readonly as: As },
): Promise<InstanceType<As>>;
/**
 * The values of `n` calls of `fn(index)`. Unlike in other maps the option `seed` is `true` unless given. R's `future_replicate()`.
 *
 * @example
 * await futureReplicate(1000, () => mean(rng().normal(50)), { seed: 42 });
 */
export function futureReplicate<R>(n: number, fn: (index: number) => R, options?: MapOptions): Promise<Awaited<R>[]>;
export function futureReplicate(n: unknown, fn: unknown, options?: unknown): Promise<unknown> {
  const verb = "futureReplicate";
  if (typeof n !== "number" || !Number.isSafeInteger(n) || n < 0) {
    throw new OptionInvalid(`${verb}(n, fn) needs a whole number of 0 or more, not ${describeValue(n)}.`);
  }
  const seeded = typeof options === "object" && options !== null && "seed" in options && options.seed !== undefined;
  const { future, ...settings } = parseMapOptions(options, verb);
  const input = Float64Array.from({ length: n }, (_, index) => index);
  return runMap({
    verb,
    input,
    fn,
    settings: { ...settings, future: seeded ? future : { ...future, seed: true } },
    above: futureReplicate,
  });
}

publish({ futureReplicate });
