/** Starts a worker thread with the flags of this process, less those that Node refuses for threads. */

import { Worker, type WorkerOptions } from "node:worker_threads";
import { flagsOf, inheritedFlags } from "../launchers/localProcess.ts";

export function openThread(program: URL, execArgv: readonly string[], options: WorkerOptions): Worker {
  const flags = inheritedFlags(execArgv);
  try {
    return new Worker(program, { ...options, execArgv: [...flags] });
  } catch (error) {
    return new Worker(program, { ...options, execArgv: acceptedFlags(flags, error) });
  }
}

/** Flags of V8 and of the whole process are refused by name, which differ between versions; threads follow them anyway. */
function acceptedFlags(flags: readonly string[], error: unknown): string[] {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_WORKER_INVALID_EXEC_ARGV")) throw error;
  const refused = new Set(
    error.message
      .slice(error.message.indexOf(":") + 1)
      .split(",")
      .map((flag) => flag.trim()),
  );
  return flagsOf(flags)
    .filter(([word = ""]) => !refused.has(word))
    .flat();
}
