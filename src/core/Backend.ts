/**
 * The contract between the engine and a backend: tasks in, events out.
 * Most backends are made by `definePool` (backends/), which needs only a way to open a `Channel`.
 */

import type { Definition, Encoded, Payload } from "../codec/Encoded.ts";
import type { Capabilities } from "../plans/Capabilities.ts";
import type { PlanSpec } from "../plans/PlanSpec.ts";
import type { MapChunk, OutcomeMessage, OutputEntry, OutputMode } from "../protocol/messages.ts";

/** One run of one future, as a backend sees it. */
export interface Task {
  /** Unique within the session; a second run of one future is another task. */
  readonly id: number;
  readonly future: string;
  readonly label: string | undefined;
  readonly index: number | undefined;
  readonly attempt: number;
  readonly payload: Payload;
  readonly dependencies: readonly Encoded[];
  readonly output: OutputMode;
  readonly modules: readonly string[];
  readonly seed: unknown;
  /** Milliseconds from the start of the run; `undefined`: none. */
  readonly timeout: number | undefined;
  /** Present: a chunk of a map; its time limit is that of each element. */
  readonly map?: MapChunk | undefined;
  readonly events: TaskEvents;
  /** The backend's own: what it knows of the task. With a hundred thousand waiting, a map beside them would be half as large as they are. */
  place?: object | undefined;
}

/** What the engine wants to hear; every task ends with exactly one of `outcome`, `lost`, `stopped`, `refused`. */
export interface TaskEvents {
  /** Handed to a worker. */
  sent(worker: string): void;
  /** User code is about to run (also implied by any later event of the worker); in maps, heard again for each element with a time limit. */
  started(at: number): void;
  output(entries: readonly OutputEntry[]): void;
  progress(fraction: number, message: string | undefined): void;
  outcome(message: OutcomeMessage): void;
  /** The worker is gone. `started`: user code had begun, or that cannot be known. */
  lost(loss: Loss): void;
  /** Ended because of `stop`: before it began, or by force. */
  stopped(reason: StopReason, started: boolean): void;
  /** It could not be sent at all: no worker could be started, or the payload cannot be cloned. */
  refused(error: Error): void;
}

export interface Loss {
  readonly worker: string;
  readonly started: boolean;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stderr: string;
  readonly cause: Error | undefined;
}

/** Why a task is to stop; `shutdown` and `SIGINT` come from `close`, `timeout` from the backend's own clock. */
export type StopReason = "cancel" | "timeout" | "shutdown" | "SIGINT";

export type HowToClose = "drain" | "cancelQueued" | "interrupt" | "now";

export interface Backend {
  readonly capabilities: Capabilities;
  /** How many futures can run at once. */
  readonly workers: number;
  free(): number;
  /** A future is about to be submitted: a worker may start while the future is captured. */
  expect?(): void;
  /** Never throws and never blocks: first in, first out. */
  submit(task: Task): void;
  /** Futures that were sent and have not begun are queued again, and find their worker as it is to be then. */
  takeBack?(): void;
  /** Queued: `stopped(reason, false)` at once. Running, with `interrupt`: cooperative, then by force. Else nothing. */
  stop(task: Task, reason: StopReason, interrupt: boolean): void;
  /**
   * `drain`: run what is queued, then end. `cancelQueued`: finish what runs. `interrupt`: stop everything because of SIGINT, what runs as `stop`
   * does. `now`: end everything. Idempotent.
   */
  close(how: HowToClose): Promise<void>;
}

/** What a backend gets to know when it is opened. */
export interface BackendContext {
  readonly spec: PlanSpec;
  /** The strata below, as they travel. */
  readonly strata: Payload;
  /** `spec.options.setup`, captured. */
  readonly setup: Payload;
  readonly session: string;
  /** What a worker sent (an error of `setup`, say) as a value of this process, or a promise of it: `decodeAtHome`. */
  readonly decode: (body: Encoded, definitions: readonly Definition[]) => unknown;
}

export interface BackendModule {
  open(context: BackendContext): Backend;
}
