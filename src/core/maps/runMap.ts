/** Runs a map to its end and gives all values. */

import { FutureError } from "../../errors/FutureError.ts";
import { OptionInvalid, PlanInvalid } from "../../errors/errors.ts";
import { Collector } from "./Collector.ts";
import { MapRun, type IndexedError } from "./MapRun.ts";
import { startMap, type MapRequest, type StartedMap } from "./startMap.ts";

/** What a map with `onError: "collect"` rejects with: `errors` carry their `index`, `values` holds what succeeded. */
export interface CollectedErrors extends AggregateError {
  /** In input order, with holes where an element failed. */
  readonly values: unknown;
}

/** Throws `OptionInvalid` at once; everything else rejects. */
export function runMap(request: MapRequest): Promise<unknown> {
  const { settings } = request;
  const started = beginMap(request);
  if (started instanceof Promise) return started;
  const { init, length, inOrder } = started;
  const collector = new Collector({ inOrder, length, as: settings.as });
  return finish(new MapRun({ ...init, sink: collector }), collector);
}

/** Throws for bad options; for what cannot travel it gives the rejected promise. */
export function beginMap(request: MapRequest): StartedMap | Promise<never> {
  try {
    return startMap(request);
  } catch (error) {
    if (error instanceof OptionInvalid || error instanceof PlanInvalid || !(error instanceof FutureError)) throw error;
    return Promise.reject(error);
  }
}

async function finish(run: MapRun, collector: Collector): Promise<unknown> {
  await run.run();
  collector.finish(run);
  throwErrors(run, () => collector.result());
  run.release();
  return collector.result();
}

/** Throws the error that won, or all that were collected. */
export function throwErrors(run: MapRun, values: () => unknown): void {
  if (run.failure !== undefined) throw run.failure.error;
  if (run.errors.length > 0) throw aggregate(run.errors, values());
}

function aggregate(errors: readonly IndexedError[], values: unknown): AggregateError {
  const list = errors.map(({ index, error }) => withIndex(error, index));
  const indices = errors.slice(0, 10).map(({ index }) => index);
  const message = `${errors.length} of the elements failed: ${indices.join(", ")}${errors.length > 10 ? ", …" : ""}`;
  return Object.assign(new AggregateError(list, message), { values });
}

/** Whatever cannot carry an index is the cause of an error that does. */
function withIndex(error: unknown, index: number): unknown {
  if (
    error instanceof Error &&
    Reflect.defineProperty(error, "index", { value: index, enumerable: true, configurable: true, writable: true })
  )
    return error;
  return Object.assign(new Error(`Element ${index} threw something that is no error.`, { cause: error }), { index });
}
