/** The methods of `console` that print, or change what the next one prints: all that are led to the future that calls them. */

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
