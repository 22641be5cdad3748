/** Who hears of progress: a function of the user's, or a bar on a terminal. */

import type { MapSettings } from "./MapOptions.ts";
import type { ProgressListener } from "./ProgressMeter.ts";

/** A bar is for people: where standard error is no terminal there is none. */
export function listenerOf(progress: Exclude<MapSettings["progress"], false>): ProgressListener {
  const silent = (): undefined => undefined;
  return { update: typeof progress === "function" ? progress : silent, finish: silent };
}
