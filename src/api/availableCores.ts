/** `availableCores()`: what this process may use. */

import { refuseOption } from "../core/FutureOptions.ts";
import { countCores, findCores, type CoreFindings } from "../platform/availableCores.ts";
import { OptionReader } from "../plans/OptionReader.ts";
import { oneOf } from "../plans/rules.ts";
import { publish } from "../session/publish.ts";

/** Every finding by its source: the machine, affinity, cgroups, the batch system's environment, a worker's share. */
export function availableCores(options: { readonly which: "all" }): CoreFindings;
/**
 * How many cores this process may use: the least of all findings, and at least 1; inside a worker, its share.
 * R's `parallelly::availableCores()`.
 */
export function availableCores(options?: { readonly which?: "min" }): number;
export function availableCores(options?: { readonly which?: "all" | "min" }): number | CoreFindings {
  const read = new OptionReader(options, "availableCores()", refuseOption);
  const which = read.read("which", oneOf("all", "min"), "min");
  read.done();
  return which === "all" ? findCores() : countCores();
}

publish({ availableCores });
