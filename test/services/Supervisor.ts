/**
 * The TypeScript end of `hosts.sh`: verbs as promises. The script outlives this process just long enough to clean up after it,
 * because its stdin ends with this process, however that dies.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("hosts.sh", import.meta.url));
const patience = 30_000;

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

export class Supervisor {
  /** What the script told besides answers: `number` and the pid of each host. */
  readonly told: Map<string, number> = new Map();
  readonly #child: ChildProcess;
  /** By verb and host, in the order of asking. */
  readonly #waiting = new Map<string, Waiting[]>();
  #over = false;
  readonly #ended: Promise<unknown>;

  constructor(directory: string, tag: string, hide: readonly string[] = []) {
    const env = { ...process.env, SSHD_HIDE: hide.join(":") };
    // A group of its own: Ctrl-C is for the tests, not for what cleans up after them.
    this.#child = spawn("bash", [script, directory, tag], { detached: true, env, stdio: ["pipe", "pipe", "inherit"] });
    this.#ended = once(this.#child, "exit").catch((error: Error) => error);
    void this.#ended.then(() => this.#end());
    // A broken pipe is the exit's to report.
    this.#child.stdin?.on("error", () => undefined);
    const lines = createInterface({ input: this.#child.stdout ?? process.stdin });
    lines.on("line", (line) => this.#read(line));
    this.#child.unref();
    for (const pipe of [this.#child.stdin, this.#child.stdout]) (pipe as Socket | null)?.unref();
  }

  /** Sends `verb host rest`; settles with its answer. */
  ask(verb: string, host: string, ...rest: readonly (string | number)[]): Promise<void> {
    return this.#answerTo(`${verb} ${host}`, [verb, host, ...rest].join(" "));
  }

  /** Lays the network; `first` is the first number of a network to try. */
  layNetwork(first: number): Promise<void> {
    return this.#answerTo("switch -", `switch ${first}`);
  }

  /** Everything ends; settles when nothing is left. */
  async stop(): Promise<void> {
    this.#over = true;
    this.#child.ref();
    this.#child.stdin?.end();
    await this.#ended;
  }

  #answerTo(key: string, line: string): Promise<void> {
    if (this.#over) return Promise.reject(new Error(`${key}: the hosts are stopped`));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${key}: no answer in ${patience / 1000} s`)), patience);
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        settle();
      };
      const waiting = { resolve: () => done(resolve), reject: (error: Error) => done(() => reject(error)) };
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), waiting]);
      this.#child.stdin?.write(`${line}\n`);
    });
  }

  #read(line: string): void {
    const [verb = "", host = "", status = "", ...rest] = line.split(" ");
    if (verb === "pid") this.told.set(host, Number(status));
    if (verb === "number") this.told.set(verb, Number(host));
    if (status !== "ok" && status !== "failed:") return;
    const waiting = this.#waiting.get(`${verb} ${host}`)?.shift();
    if (status === "ok") waiting?.resolve();
    else waiting?.reject(new Error(`${verb} ${host} failed: ${rest.join(" ")}`));
  }

  #end(): void {
    this.#over = true;
    for (const [key, all] of this.#waiting) for (const { reject } of all) reject(new Error(`${key}: hosts.sh has ended`));
  }
}
