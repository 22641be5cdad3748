/**
 * Hosts that are servers on 127.0.0.1, each behind a relay that stands for its cable: real `sshd` processes, or servers of ssh2 in this
 * process. Their processes are this machine's; they are told by a mark in their environment.
 */

import { userInfo } from "node:os";
import { LinkRelay } from "./LinkRelay.ts";
import { listMarked } from "./listProcesses.ts";
import { enterHost, environmentOf, makeKey, nameOf, type KeyPair, type State } from "./makeState.ts";
import { runCommand } from "./runCommand.ts";
import { Supervisor } from "./Supervisor.ts";
import type { Host, Opened, Verb, Verbs } from "./types.ts";

/** A server that can be started again on the port of its choice. */
export interface LocalServer {
  /** Settles with the port on 127.0.0.1 when connections are accepted. */
  start(): Promise<number>;
  /** The server's own processes; what they started is found from there. */
  roots(): readonly number[];
  /** Ends the server. What its commands started is ended by others. */
  kill(): Promise<void>;
}

export type MakeServer = (name: string, hostKey: KeyPair) => LocalServer;

interface LocalHost {
  readonly host: Host;
  readonly relay: LinkRelay;
  readonly server: LocalServer;
}

export async function openLocalHosts(state: State, count: number, makeServer: MakeServer, verbs: readonly Verb[]): Promise<Opened> {
  // Here only to clean up should this process die.
  const supervisor = new Supervisor(state.directory, state.tag);
  const opened: LocalHost[] = [];
  const stop = async (): Promise<void> => {
    for (const { relay, server } of opened) {
      relay.close();
      await server.kill();
    }
    await supervisor.stop();
  };
  try {
    for (let index = 1; index <= count; index += 1) opened.push(await openHost(state, nameOf(index), makeServer));
    await Promise.all(opened.map(({ host }) => host.boot()));
    return { hosts: opened.map(({ host }) => host), clientAddress: "127.0.0.1", verbs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openHost(state: State, name: string, makeServer: MakeServer): Promise<LocalHost> {
  const hostKey = makeKey();
  const relay = await LinkRelay.open();
  const reach = await enterHost(state, name, "127.0.0.1", relay.port, hostKey);
  const server = makeServer(name, hostKey);
  return { host: { ...reach, ...verbsOf(state, name, relay, server) }, relay, server };
}

function verbsOf(state: State, name: string, relay: LinkRelay, server: LocalServer): Verbs {
  let running = false;
  const needRunning = (): void => {
    if (!running) throw new Error(`${name} is not running`);
  };
  const pids: Verbs["pids"] = () => listMarked(`${state.tag}/${name}`, server.roots());
  return {
    linkDown: async () => {
      needRunning();
      relay.down();
    },
    linkUp: async () => {
      needRunning();
      relay.up();
    },
    crash: async () => {
      relay.down();
      running = false;
      // Found before the server goes: then its sessions have another parent. Again, because processes may just be starting others.
      let victims = await pids();
      await server.kill();
      for (; victims.length > 0; victims = await pids()) for (const { pid } of victims) kill(pid);
    },
    boot: async () => {
      if (running) return;
      relay.cut();
      relay.target = await server.start();
      relay.up();
      running = true;
    },
    exec: async (command) => {
      needRunning();
      const env = environmentOf(state, name);
      return runCommand("/bin/sh", ["-c", command], { env, cwd: env["HOME"] ?? "/" });
    },
    pids,
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The shell that a login of this user gets. */
export function loginShell(): string {
  return userInfo().shell ?? "/bin/sh";
}
