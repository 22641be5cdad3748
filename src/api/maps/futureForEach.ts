/** `futureForEach()`: a map for its effects; nothing is sent back. */

import { parseMapOptions, type MapOptions } from "../../core/maps/MapOptions.ts";
import { runMap } from "../../core/maps/runMap.ts";
import { publish } from "../../session/publish.ts";
import type { MapInput } from "./futureMap.ts";

/** Runs `fn(x, index)` for every element and forgets what it returns. purrr's `future_walk()`. Takes the options of `futureMap`. */
export function futureForEach<T>(xs: MapInput<T>, fn: (x: T, index: number) => unknown, options?: MapOptions): Promise<void>;
export function futureForEach(input: unknown, fn: unknown, options?: unknown): Promise<void> {
  const settings = parseMapOptions(options, "futureForEach");
  return runMap({ verb: "futureForEach", input, fn, settings, above: futureForEach, discard: true }).then(() => undefined);
}

publish({ futureForEach });
