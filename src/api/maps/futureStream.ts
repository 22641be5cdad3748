/** `futureStream()`: a map whose values are taken as they come. */

import { readMapOptions, type MapOptions } from "../../core/maps/MapOptions.ts";
import { runStream } from "../../core/maps/runStream.ts";
import { refuseOption } from "../../core/FutureOptions.ts";
import { OptionReader } from "../../plans/OptionReader.ts";
import { aBoolean } from "../../plans/rules.ts";
import { publish } from "../../session/publish.ts";
import type { MapInput } from "./futureMap.ts";

export interface StreamOptions extends Omit<MapOptions, "as" | "ordering"> {
  /** Whether values come in input order, or as soon as they are there. Default `true`. */
  readonly ordered?: boolean | undefined;
}

/**
 * The values of `fn(x, index)`, as an async iterable: elements are read, and chunks run, no further ahead than a few chunks per
 * worker, so that endless input is welcome. `break` cancels what is under way. Chunks are sized from measured times unless
 * `chunkSize` or `scheduling` is given.
 *
 * @example
 * for await (const hit of futureStream(candidates(), (x) => examine(x))) if (hit.good) break;
 */
export function futureStream<T, R>(
  xs: MapInput<T>,
  fn: (x: T, index: number) => R,
  options?: StreamOptions,
): AsyncGenerator<Awaited<R>, void, undefined>;
export function futureStream(input: unknown, fn: unknown, options?: unknown): AsyncGenerator<unknown, void, undefined> {
  const verb = "futureStream";
  const read = new OptionReader(withoutUnfit(options), `${verb}()`, refuseOption);
  const ordered = read.read("ordered", aBoolean, true);
  const settings = readMapOptions(read);
  read.done();
  const scheduled = typeof options === "object" && options !== null && "scheduling" in options && options.scheduling !== undefined;
  return runStream({ verb, input, fn, settings: scheduled ? settings : { ...settings, scheduling: "auto" }, above: futureStream }, ordered);
}

/** These options of maps mean nothing here. */
function withoutUnfit(options: unknown): unknown {
  if (typeof options !== "object" || options === null) return options;
  for (const name of ["as", "ordering", "lazy"]) {
    if (Reflect.get(options, name) !== undefined) throw refuseOption(`futureStream() has no option "${name}".`);
  }
  return options;
}

publish({ futureStream });
