/**
 * A program with futures in a process of its own, watched until nothing that it started is left: `reap.py` adopts its orphans, so that
 * the end of each worker is an event. `canWatch` says whether that is possible here. What is left when its test ends is killed.
 */

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

const reaper = fileURLToPath(new URL("reap.py", import.meta.url));
const library = new URL("../../../dist/index.js", import.meta.url).href;

/** Only Linux hands over orphans. */
export const canWatch: boolean = process.platform === "linux" && spawnSync("python3", ["--version"]).status === 0;

/** Source for the head of a script: waiting for what is printed, and for the moment when SIGINT is listened for. */
const head = `
  import * as fp from ${JSON.stringify(library)};
  const { future, value } = fp;
  const heard = (text, log = console.log) => new Promise((done) => {
    console.log = (...args) => { log(...args); if (args.join(" ").includes(text)) { console.log = log; setImmediate(done) } };
  });
  const listening = () => new Promise((done) => {
    if (process.listenerCount("SIGINT") > 0) return done();
    const added = (name) => { if (name === "SIGINT") { process.off("newListener", added); setImmediate(done) } };
    process.on("newListener", added);
  });
  const interrupt = () => process.kill(process.pid, "SIGINT");
`;

export interface HomeOptions {
  readonly terminal?: boolean;
  readonly execArgv?: readonly string[];
  readonly cwd?: string;
}

export interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

type Event = "stopped" | "gone" | { readonly ended: End };

export class Home {
  stdout = "";
  stderr = "";
  readonly #child: ChildProcess;
  readonly #events: Event[] = [];
  #isClosed = false;
  #waiting: (() => void)[] = [];

  /** Runs a script under a plan, which is given by the arguments of `plan()`, as source. */
  static run(plan: string, source: string, { execArgv = [], ...options }: HomeOptions = {}): Home {
    return new Home([...execArgv, "--input-type=module", "-e", `${head}fp.plan(${plan});\n${source}`], options);
  }

  /** Runs `node` with these arguments. */
  constructor(args: readonly string[], { terminal = false, execArgv = [], cwd }: HomeOptions = {}) {
    const command = [process.execPath, ...execArgv, ...args];
    this.#child = spawn("python3", [reaper, ...(terminal ? ["-t"] : []), ...command], {
      env: outsideVitest(),
      stdio: ["pipe", "pipe", "pipe", "pipe"],
      ...(cwd !== undefined && { cwd }),
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#change(() => (this.stdout += text)));
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#change(() => (this.stderr += text)));
    onTestFinished(() => void (this.#isClosed || this.#child.kill()));
    this.#child.on("close", () => this.#change(() => (this.#isClosed = true)));
    const events = this.#child.stdio[3];
    if (events instanceof Readable) createInterface(events).on("line", (line) => this.#change(() => this.#events.push(parseEvent(line))));
  }

  /** Types into its terminal. */
  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Its terminal is gone. */
  hangUp(): void {
    this.#child.kill("SIGUSR1");
  }

  /** Resolves when standard output holds the text, behind another one if given. */
  async prints(text: string, after: string = ""): Promise<void> {
    await this.#until(() => this.stdout.includes(after) && this.stdout.includes(text, this.stdout.indexOf(after)));
  }

  /** The same for standard error. */
  async complains(text: string): Promise<void> {
    await this.#until(() => this.stderr.includes(text));
  }

  async stopped(): Promise<void> {
    await this.#until(() => this.#events.includes("stopped"));
  }

  /** Resolves when it and everything that it started is gone, and all that they wrote has come. */
  async gone(): Promise<End> {
    await this.#until(() => this.#isClosed);
    if (!this.#events.includes("gone")) throw new Error("what it has left was not heard of");
    const ended = this.#events.find((event) => typeof event === "object");
    if (ended === undefined) throw new Error("nothing was heard of its end");
    return ended.ended;
  }

  /** Reads no more of its standard output until `resume`. */
  pause(): void {
    this.#child.stdout?.pause();
  }

  resume(): void {
    this.#child.stdout?.resume();
  }

  #change(make: () => void): void {
    make();
    const woken = this.#waiting;
    this.#waiting = [];
    for (const wake of woken) wake();
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#isClosed) throw new Error(`it is gone, without what was waited for; standard error: ${this.stderr}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

/** The environment without what this test runner put there. */
function outsideVitest(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|FUTURE_|TEST$|CI$)/.test(name));
  return Object.fromEntries(entries);
}

function parseEvent(line: string): Event {
  const event = JSON.parse(line) as { ended?: End; stopped?: true; gone?: true };
  return event.ended === undefined ? (event.stopped === true ? "stopped" : "gone") : { ended: event.ended };
}
