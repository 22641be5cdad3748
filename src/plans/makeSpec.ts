/** The spec factories: one stratum of a plan as plain, frozen data. Every option is checked here. */

import type { ClusterOptionsInput } from "./clusterOptions.ts";
import { parseOptions, type PlanOptionsInput } from "./parseOptions.ts";
import type { PlanSpec } from "./PlanSpec.ts";

/** The spec of any backend by name. Throws `PlanInvalid`. */
export function makeSpec(backend: string, options?: unknown): PlanSpec {
  return Object.freeze({ backend, options: parseOptions(backend, options) });
}

/** Futures run in this thread, one after the other; R's `sequential`. */
export function sequential(options?: Pick<PlanOptionsInput, "maxOutput" | "rngMisuse">): PlanSpec {
  return makeSpec("sequential", options);
}

/** Futures run in worker threads; large arrays are shared, not copied. R's `multicore`, without fork. */
export function multicore(options?: PlanOptionsInput): PlanSpec {
  return makeSpec("multicore", options);
}

/** Futures run in child processes on this machine; R's `multisession`. */
export function multisession(options?: PlanOptionsInput): PlanSpec {
  return makeSpec("multisession", options);
}

/** Futures run in processes on other hosts, over SSH, with nothing installed there but Node; R's `cluster`. */
export function cluster(options?: ClusterOptionsInput): PlanSpec {
  return makeSpec("cluster", options);
}
