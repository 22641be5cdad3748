/**
 * Hosts as namespaces of Linux: each has its own address, host name, pids, home and `/dev/shm`, but the same file system apart from
 * what is hidden. Needs root and the kernel's leave; `hosts.sh` does the work.
 */

import { readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { childOf, listProcesses } from "./listProcesses.ts";
import { configureSshd, enterHost, environmentOf, makeKey, nameOf, type State } from "./makeState.ts";
import { runCommand } from "./runCommand.ts";
import { Supervisor } from "./Supervisor.ts";
import type { HostsOptions, Opened, Reach, Verbs } from "./types.ts";

const sshPort = 2222;

export async function openNamespaceHosts(state: State, options: Required<Omit<HostsOptions, "mode">>): Promise<Opened> {
  if (process.platform !== "linux" || userInfo().uid !== 0) throw new Error("namespaces need root on Linux");
  const supervisor = new Supervisor(
    state.directory,
    state.tag,
    options.hide.map((folder) => resolve(folder)),
  );
  const stop = (): Promise<void> => supervisor.stop();
  try {
    await supervisor.layNetwork(0);
    const network = `198.18.${supervisor.told.get("number") ?? 0}`;
    const indices = Array.from({ length: options.count }, (_, index) => index + 1);
    await writeNames(state, network, indices);
    const reaches: Reach[] = [];
    for (const index of indices) reaches.push(await configure(state, network, index, options.sshdOptions));
    const hosts = reaches.map((reach, at) => ({ ...reach, ...verbsOf(supervisor, state, reach, at + 1) }));
    await Promise.all(hosts.map((host) => host.boot()));
    return { hosts, clientAddress: `${network}.254`, verbs: ["hide", "sshdOptions"], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the hosts take for `/etc/hosts` and `/etc/shadow`: sshd refuses accounts that are locked with `!`. */
async function writeNames(state: State, network: string, indices: readonly number[]): Promise<void> {
  const entries = indices.map((index) => `${network}.${index} ${nameOf(index)}\n`);
  await writeFile(join(state.directory, "hosts"), `127.0.0.1 localhost\n::1 localhost\n${entries.join("")}`);
  const shadow = await readFile("/etc/shadow", "utf8");
  await writeFile(join(state.directory, "shadow"), shadow.replace(/^root:![^:]*:/m, "root:*:"), { mode: 0o600 });
}

async function configure(state: State, network: string, index: number, sshdOptions: readonly string[]): Promise<Reach> {
  const name = nameOf(index);
  const hostKey = makeKey();
  const reach = await enterHost(state, name, `${network}.${index}`, sshPort, hostKey);
  await configureSshd(state, name, { address: "0.0.0.0", port: sshPort }, hostKey, sshdOptions);
  const accounts = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => withHome(line, reach));
  await writeFile(join(state.directory, `${name}.passwd`), accounts.join("\n"));
  return reach;
}

/** The user's home on the host, so that its sessions start there. */
function withHome(account: string, { user, home }: Reach): string {
  const fields = account.split(":");
  return fields[0] === user ? fields.with(5, home).join(":") : account;
}

function verbsOf(supervisor: Supervisor, state: State, { name, home }: Reach, index: number): Verbs {
  /** The host's first process, as pids are counted here. */
  const init = async (): Promise<number> => {
    const pid = await childOf(supervisor.told.get(name) ?? 0);
    if (pid === undefined) throw new Error(`${name} is not running`);
    return pid;
  };
  return {
    linkDown: () => supervisor.ask("link", name, index, "down"),
    linkUp: () => supervisor.ask("link", name, index, "up"),
    crash: () => supervisor.ask("crash", name, index),
    boot: () => supervisor.ask("boot", name, index),
    exec: async (command) => {
      const inside = ["-t", String(await init()), "-n", "-u", "-i", "-p", "-m", `--wd=${home}`];
      return runCommand("nsenter", [...inside, "/bin/sh", "-c", command], { env: environmentOf(state, name) });
    },
    pids: async () => {
      const first = await init().catch(() => undefined);
      return first === undefined ? [] : await listProcesses(`/proc/${first}/root/proc`);
    },
  };
}
