/** The system's `ssh` program, one for each command: for sites that need what only it can do. It checks keys and reads its configuration itself. */

import { spawn, type ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { systemClock } from "../../platform/clock.ts";
import type { HostSpec } from "../../plans/HostSpec.ts";
import { hostFault, textOf } from "./faults.ts";
import type { Gate } from "./Gate.ts";
import { LastLines } from "../LastLines.ts";
import type { Link, RemoteEnd, RemoteProcess } from "./Link.ts";

export interface ProgramOptions {
  readonly sshConfig: string | undefined;
  /** Milliseconds. */
  readonly heartbeat: number;
  readonly timeout: number;
}

/** With which the program ends when it is to blame itself. */
const own = 255;

export class SshProgram implements Link {
  readonly closed: Promise<void>;
  readonly #host: HostSpec;
  readonly #options: ProgramOptions;
  readonly #gate: Gate;
  readonly #running = new Map<ChildProcess, Promise<RemoteEnd>>();
  #isHeld = true;
  #reason: Error | undefined;
  #close: () => void = () => undefined;

  /** `gate`: each command is a connection of its own, and the server takes only a few new ones at a time. */
  constructor(host: HostSpec, options: ProgramOptions, gate: Gate) {
    this.#host = host;
    this.#options = options;
    this.#gate = gate;
    this.closed = new Promise((resolve) => (this.#close = resolve));
  }

  exec(command: string): Promise<RemoteProcess> {
    return this.#gate.pass(
      () => this.#start(command),
      (started) =>
        new Promise<void>((resolve) => {
          started.readable.once("data", () => resolve());
          void started.ended.then(() => resolve());
        }),
    );
  }

  ref(): void {
    this.#hold(true);
  }

  unref(): void {
    this.#hold(false);
  }

  async end(reason: Error | undefined): Promise<void> {
    this.#reason ??= reason;
    for (const child of this.#running.keys()) child.kill();
    await Promise.all(this.#running.values());
    this.#close();
  }

  async #start(command: string): Promise<RemoteProcess> {
    // In a session of its own, where no Ctrl-C of this process's terminal reaches it; what is interrupted there still has something to say.
    const child = spawn("ssh", [...this.#arguments(), command], { stdio: ["pipe", "pipe", "pipe"], windowsHide: true, detached: true });
    const words = new LastLines();
    child.stderr.on("data", (chunk: Uint8Array) => words.push(chunk));
    const ended = new Promise<RemoteEnd>((resolve) => {
      child.once("error", (error) => resolve({ cause: this.#fault(`the program \`ssh\` could not be run (${textOf(error)})`, error) }));
      // A turn later the system has let go of it.
      child.once("close", (code, signal) => systemClock.after(0, () => resolve(this.#endOf(code, signal, words)), true));
    }).finally(() => this.#running.delete(child));
    this.#running.set(child, ended);
    this.#apply(child);
    child.stdin.on("error", () => undefined); // its exit tells more
    return {
      readable: child.stdout,
      writable: child.stdin,
      stderr: child.stderr.pipe(new PassThrough()),
      ended,
      close: () => void child.kill(),
    };
  }

  #arguments(): readonly string[] {
    const { host, user, port } = this.#host;
    const { sshConfig, heartbeat, timeout } = this.#options;
    return [
      ...(sshConfig === undefined ? [] : ["-F", sshConfig]),
      ...(port === undefined ? [] : ["-p", String(port)]),
      ...(heartbeat > 0 ? ["-o", `ServerAliveInterval=${Math.ceil(heartbeat / 1000)}`, "-o", "ServerAliveCountMax=3"] : []),
      "-o",
      "BatchMode=yes",
      "-o",
      `ConnectTimeout=${Math.ceil(timeout / 1000)}`,
      "-o",
      "ClearAllForwardings=yes",
      "-T",
      "-e",
      "none",
      ...(user === undefined ? [] : ["-l", user]),
      "--",
      host,
    ];
  }

  #endOf(code: number | null, signal: string | null, words: LastLines): RemoteEnd {
    if (this.#reason !== undefined) return { cause: this.#reason };
    if (code === own)
      return {
        cause: this.#fault(`the program \`ssh\` ended with exit code ${own} (${words.toString() || "it said nothing"})`, undefined),
      };
    // Told by the shell there, in the way of shells.
    return { exitCode: code ?? undefined, signal: signal ?? undefined };
  }

  #fault(what: string, cause: unknown): Error {
    return hostFault(this.#host.host, "connect", what, `Try \`ssh ${this.#host.host} true\` in a terminal.`, cause);
  }

  #hold(held: boolean): void {
    this.#isHeld = held;
    for (const child of this.#running.keys()) this.#apply(child);
  }

  #apply(child: ChildProcess): void {
    const sockets = [child.stdin, child.stdout, child.stderr].filter((stream) => stream instanceof Socket);
    for (const handle of [child, ...sockets]) {
      if (this.#isHeld) handle.ref();
      else handle.unref();
    }
  }
}
