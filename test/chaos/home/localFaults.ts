/** Faults from outside on worker processes of this machine, which are children of this one. */

import { readFileSync } from "node:fs";

/** The workers that live now. */
export function localWorkers(): readonly number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  return children.filter((pid) => commandOf(pid).includes("worker.cjs"));
}

/** Whether there was one to send it to. */
export function signal(pid: number, name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false; // it ended by itself
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it ended by itself
  }
}
