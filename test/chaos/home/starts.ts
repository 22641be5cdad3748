/** The book of starts: a file to which the code of every future adds a line before it does anything else. */

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { threadId } from "node:worker_threads";

/** Called inside futures. */
export function noteStart(file: string, key: string): void {
  appendFileSync(file, `${key} ${process.pid}/${threadId}\n`);
}

/** How often each key began. */
export function readStarts(file: string): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  if (!existsSync(file)) return starts;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [key] = line.split(" ");
    if (key !== undefined && key !== "") starts.set(key, (starts.get(key) ?? 0) + 1);
  }
  return starts;
}

/** Whether a process has noted anything. */
export function hasBegun(file: string, pid: number): boolean {
  return existsSync(file) && readFileSync(file, "utf8").includes(` ${pid}/`);
}
