/** `rng()`: the random stream of the future, or of the element, in which it is called. */

import { RngMisuse } from "../errors/errors.ts";
import { currentSession } from "../session/currentSession.ts";
import type { Generator } from "./Generator.ts";
import { feed, rest } from "./feedMathRandom.ts";
import { openStream } from "./openStream.ts";

/**
 * The stream that the option `seed` gave this future or element. Throws `RngMisuse` where there is none.
 *
 * @example await futureMap([1, 2, 3, 4], () => rng().random(2), { seed: 42 })
 */
export function rng(): Generator {
  const stream = currentSession().stream();
  if (isGenerator(stream)) return stream;
  const here =
    currentSession().current() === undefined
      ? "outside futures there is no stream; make a generator, such as new PCG64(1)"
      : "this future has no seed; give it one with the option seed";
  throw new RngMisuse(`rng(): ${here}.`);
}

/** Nobody but this library opens streams. */
function isGenerator(value: unknown): value is Generator {
  return value !== undefined;
}

currentSession().streams ??= { open: (seed, index) => openStream(seed, index ?? 0), feed, rest };
