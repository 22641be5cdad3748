/**
 * Real SSH hosts for tests. `startHosts()` takes the first mode that works here: namespaces, then sshd on 127.0.0.1, then a server of
 * ssh2 in this process; it says which, and the reasons against the others. All of it ends with this process, however that ends.
 */

import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openLocalHosts } from "./localHosts.ts";
import { makeState, type State } from "./makeState.ts";
import { openNamespaceHosts } from "./namespaceHosts.ts";
import { runCommand } from "./runCommand.ts";
import { connectTo, runOver } from "./sshClient.ts";
import { ssh2Server } from "./ssh2Server.ts";
import { findSshd, sshdServer } from "./sshdServer.ts";
import type { Host, Hosts, HostsOptions, Mode, Opened, Verb } from "./types.ts";

export type { Host, Hosts, Mode } from "./types.ts";

type Options = Required<Omit<HostsOptions, "mode">>;

const modes: Readonly<Record<Mode, (state: State, options: Options) => Promise<Opened>>> = {
  namespaces: openNamespaceHosts,
  loopback: async (state, { count, sshdOptions }) => {
    findSshd();
    return openLocalHosts(state, count, (name, hostKey) => sshdServer(state, name, hostKey, sshdOptions), ["sshdOptions"]);
  },
  inprocess: (state, { count }) => openLocalHosts(state, count, (name, hostKey) => ssh2Server(state, name, hostKey), []),
};

const order: readonly Mode[] = ["namespaces", "loopback", "inprocess"];

export async function startHosts(options: HostsOptions = {}): Promise<Hosts> {
  const { mode = forcedMode(), count = 3, hide = [], sshdOptions = [] } = options;
  const against: string[] = [];
  for (const candidate of mode === undefined ? order : [mode]) {
    try {
      const hosts = await open(candidate, { count, hide, sshdOptions });
      sayOnce(hosts, against);
      return hosts;
    } catch (error) {
      against.push(`${candidate}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`no SSH hosts here: ${against.join("; ")}`);
}

function forcedMode(): Mode | undefined {
  const asked = process.env["FUTUREPLAN_TEST_HOSTS"];
  if (asked === undefined || asked === "") return undefined;
  const mode = order.find((known) => known === asked);
  if (mode === undefined) throw new Error(`FUTUREPLAN_TEST_HOSTS must be ${order.join(", ")}; got ${asked}`);
  return mode;
}

async function open(mode: Mode, options: Options): Promise<Hosts> {
  if (mode !== "inprocess") await install();
  const state = await makeState();
  const discard = (): Promise<void> => rm(state.directory, { recursive: true, force: true });
  const opened = await modes[mode](state, options).catch(async (error: unknown) => {
    await discard();
    throw error;
  });
  const stop = (): Promise<void> => opened.stop().then(discard);
  const [first] = opened.hosts;
  if (first !== undefined) {
    await probe(first).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  }
  return { ...describeHosts(mode, state, opened), stop, [Symbol.asyncDispose]: stop };
}

function describeHosts(
  mode: Mode,
  state: State,
  { hosts, clientAddress, verbs }: Opened,
): Omit<Hosts, "stop" | typeof Symbol.asyncDispose> {
  const everywhere: readonly Verb[] = ["linkDown", "linkUp", "crash", "boot", "exec"];
  const { directory, keyFile, knownHostsFile, sshConfigFile } = state;
  return {
    mode,
    verbs: new Set([...everywhere, ...(process.platform === "linux" ? (["pids"] as const) : []), ...verbs]),
    list: hosts,
    directory,
    sshConfigFile,
    knownHostsFile,
    keyFile,
    clientAddress,
  };
}

/** A mode counts as possible only when a command runs: the user may have no shell, sshd may refuse the account. */
async function probe(host: Host): Promise<void> {
  const client = await connectTo(host);
  const { code } = await runOver(client, "true").finally(() => client.end());
  if (code !== 0) throw new Error(`the shell of ${host.user} ends with ${code}`);
}

let installed: Promise<void> | undefined;

/** Once in a process; at once where all is there. */
function install(): Promise<void> {
  installed ??= (async () => {
    const { code, stderr } = await runCommand("bash", [fileURLToPath(new URL("installSshd.sh", import.meta.url))], { env: process.env });
    if (code !== 0) throw new Error(stderr.trim().split("\n").at(-1) ?? "nothing could be installed");
  })();
  return installed;
}

const said = new Set<string>();

function sayOnce({ mode, verbs }: Hosts, against: readonly string[]): void {
  const reasons = against.length === 0 ? "" : `; not ${against.join("; not ")}`;
  const line = `SSH hosts for tests: ${mode} mode (${[...verbs].join(", ")})${reasons}`;
  if (!said.has(line)) process.stdout.write(`${line}\n`);
  said.add(line);
}
