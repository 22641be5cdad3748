/** What a process holds open, to be compared before and after: nothing of it may be the library's when all plans have been shut down. */

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { memoryUsage } from "node:process";
import type { Sample } from "../types.ts";

export interface Holdings {
  readonly resources: readonly string[];
  readonly children: readonly string[];
  /** What they lead to, without the numbers of pipes and sockets. */
  readonly descriptors: readonly string[];
  readonly threads: number;
  readonly listeners: number;
}

export function holdings(): Holdings {
  return {
    resources: process.getActiveResourcesInfo().toSorted(),
    children: readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
      .split(" ")
      .filter(Boolean)
      .map((pid) => `${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`),
    descriptors: readdirSync("/proc/self/fd")
      .map(targetOf)
      .filter((target) => !isModule.test(target)),
    threads: readdirSync("/proc/self/task").length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  };
}

/** Node 20 leaves the file of a module open when its thread is ended during `import()`; see README.md. */
const isModule = /\.[cm]?js$/;

function targetOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).replace(/:\[\d+\]/, "");
  } catch {
    return "the list of descriptors"; // it was open only while they were listed
  }
}

/** Lines that say what there is more of. */
export function compare(before: Holdings, after: Holdings): readonly string[] {
  const more = (["threads", "listeners"] as const).filter((key) => after[key] > before[key]);
  return [
    ...added(before.resources, after.resources).map((kind) => `leaked: ${kind}`),
    ...added(before.descriptors, after.descriptors).map((target) => `leaked: a descriptor of ${target}`),
    ...added(before.children, after.children).map((child) => `leaked: process ${child}`),
    ...more.map((key) => `leaked: ${after[key] - before[key]} ${key}`),
  ];
}

function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const rest = [...after];
  for (const each of before) if (rest.includes(each)) rest.splice(rest.indexOf(each), 1);
  return rest;
}

/** Collects garbage first: run with `--expose-gc`. */
export function sample(at: number, futures: number): Sample {
  globalThis.gc?.();
  const { heapUsed, rss, external } = memoryUsage();
  const { descriptors, threads, listeners } = holdings();
  return { at, heap: heapUsed, rss, external, descriptors: descriptors.length, threads, listeners, futures };
}
