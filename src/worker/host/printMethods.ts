/** The console's methods that print, or that those need. */

import type { PrintMethod } from "../WorkerHost.ts";

export const printMethods: readonly PrintMethod[] = [
  "log",
  "info",
  "debug",
  "warn",
  "error",
  "trace",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "groupEnd",
  "count",
  "countReset",
  "time",
  "timeEnd",
  "timeLog",
  "assert",
];
