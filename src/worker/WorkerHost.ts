/**
 * What the worker's program needs from its surroundings: the only way from the portable part (this folder)
 * to Node (`host/`). A thread and a process differ in their channel, `exit` and `memory`.
 */

import type { ResultEncoder } from "../codec/encode/resultEncoder.ts";
import type {
  ConsoleMethod,
  EnvironmentMessage,
  HostMessage,
  InitMessage,
  OutputEntry,
  OutputMode,
  ReadyMessage,
  WorkerMessage,
} from "../protocol/messages.ts";

/** The worker's end of a channel. */
export interface WorkerChannel {
  /** Leaves at once, even if the next thing that happens is an endless loop. Throws when the message cannot be cloned. */
  send(message: WorkerMessage, transfer: readonly ArrayBuffer[]): void;
  listen(listener: WorkerListener): void;
  /** Calls back when everything sent has left. */
  flush(done: () => void): void;
}

export interface WorkerListener {
  message(message: HostMessage): void;
  /** Something came that is no message. */
  damaged(error: Error): void;
  closed(): void;
}

/** Where the output of one future goes. */
export interface TaskOutput {
  write(stream: "stdout" | "stderr", chunk: string | Uint8Array, encoding: string | undefined): void;
  print(method: PrintMethod, args: readonly unknown[]): void;
  warn(warning: OutputEntry): void;
  /** What was captured and not yet sent; nothing is taken afterwards. */
  finish(): readonly OutputEntry[];
}

/** The methods of `console` that print; some go by the name of another when they travel. */
export type PrintMethod = ConsoleMethod | "dirxml" | "countReset" | "timeEnd" | "timeLog";

/** How output is formatted and bounded: home's settings. */
export type OutputSettings = Pick<InitMessage, "colors" | "columns" | "outputLimit">;

/** What a future left behind, after the worker was put back. */
export interface Left {
  readonly left: readonly string[];
  /** It could not all be ended. */
  readonly spent: boolean;
}

/** Of the environment; `undefined`: deleted. */
export type Variables = EnvironmentMessage["variables"];

/** Puts the worker back as it was before a future ran. */
export interface PutBack {
  /** What happened until now stays. */
  begin(): void;
  /** What is open now stays: it may be of modules that were loaded while other futures ran. */
  accept(): void;
  /** From now on the environment is put back to these. `alone`: no future runs, and what was written until now stays, too. */
  setVariables(variables: Variables, alone: boolean): void;
  /** The code that runs next may write to `globalThis`. */
  watchGlobals(): void;
  /** Runs the body; what the running future leaves behind from now on may belong to a kept resource, so it stays. */
  keep<T>(body: () => T): T;
  /** `alone` tells, when the answer takes a moment, whether no other future has begun meanwhile. */
  end(alone: () => boolean): Left | Promise<Left>;
}

/** A value that follows asynchronous calls. */
export interface AsyncValue<T> {
  run<R>(value: T, body: () => R): R;
  get(): T | undefined;
}

/** How intercepted output finds its future. */
export interface OutputRouter {
  /** Whether a future runs here. */
  inside(): boolean;
  /** `undefined`: leave it alone. */
  here(): TaskOutput | undefined;
  /** A warning outside any future. */
  outside(warning: OutputEntry): void;
}

export interface WorkerHost {
  readonly identity: Omit<ReadyMessage, "type" | "protocol">;
  readonly putBack: PutBack;
  /**
   * Called before a task's code runs, with its place in the ledger: home finds there that it has begun, even after a sudden
   * death. `false`: home has taken it back (only what was sent `ahead`), and it must not run.
   */
  claim(place: number, ahead: boolean): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Bytes of memory that this worker holds. */
  memory(): number;
  importModule(url: string): Promise<unknown>;
  /** The part that encodes results, at once. Throws when there is none. */
  loadResults(file: string): ResultEncoder;
  changeDirectory(path: string): void;
  every(milliseconds: number, callback: () => void): void;
  /** Makes awaits slower in the whole worker: only where several futures run at once. */
  asyncValue<T>(): AsyncValue<T>;
  routeOutput(router: OutputRouter, settings: OutputSettings): void;
  openOutput(mode: Exclude<OutputMode, "inherit">, settings: OutputSettings, live: (entries: readonly OutputEntry[]) => void): TaskOutput;
  /** Errors that nobody caught. */
  onAsyncError(listener: (error: unknown) => void): void;
  exit(code: number): void;
}
