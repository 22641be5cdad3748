/** How many workers a plan has, and how many cores each may call its own. */

import { countCores } from "../../platform/availableCores.ts";
import type { PlanOptions } from "../../plans/PlanSpec.ts";

export interface PoolSize {
  readonly workers: number;
  /** A worker's share of this process's cores, at least what its native threads may use. */
  readonly cores: number;
}

export function poolSize(options: PlanOptions): PoolSize {
  const available = countCores();
  const workers = options.workers ?? available;
  return { workers, cores: Math.max(1, options.threadsPerWorker, Math.floor(available / workers)) };
}
