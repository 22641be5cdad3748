/**
 * A plan as plain data: which backend, and its options. A plan is a list of these, the strata:
 * the first for futures made here, the next for futures made inside those, and so on.
 */

/** One stratum. Made by `sequential()`, `multicore()`, …; `options` has been parsed. */
export interface PlanSpec {
  readonly backend: string;
  readonly options: PlanOptions;
}

/** What happens when a future without a seed draws random numbers; `error`: it fails with `RngMisuse`. */
export type RngMisuseMode = "ignore" | "warn" | "error";

/** Options of every parallel plan, parsed: nothing is optional. */
export interface PlanOptions {
  /** Number of workers; `undefined`: `availableCores()` at the time of first use. */
  readonly workers: number | undefined;
  readonly concurrency: number;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly setup: (() => unknown) | undefined;
  /** Whether workers do the imports for nothing but their effects of the modules whose functions they get. */
  readonly sideEffectImports: boolean;
  readonly threadsPerWorker: number;
  /** Bytes of memory over which a worker is replaced between futures; `Infinity`: never. */
  readonly maxMemory: number;
  /** Futures after which a worker is replaced; `Infinity`: never. */
  readonly maxFutures: number;
  /** Milliseconds without work after which a worker is ended; `Infinity`: never. */
  readonly idleTimeout: number;
  /** Milliseconds between the abort of a future's `signal` and the end of its worker. */
  readonly grace: number;
  readonly oversubscribe: boolean;
  /** Milliseconds between heartbeats; three missing ones end the worker's channel. `0`: none. */
  readonly heartbeat: number;
  /** Milliseconds a worker may take to start. */
  readonly connectTimeout: number;
  /** Bytes of output kept per future. */
  readonly maxOutput: number;
  /** `undefined`: `FUTURE_RNG_MISUSE`, else a warning in a process that has used a seed, if the user's own code draws. */
  readonly rngMisuse: RngMisuseMode | undefined;
  /** What only this backend understands (`workers: ["n1"]` of a cluster). */
  readonly extra: Readonly<Record<string, unknown>>;
}
