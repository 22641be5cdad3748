/** Processes as Linux shows them under a `/proc`; elsewhere there are none to be seen. */

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { HostProcess } from "./types.ts";

/** All processes under `proc` that have a command line: neither threads of the kernel nor zombies. */
export async function listProcesses(proc: string = "/proc"): Promise<HostProcess[]> {
  const names = await readdir(proc).catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ({ pid, command: await commandOf(proc, pid) })));
  return found.filter(({ command }) => command !== "").toSorted((a, b) => a.pid - b.pid);
}

/** The processes that carry `FUTUREPLAN_TEST_HOST=mark`, and `roots` with all their descendants. */
export async function listMarked(mark: string, roots: readonly number[]): Promise<HostProcess[]> {
  const all = await Promise.all((await listProcesses()).map(async (one) => ({ ...one, ...(await originOf(one.pid, mark)) })));
  const wanted = new Set(roots);
  for (const { pid, marked } of all) if (marked) wanted.add(pid);
  // Children have mostly, but not always, the higher pid: repeat until nothing is new.
  for (let size = -1; size !== wanted.size;) {
    size = wanted.size;
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid);
  }
  return all.filter(({ pid }) => wanted.has(pid)).map(({ pid, command }) => ({ pid, command }));
}

/** The first child of a process. */
export async function childOf(pid: number): Promise<number | undefined> {
  const [child] = (await read(`/proc/${pid}/task/${pid}/children`)).split(" ").filter(Boolean);
  return child === undefined ? undefined : Number(child);
}

async function originOf(pid: number, mark: string): Promise<{ marked: boolean; parent: number }> {
  const environment = await read(`/proc/${pid}/environ`);
  const status = await read(`/proc/${pid}/stat`);
  // The name in brackets may hold anything; after it come state and parent.
  const parent = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]);
  return { marked: environment.split("\0").includes(`FUTUREPLAN_TEST_HOST=${mark}`), parent };
}

async function commandOf(proc: string, pid: number): Promise<string> {
  return (await read(join(proc, String(pid), "cmdline"))).replaceAll("\0", " ").trim();
}

/** A process may end, or be somebody else's, while it is looked at. */
function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
