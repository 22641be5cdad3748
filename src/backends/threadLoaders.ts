/**
 * Loaders that threads have to register themselves: before Node 22, `--import tsx` does nothing in a thread, though
 * the flag arrives there. Processes need none of this, they get the flag.
 */

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { flagsOf } from "../launchers/localProcess.ts";

const firstVersionWithout = 22;

export function threadLoaders(execArgv: readonly string[], nodeVersion: string, cwd: string): readonly string[] {
  if (Number.parseInt(nodeVersion, 10) >= firstVersionWithout) return [];
  const imported = flagsOf(execArgv)
    .map(importedBy)
    .find((specifier) => /^tsx(\/|$)|^file:.*\/tsx\/dist\//.test(specifier));
  if (imported === undefined) return [];
  const from = imported.startsWith("file:") ? imported : join(cwd, "noop.js");
  // `require` finds the CommonJS build; what a thread imports stands beside it.
  const { resolve } = createRequire(from); // taken out: webpack would take tsx into a bundle
  return [pathToFileURL(resolve("tsx/esm/api").replace(/\.cjs$/, ".mjs")).href];
}

/** What `--import x`, `--import=x` (or the older `--loader`) names; else nothing. */
function importedBy([word = "", next = ""]: readonly string[]): string {
  const [, inline = next] = /^--(?:import|loader|experimental-loader)(?:=(.*))?$/.exec(word) ?? ["", ""];
  return inline;
}
