/** Puts everything that a host has started so far on the first core, by Linux's taskset. */

import { execFileSync } from "node:child_process";
import { hasProc, processesOf } from "./processes.mjs";

export function pinToOneCore(host) {
  if (!hasProc) throw new Error("only Linux binds threads to a core");
  for (const pid of processesOf(host)) execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", "0", pid]);
}
