/** A real `sshd` on 127.0.0.1, as this user. It ends with this process where the kernel can see to that. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, closeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalServer } from "./localHosts.ts";
import { configureSshd, environmentOf, type KeyPair, type State } from "./makeState.ts";

const places = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd", "/opt/homebrew/sbin/sshd"];

export function findSshd(): string {
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error("no sshd is installed");
  return found;
}

export function sshdServer(state: State, name: string, hostKey: KeyPair, options: readonly string[]): LocalServer {
  const sshd = findSshd();
  const logFile = join(state.directory, `${name}.log`);
  let child: ChildProcess | undefined;
  return {
    start: async () => {
      // Somebody else may take the port in between; of other reasons the last one counts.
      for (let attempt = 1; ; attempt += 1) {
        const port = await freePort();
        const config = await configureSshd(state, name, { address: "127.0.0.1", port }, hostKey, options);
        child = launch([sshd, "-D", "-e", "-f", config], logFile, environmentOf(state, name));
        const why = await listening(child, port, logFile);
        if (why === undefined) return port;
        if (attempt === 3) throw new Error(`sshd does not listen: ${why}`);
      }
    },
    roots: () => (child?.pid === undefined ? [] : [child.pid]),
    kill: async () => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

function launch(command: readonly string[], logFile: string, env: NodeJS.ProcessEnv): ChildProcess {
  const log = openSync(logFile, "a");
  const bound = process.platform === "linux" && existsSync("/usr/bin/setpriv");
  const [file = "", ...args] = bound ? ["/usr/bin/setpriv", "--pdeathsig", "KILL", ...command] : command;
  const child = spawn(file, args, { env, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  return child;
}

/** A port that nobody had a moment ago: sshd cannot choose one itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Settles when sshd greets; otherwise with what it said when it ended. */
async function listening(child: ChildProcess, port: number, logFile: string): Promise<string | undefined> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await answers(port)) return undefined;
    await sleep(10);
  }
  return (await readFile(logFile, "utf8")).trim().split("\n").slice(-3).join(" ");
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    // A socket may get the very port that it asks for, and then speaks to itself.
    socket.once("connect", () => socket.localPort === port && socket.destroy());
    socket.once("data", () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
    socket.on("data", () => socket.destroy());
  });
}
