/** How many workers a stratum gets, and the guard against more of them than there are cores. */

import { PlanInvalid } from "../errors/errors.ts";
import { oversubscribedText } from "../errors/words.ts";
import { countCores } from "../platform/availableCores.ts";
import { listWorkers } from "../platform/availableWorkers.ts";
import { environmentWorkers } from "../plans/environmentPlan.ts";
import { makeSpec } from "../plans/makeSpec.ts";
import type { Plan } from "../plans/parsePlan.ts";
import type { PlanSpec } from "../plans/PlanSpec.ts";
import { backendEntry } from "../plans/registry.ts";
import { engine } from "./engine.ts";
import { currentSession } from "../session/currentSession.ts";

/** Workers per core above which a plan is refused. */
const tooMany = 3;

/** The number of workers of a parallel stratum: its own, else `FUTURE_WORKERS` (not inside a worker), else the cores, or the hosts at hand. */
export function defaultWorkers(spec: PlanSpec): number {
  const { workers } = withWorkers(spec).options;
  return workers ?? inheritedWorkers() ?? countCores();
}

/** The same with the hosts at hand where it runs on hosts and names none: those of the batch system's allocation, or this machine. */
export function withWorkers(spec: PlanSpec): PlanSpec {
  if (spec.options.workers !== undefined || backendEntry(spec.backend).expand === undefined) return spec;
  return makeSpec(spec.backend, { ...spec.options, workers: listWorkers().slice(0, inheritedWorkers()) });
}

function inheritedWorkers(): number | undefined {
  return currentSession().worker === undefined ? environmentWorkers(process.env) : undefined;
}

/**
 * Warns about more workers on this machine than cores, once in this process, and throws `PlanInvalid` from three times as many on, unless
 * `oversubscribe`. Workers of nested strata multiply; where a nested stratum names no number, it takes its share.
 */
export function checkWorkers(strata: Plan): void {
  let workers = 1;
  for (const [depth, spec] of strata.entries()) {
    const { parallel, remote } = backendEntry(spec.backend).capabilities;
    if (parallel && remote && depth === 0) defaultWorkers(spec); // what a batch system left may be malformed
    if (!parallel || remote) return;
    workers *= depth === 0 ? defaultWorkers(spec) : (spec.options.workers ?? 1);
    if (!spec.options.oversubscribe) compare(spec, workers);
  }
}

function compare(spec: PlanSpec, workers: number): void {
  const cores = countCores();
  if (workers <= cores) return;
  const text = oversubscribedText(spec.backend, workers, cores);
  if (workers > tooMany * cores) throw new PlanInvalid(text);
  if (engine().oversubscribed) return;
  engine().oversubscribed = true;
  process.emitWarning(text, { type: "FutureWarning", code: "FUTURE_OVERSUBSCRIBED" });
}
