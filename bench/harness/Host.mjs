/** The runner's side of a host, the process that a peer has for itself: lines in, lines of JSON out. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { mark, processesOf } from "./processes.mjs";

const program = fileURLToPath(new URL("./hostProgram.mjs", import.meta.url));
const patienceMs = 120_000;
let hosts = 0;

export class Host {
  #replies = [];
  #wake = () => undefined;
  #gone = false;
  #log = "";

  /** `task`: what hostProgram.mjs is to do. */
  constructor(task) {
    hosts += 1;
    this.name = `${process.pid}-${hosts}`;
    this.started = performance.now();
    this.child = spawn(process.execPath, ["--expose-gc", "--no-warnings", program, JSON.stringify(task)], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, [mark]: this.name },
    });
    this.child.stdin.on("error", (error) => (this.#log += error.message));
    this.child.stderr.on("data", (text) => (this.#log = (this.#log + text).slice(-2000)));
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      if (!line.startsWith("@@")) return;
      this.#replies.push(JSON.parse(line.slice(2)));
      this.#wake();
    });
    this.exited = new Promise((resolve) => {
      this.child.on("exit", () => {
        this.#gone = true;
        this.#wake();
        resolve();
      });
    });
  }

  /** The next reply. Rejects on an error reply, an early exit, or when none comes in time. */
  async next() {
    const deadline = performance.now() + patienceMs;
    while (this.#replies.length === 0) {
      if (this.#gone) throw new Error(`host exited: ${this.#log.trim().split("\n").filter(Boolean).pop() ?? "no message"}`);
      if (performance.now() >= deadline) throw new Error(`no answer in ${patienceMs / 1000} s`);
      await this.#woken(deadline - performance.now());
    }
    const reply = this.#replies.shift();
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply;
  }

  #woken(atMostMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, atMostMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One repetition. */
  repeat(options) {
    this.child.stdin.write(`${JSON.stringify(options)}\n`);
    return this.next();
  }

  /** Lets the host close its pool; kills what is then left of its processes. */
  async stop() {
    this.child.stdin.end();
    await Promise.race([this.exited, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
    this.child.kill("SIGKILL");
    for (const pid of processesOf(this.name)) killIfThere(Number(pid));
  }
}

function killIfThere(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
