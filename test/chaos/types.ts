/** What the process under chaos is told, and what it tells: plain data, sent as messages. */

/** `mixed` switches among all plans of this machine. */
export const backends = ["sequential", "multicore", "multisession", "cluster", "mixed"] as const;
export type BackendName = (typeof backends)[number];

/** Other machines, where there are some. */
export interface HostsFacts {
  readonly names: readonly string[];
  readonly config: string;
}

export interface HomeSettings {
  readonly backends: readonly BackendName[];
  /** Of the first episode; each further one takes the next number. */
  readonly seed: number;
  /** Futures of an episode. */
  readonly futures: number;
  /** Milliseconds after which no further episode begins; at least one is played for each backend. */
  readonly duration: number;
  /** A folder of its own for what futures write. */
  readonly directory: string;
  /** In the environment of every process that belongs to the run. */
  readonly mark: string;
  readonly hosts: HostsFacts | undefined;
}

/** What is to be zero. */
export interface Damage {
  /** Futures that ended as they never should: with the loss of a worker that they were not running on, say. */
  readonly lost: number;
  /** Futures whose code began more often than their `retries` allow. */
  readonly doubled: number;
  /** Futures that did not settle. */
  readonly hung: number;
  /** Futures with a wrong value, or that settled twice. */
  readonly wrong: number;
  /** Things that were there after `shutdown()` and not before: processes, threads, descriptors, timers, listeners. */
  readonly leaked: number;
}

export interface EpisodeReport extends Damage {
  readonly backend: BackendName;
  readonly seed: number;
  /** Futures, and calls of maps. */
  readonly futures: number;
  /** How often user code began. */
  readonly starts: number;
  readonly faults: Readonly<Record<string, number>>;
  /** How futures ended. */
  readonly ends: Readonly<Record<string, number>>;
  /** Each a line that says what is wrong with which future. */
  readonly problems: readonly string[];
  readonly milliseconds: number;
}

/** Taken when an episode is over and its garbage was collected. Bytes and counts. */
export interface Sample {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly heap: number;
  readonly rss: number;
  /** Buffers outside the heap. */
  readonly external: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly listeners: number;
  readonly futures: number;
}

export type HostVerb = "kill" | "session" | "linkDown" | "linkUp" | "crash" | "boot";

export type HomeMessage =
  | { readonly type: "report"; readonly report: EpisodeReport; readonly sample: Sample }
  /** Asks for a fault on another machine. */
  | { readonly type: "verb"; readonly id: number; readonly host: string; readonly verb: HostVerb }
  | { readonly type: "over" };

export interface VerbDone {
  readonly id: number;
}
