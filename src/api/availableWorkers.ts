/** `availableWorkers()`: on which hosts this process may have workers. */

import { refuseOption } from "../core/FutureOptions.ts";
import { findWorkers, listWorkers, type WorkerFindings } from "../platform/availableWorkers.ts";
import { OptionReader } from "../plans/OptionReader.ts";
import { oneOf } from "../plans/rules.ts";
import { publish } from "../session/publish.ts";

/**
 * Every finding by the environment variable it comes from, in the order of precedence; `localhost` is this machine. Throws `PlanInvalid`
 * when one of them is malformed.
 *
 * @example
 * availableWorkers({ which: "all" }); // { SLURM_JOB_NODELIST: ["n1", "n1", "n2"], localhost: ["localhost", "localhost"] }
 */
export function availableWorkers(options: { readonly which: "all" }): WorkerFindings;
/**
 * The names of the workers that this process may use, at least one, a host as often as it has slots: those of `FUTURE_AVAILABLE_WORKERS`,
 * else of the batch system (LSF, PJM, PBS, Grid Engine, Slurm) or an MPI host file (Kubernetes), else `localhost` as often as
 * `availableCores()`; inside a worker, `localhost` by its share. Throws `PlanInvalid`, naming the variable, when its list or file is
 * malformed or unreadable. R's `parallelly::availableWorkers()`.
 *
 * @example
 * // In a job of Slurm with SLURM_JOB_NODELIST=n[01-02] and SLURM_JOB_CPUS_PER_NODE=2,1
 * availableWorkers(); // ["n01", "n01", "n02"]
 */
export function availableWorkers(options?: { readonly which?: "auto" }): string[];
export function availableWorkers(options?: { readonly which?: "all" | "auto" }): string[] | WorkerFindings {
  const read = new OptionReader(options, "availableWorkers()", refuseOption);
  const which = read.read("which", oneOf("all", "auto"), "auto");
  read.done();
  return which === "all" ? findWorkers() : listWorkers();
}

publish({ availableWorkers });
