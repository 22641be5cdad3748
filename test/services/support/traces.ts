/** What hosts leave on a machine, looked for by their folder, mark and network, since other tests run at the same time. */

import { existsSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { listMarked, listProcesses } from "../listProcesses.ts";
import type { HostProcess } from "../types.ts";

/** The script that cleans up after the hosts of this folder. */
export async function keeperOf(directory: string): Promise<number> {
  const keeper = (await listProcesses()).find(({ command }) => command.includes(`hosts.sh ${directory}`));
  if (keeper === undefined) throw new Error(`nothing cleans up after ${directory}`);
  return keeper.pid;
}

/** The keeper of these hosts and all that it started: in namespaces mode the switch and every process of the hosts. */
export async function keptBy(keeper: number): Promise<HostProcess[]> {
  return listMarked("", [keeper]);
}

/** How many network namespaces these processes have besides this process's. */
export async function countNetworks(processes: readonly HostProcess[]): Promise<number> {
  const networkOf = (pid: number): Promise<string> => readlink(`/proc/${pid}/ns/net`).catch(() => "");
  const links = new Set(await Promise.all(processes.map(({ pid }) => networkOf(pid))));
  for (const link of ["", await networkOf(process.pid)]) links.delete(link);
  return links.size;
}

/** The hardware address of this machine's end of the hosts' network: unlike its name, no later network gets it. */
export function deviceTo(address: string): string {
  const network = address.slice(0, address.lastIndexOf(".") + 1);
  const devices = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return devices.find((one) => one.address.startsWith(network) && !one.internal)?.mac ?? "none";
}

/** Sentences, one for each thing that is still there of hosts with this folder and device. */
export async function traces(directory: string, device: string): Promise<string[]> {
  const found: string[] = [];
  if (existsSync(directory)) found.push(`the folder ${directory}`);
  if ((await readFile("/proc/self/mountinfo", "utf8")).includes(directory)) found.push(`a mount of ${directory}`);
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (addresses?.some(({ mac }) => mac === device)) found.push(`the device ${name}`);
  }
  for (const { pid, command } of await listProcesses()) {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (`${command}${environment}`.includes(directory)) found.push(`the process ${pid}: ${command}`);
  }
  return found;
}

/** Waits until no more than `few` things are left, and gives what stays after that many seconds. */
export async function tracesAfter(directory: string, device: string, seconds: number, few: number = 0): Promise<string[]> {
  let left = await traces(directory, device);
  for (let waited = 0; left.length > few && waited < seconds; waited += 0.1) {
    await sleep(100);
    left = await traces(directory, device);
  }
  return left;
}
