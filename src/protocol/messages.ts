/**
 * Everything host and worker say to each other: two closed unions without behaviour.
 * Both kinds of channel (structured clone to a thread, framed V8 data to a process) carry exactly these.
 */

import type { Definition, Encoded } from "../codec/Encoded.ts";

/** How a future's output is treated; see `FutureOptions.output`. */
export type OutputMode = "relay" | "live" | "inherit" | "discard";

/** One piece of captured output. `text` is formatted already and ends with its own newline where it had one. */
export type OutputEntry =
  | { readonly type: "stdout" | "stderr"; readonly text: string }
  /** `method` is the console method that was called; `text` has no trailing newline. */
  | { readonly type: "console"; readonly method: ConsoleMethod; readonly text: string }
  | {
      readonly type: "warning";
      readonly name: string;
      readonly message: string;
      readonly code: string | undefined;
      readonly stack: string | undefined;
    };

export type ConsoleMethod =
  | "log"
  | "info"
  | "debug"
  | "warn"
  | "error"
  | "trace"
  | "dir"
  | "table"
  | "group"
  | "groupCollapsed"
  | "groupEnd"
  | "count"
  | "time"
  | "assert";

/** First message of the host. */
export interface InitMessage {
  readonly type: "init";
  readonly protocol: number;
  readonly session: string;
  /** The worker's name in messages and outcomes, such as `multicore/2`. */
  readonly worker: string;
  /** URL of the library's entry for `import "futureplan"` inside closures; `undefined`: ask for it (`want`). */
  readonly library: string | undefined;
  /** Path of the part of the worker's program that encodes results which are objects. */
  readonly results: string;
  /** Encoded `PlanSpec[]`: the strata below this worker. */
  readonly strata: Encoded;
  /** Encoded setup function, or an encoded `undefined`. */
  readonly setup: Encoded;
  readonly definitions: readonly Definition[];
  readonly concurrency: number;
  /** Cores this worker may count as its own. */
  readonly cores: number;
  /** Modules to import before the first task: loaders (`register()`ed) the user runs under. */
  readonly loaders: readonly string[];
  readonly cwd: string | undefined;
  /** Whether imports for nothing but their effects are done here, too. */
  readonly sideEffectImports: boolean;
  /** Milliseconds between heartbeats; `0`: none. */
  readonly heartbeat: number;
  /** What home's terminal can show (`worker/colorLevel`). */
  readonly colors: number;
  readonly columns: number | undefined;
  /** Bytes of output kept per future. */
  readonly outputLimit: number;
  /** Bytes of memory over which the worker calls itself `spent` after a future; `Infinity`: never. */
  readonly maxMemory: number;
}

export interface DefineMessage {
  readonly type: "define";
  readonly definitions: readonly Definition[];
}

/** These blocks are not wanted any more. */
export interface ForgetMessage {
  readonly type: "forget";
  readonly blocks: readonly string[];
}

/** The elements of a map that one future runs, one after the other. */
export interface MapChunk {
  /** Index of the first element; the others follow, unless `indices` lists them all. */
  readonly first: number;
  readonly indices: Int32Array | undefined;
  /** The values come back as one typed array with this constructor's name; `undefined`: as they are. */
  readonly as: string | undefined;
  /** `collect`: an element that throws does not end the chunk. `end`: it does, and what came before it counts. */
  readonly onError: "stop" | "collect" | "end";
  /** Elements are lists of arguments. */
  readonly spread: boolean;
  /** The values are not sent back. */
  readonly discard: boolean;
  /** Functions write variables that they captured: every element starts from their frozen values. */
  readonly fresh: boolean;
  /** Whether to send `started` before each element: it has a time limit of its own. */
  readonly announce: boolean;
  /** Whether to send `progress` from time to time. */
  readonly progress: boolean;
}

/** Run one future. */
export interface TaskMessage {
  readonly type: "task";
  /** Unique within the session; a second run of one future gets a new one. */
  readonly task: number;
  /** What `currentFuture().id` gives. */
  readonly future: string;
  /** Root: `[fn, ...args]`; of a chunk `[fn, elements, reducer?]`, elements being an array or a typed array of numbers. */
  readonly body: Encoded;
  /** Values of the futures that `body` refers to. */
  readonly dependencies: readonly Encoded[];
  readonly label: string | undefined;
  readonly index: number | undefined;
  readonly attempt: number;
  readonly output: OutputMode;
  /** File URLs to import before the run (`modules` option). */
  readonly modules: readonly string[];
  /** The recipe of its random streams; without one, what becomes of random numbers drawn nevertheless (`RngWatch`), or `false`. */
  readonly seed: unknown;
  /** Whether to send `started` before user code runs. */
  readonly announce: boolean;
  /** Where the start is noted in the ledger that host and worker share; `undefined`: there is none. */
  readonly place: number | undefined;
  /** It was sent before the worker was free, and may have been taken back since: the ledger tells. */
  readonly ahead: boolean;
  /** Present: the future is a chunk of a map. */
  readonly map?: MapChunk | undefined;
}

/**
 * Whose draws without a seed are told. `own`: those of the user's code that travelled, if such code draws first · `any`: the first,
 * whoever makes it · `error`: every one, by failing with `RngMisuse`.
 */
export type RngWatch = "own" | "any" | "error";

/** Several small tasks, in order, no two of which have objects in common. */
export interface BatchMessage {
  readonly type: "batch";
  readonly tasks: readonly TaskMessage[];
}

/** Run this function, once, after the tasks that run and before any that comes later: what it sets stays. */
export interface EverywhereMessage {
  readonly type: "everywhere";
  /** Root: the function. */
  readonly body: Encoded;
  /** URLs to import before it runs, as of a task. */
  readonly modules: readonly string[];
}

/** Variables of home's that were written since the worker was started, or last told: tasks that come later see these. */
export interface EnvironmentMessage {
  readonly type: "environment";
  /** `undefined`: deleted. */
  readonly variables: readonly (readonly [name: string, value: string | undefined])[];
}

/** What waits its turn in a worker. */
export type TurnMessage = TaskMessage | EverywhereMessage | EnvironmentMessage;

/** Ask the running task to stop: its `signal` aborts. */
export interface CancelMessage {
  readonly type: "cancel";
  readonly task: number;
  readonly reason: string;
}

export interface PingMessage {
  readonly type: "ping";
}

/** The answer to `want`: a URL that holds the whole library. */
export interface LibraryMessage {
  readonly type: "library";
  readonly url: string;
}

/** End after the running tasks; a worker also ends when its channel ends. */
export interface CloseMessage {
  readonly type: "close";
}

export type HostMessage =
  | InitMessage
  | DefineMessage
  | ForgetMessage
  | TaskMessage
  | BatchMessage
  | EverywhereMessage
  | EnvironmentMessage
  | CancelMessage
  | PingMessage
  | LibraryMessage
  | CloseMessage;

/** First message of the worker; the host compares before it sends a task. */
export interface ReadyMessage {
  readonly type: "ready";
  readonly protocol: number;
  readonly node: string;
  readonly pid: number;
  readonly thread: number;
  readonly host: string;
}

export interface StartedMessage {
  readonly type: "started";
  readonly task: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Output as it comes (`live`), or warnings outside any future (`task` undefined). */
export interface OutputMessage {
  readonly type: "output";
  readonly task: number | undefined;
  readonly entries: readonly OutputEntry[];
}

export interface ProgressMessage {
  readonly type: "progress";
  readonly task: number;
  readonly fraction: number;
  readonly message: string | undefined;
}

/** What a chunk tells besides its values, which are a list: an array, or a typed array that stands for plain numbers. */
export interface ChunkReport {
  /** Positions (not indices) of the elements that threw, in order; then a `value` is `{ values, errors }`. */
  readonly failed: readonly number[];
  /** Pairs of position and number of entries in `output`, for the elements that wrote something. */
  readonly written: readonly number[];
}

export interface OutcomeMessage {
  readonly type: "outcome";
  readonly task: number;
  /** `value`: `body` is the value · `error`: `body` is what was thrown · `unbegun`: it was taken back and never ran. */
  readonly status: "value" | "error" | "unbegun";
  readonly body: Encoded;
  readonly definitions: readonly Definition[];
  readonly output: readonly OutputEntry[];
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly finished: number;
  /** What the future left behind, such as `Timeout`; empty when the worker is as it was. */
  readonly left: readonly string[];
  /** The worker could not be put back as it was and must be replaced. */
  readonly spent: boolean;
  /** Of a chunk that ran. */
  readonly chunk?: ChunkReport | undefined;
  /** Where it drew a random number without a seed: `url:line:column`, or an empty text. */
  readonly drew?: string | undefined;
}

/** An error that belongs to no single task: the setup function's, an unhandled rejection's. */
export interface FaultMessage {
  readonly type: "fault";
  readonly during: "init" | "setup" | "async";
  /** The tasks aboard, for `async`: each settles with the error. */
  readonly tasks: readonly number[];
  readonly body: Encoded;
}

export interface PongMessage {
  readonly type: "pong";
}

/** The library is needed here, by a worker that was not told where it is. */
export interface WantMessage {
  readonly type: "want";
}

export type WorkerMessage =
  | ReadyMessage
  | StartedMessage
  | OutputMessage
  | ProgressMessage
  | OutcomeMessage
  | FaultMessage
  | PongMessage
  | WantMessage;
