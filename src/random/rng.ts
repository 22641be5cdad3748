/** `rng()`: the random stream of the future, or of the element, in which it is called. */

import { RngMisuse } from "../errors/errors.ts";
import { currentSession } from "../session/currentSession.ts";
import type { Generator } from "./Generator.ts";
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

/** The streams of what runs, by its seed, which came with it and with nothing else. Elements of a chunk run one after the other. */
const open = new WeakMap<object, { readonly index: number; readonly stream: Generator }>();

function streamOf(seed: object, index: number): Generator {
  const known = open.get(seed);
  if (known?.index === index) return known.stream;
  const stream = openStream(seed, index);
  open.set(seed, { index, stream });
  return stream;
}

currentSession().streams ??= { open: (seed, index = 0) => streamOf(seed, index) };
