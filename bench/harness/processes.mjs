/**
 * The processes of hosts and what they start, found by an environment variable that children inherit. Only Linux can tell (/proc);
 * elsewhere the lists are empty.
 */

import { readdirSync, readFileSync } from "node:fs";

export const mark = "FUTUREPLAN_BENCH_HOST";
export const hasProc = process.platform === "linux";

/** A file of /proc; empty when its process has gone. */
export function read(path) {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** Process ids of one host and its descendants, or of all hosts of this run. */
export function processesOf(host = `${process.pid}-`) {
  if (!hasProc) return [];
  const wanted = `${mark}=${host}`;
  const exact = !host.endsWith("-");
  const marked = (pid) =>
    read(`/proc/${pid}/environ`)
      .split("\0")
      .some((entry) => (exact ? entry === wanted : entry.startsWith(wanted)));
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && marked(name));
}
