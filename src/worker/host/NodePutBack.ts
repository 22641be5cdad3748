/**
 * Puts a Node worker back as it was before a future: environment, working directory, `globalThis`, timers, handles.
 * Everything is found by write detection, so a future that wrote nothing costs well under a microsecond.
 */

import { currentSession } from "../../session/currentSession.ts";
import { GlobalsSnapshot } from "../GlobalsSnapshot.ts";
import { WatchedEnvironment } from "../WatchedEnvironment.ts";
import type { Left, PutBack, Variables } from "../WorkerHost.ts";
import { chdir, cwd, setSoon } from "./originals.ts";
import { ResourceWatch } from "./ResourceWatch.ts";
import { TimerWatch } from "./TimerWatch.ts";

/** Node loads it at first use, and that leaves a global which cannot be deleted. It is not a future's. */
function loadFetch(): void {
  void globalThis.FormData;
}

const clean: Left = { left: [], spent: false };

export class NodePutBack implements PutBack {
  readonly #environment = new WatchedEnvironment(process.env);
  readonly #timers = new TimerWatch();
  readonly #resources = new ResourceWatch();
  readonly #taken: () => Promise<unknown>;
  #globals: GlobalsSnapshot | undefined;
  /** The working directory before its first change. */
  #directory: string | undefined;
  /** The running future uses something that outlives it. */
  #lenient = false;
  /** An earlier future's handles are being looked for: they are not this one's beginning. */
  #looking = false;

  /** `taken` resolves when home has taken what was sent and printed. */
  constructor(taken: () => Promise<unknown>) {
    this.#taken = taken;
  }

  /** Puts the watches in place; called once, before user code. */
  install(): void {
    currentSession().environment.watched = { proxy: this.#environment.proxy, real: process.env };
    process.env = this.#environment.proxy;
    this.#timers.install();
    const change = (path: string): void => {
      this.#directory ??= cwd();
      chdir(path);
    };
    process.chdir = change;
  }

  showColors(level: number): void {
    this.#environment.showColors(level);
  }

  begin(): void {
    this.#environment.accept();
    if (this.#looking) this.#timers.accept();
    else this.accept();
    this.#directory = undefined;
    this.#globals = undefined;
    this.#lenient = false;
    this.#timers.watching = true;
  }

  accept(): void {
    this.#timers.accept();
    this.#resources.accept();
  }

  setVariables(variables: Variables, alone: boolean): void {
    if (alone) this.#environment.accept();
    for (const [name, value] of variables) this.#environment.rebase(name, value);
  }

  watchGlobals(): void {
    loadFetch();
    this.#globals ??= new GlobalsSnapshot(globalThis);
  }

  /** What the body opens is the worker's own and stays. */
  own<T>(body: () => T): T {
    return this.#resources.own(body);
  }

  keep<T>(body: () => T): T {
    this.#lenient = true;
    this.#timers.watching = false;
    this.#timers.accept();
    return body();
  }

  end(alone: () => boolean): Left | Promise<Left> {
    this.#timers.watching = false;
    const stuck = this.#restoreState();
    if (this.#lenient) return stuck.length === 0 ? clean : { left: stuck, spent: true };
    const timers = Array.from({ length: this.#timers.clear() }, () => "Timeout");
    const left = [...timers, ...stuck];
    if (this.#resources.opened().length > 0) return this.#lookAgain(alone, left, stuck.length > 0);
    return left.length === 0 ? clean : { left, spent: stuck.length > 0 };
  }

  /** Gives what could not be put back. */
  #restoreState(): readonly string[] {
    if (process.env !== this.#environment.proxy) process.env = this.#environment.proxy;
    this.#environment.restore();
    const stuck = this.#globals === undefined ? clean.left : this.#globals.restore();
    this.#globals = undefined;
    return this.#directory === undefined ? stuck : [...stuck, ...this.#restoreDirectory(this.#directory)];
  }

  #restoreDirectory(directory: string): readonly string[] {
    this.#directory = undefined;
    try {
      chdir(directory);
      return [];
    } catch {
      return [`working directory ${directory}`]; // it is gone; the worker is replaced
    }
  }

  /** What the future has closed takes a turn or two of the event loop to disappear. */
  async #lookAgain(alone: () => boolean, left: readonly string[], stuck: boolean): Promise<Left> {
    this.#looking = true;
    for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setSoon(resolve));
    // Until home has taken what was sent, what it goes by is active.
    if (this.#resources.opened().length > 0) await this.#taken();
    this.#looking = false;
    const handles = alone() ? this.#resources.opened() : [];
    return { left: [...left, ...handles], spent: stuck || handles.length > 0 };
  }
}
