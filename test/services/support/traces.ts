/** What hosts leave on a machine, looked for by their folder, mark and network, since other tests run at the same time. */

import { existsSync } from "node:fs";
import { readFile, readdir, readlink } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** The network namespaces that processes are in. */
export async function networkNamespaces(): Promise<Set<string>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const links = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/ns/net`).catch(() => "")));
  return new Set(links.filter((link) => link !== ""));
}

/** Sentences, one for each thing that is still there of hosts with this folder and, in namespaces mode, this address. */
export async function traces(directory: string, address: string): Promise<string[]> {
  const found: string[] = [];
  if (existsSync(directory)) found.push(`the folder ${directory}`);
  if ((await readFile("/proc/self/mountinfo", "utf8")).includes(directory)) found.push(`a mount of ${directory}`);
  const network = address.split(".").slice(0, 3).join(".");
  const devices = Object.entries(networkInterfaces()).filter(([, addresses]) =>
    addresses?.some((one) => one.address.startsWith(`${network}.`)),
  );
  if (network !== "127.0.0") found.push(...devices.map(([name]) => `the device ${name}`));
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const text = await Promise.all(["cmdline", "environ"].map((file) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "")));
    if (text.some((part) => part.includes(directory))) found.push(`the process ${pid}: ${text[0]?.replaceAll("\0", " ")}`);
  }
  return found;
}

/** Waits until no more than `few` things are left, and gives what stays after that many seconds. */
export async function tracesAfter(directory: string, address: string, seconds: number, few: number = 0): Promise<string[]> {
  let left = await traces(directory, address);
  for (let waited = 0; left.length > few && waited < seconds; waited += 0.1) {
    await sleep(100);
    left = await traces(directory, address);
  }
  return left;
}
