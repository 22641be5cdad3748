/**
 * Watches one connection from both ends, by a small shell script there (`launchers/remoteWorker.ts`). It is told the workers' process numbers again and again: when no
 * answer comes, the connection is dead for us; when nothing comes there, it kills the workers, even those that are blocked in a loop. And it kills one when asked to.
 */

import { LaunchError } from "../../errors/errors.ts";
import { systemClock, type Clock, type Timer } from "../../platform/clock.ts";
import { keeperCommand } from "../../launchers/remoteWorker.ts";
import { slowFault } from "./faults.ts";
import type { Link, RemoteProcess } from "./Link.ts";

/** Milliseconds that the last answer may take. */
const lastChance = 1000;
/** Seconds without heartbeats: for ever. */
const forEver = 2_000_000_000;

export interface KeeperOptions {
  /** The host, for messages. */
  readonly name: string;
  /** Milliseconds between heartbeats; `0`: none. */
  readonly interval: number;
  /** How many may go unanswered. */
  readonly count: number;
  /** Milliseconds until its channel must be open: before that nothing tells of a host that died after the handshake. */
  readonly timeout: number;
}

export class Keeper {
  readonly #link: Link;
  readonly #options: KeeperOptions;
  readonly #clock: Clock;
  readonly #pids = new Set<number>();
  readonly #opening: Promise<void>;
  #process: RemoteProcess | undefined;
  #hasSpoken = false;
  #missed = 0;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(link: Link, options: KeeperOptions, clock: Clock = systemClock) {
    this.#link = link;
    this.#options = options;
    this.#clock = clock;
    this.#timer = clock.after(options.timeout, () =>
      this.#fail("it opened no channel", slowFault(options.name, "channel", options.timeout)),
    );
    this.#opening = this.#open();
    void link.closed.then(() => this.#stop());
  }

  add(pid: number): void {
    this.#pids.add(pid);
    this.#tell();
  }

  remove(pid: number): void {
    if (this.#pids.delete(pid)) this.#tell();
  }

  /** `false`: there is nobody to do it. */
  kill(pid: number): boolean {
    return this.#write(`kill ${pid}\n`);
  }

  /** When it is gone there, too; not its business any more. */
  async close(): Promise<void> {
    this.#stop();
    await this.#opening;
    this.#pids.clear();
    this.#tell();
    this.#process?.writable.end();
    await this.#process?.ended;
  }

  async #open(): Promise<void> {
    const { interval, count } = this.#options;
    const seconds = interval === 0 ? forEver : Math.ceil((interval * count + lastChance) / 1000);
    try {
      const process = await this.#link.exec(keeperCommand(seconds));
      this.#timer?.cancel();
      process.readable.on("data", () => {
        this.#hasSpoken = true;
        this.#missed = 0;
      });
      process.readable.on("error", () => undefined); // its end is looked at below
      process.writable.on("error", () => undefined);
      process.stderr.resume();
      this.#process = process;
      void process.ended.then(({ cause }) => this.#ended(cause));
      if (this.#isClosed) return;
      this.#tell();
      this.#schedule(interval);
    } catch (error) {
      this.#fail(`no second channel could be opened (${error instanceof Error ? error.message : String(error)}); at least two are needed`);
    }
  }

  /** One that never spoke did not run there, nor will a worker: which says why, and has a moment for it. */
  #ended(cause: Error | undefined): void {
    if (this.#isClosed) return;
    this.#timer?.cancel();
    if (this.#hasSpoken) this.#fail("its keeper ended", cause);
    else this.#timer = this.#clock.after(lastChance, () => this.#fail("its keeper ended before it said a word", cause));
  }

  #schedule(milliseconds: number): void {
    if (this.#options.interval > 0) this.#timer = this.#clock.after(milliseconds, () => this.#beat());
  }

  /** The last one gets a second, so that a dead link is known after all intervals and that second. */
  #beat(): void {
    const { interval, count } = this.#options;
    if (this.#missed >= count) return this.#fail(`it gave no sign of life for ${interval * count} ms`);
    this.#missed++;
    this.#tell();
    this.#schedule(this.#missed === count ? Math.min(interval, lastChance) : interval);
  }

  #tell(): void {
    this.#write(`keep ${[...this.#pids].join(" ")}\n`);
  }

  #write(line: string): boolean {
    const writable = this.#process?.writable;
    if (writable?.writable !== true) return false;
    writable.write(line);
    return true;
  }

  /** A connection that nobody watches is as good as none. */
  #fail(why: string, cause?: Error): void {
    if (this.#isClosed) return;
    this.#stop();
    const known = cause instanceof LaunchError ? cause : undefined;
    void this.#link.end(known ?? new Error(`the connection to ${this.#options.name} was given up: ${why}`, { cause }));
  }

  #stop(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }
}
