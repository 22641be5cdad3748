/** Everything there is to know of a future that has settled. */

import type { OutputEntry } from "../protocol/messages.ts";
import type { FutureCell } from "./FutureCell.ts";
import type { Settled } from "./FutureState.ts";

/** What is known whatever the end. */
export interface OutcomeFacts {
  /** What the future wrote, in order; nothing of it is replayed by `outcome()`. */
  readonly output: readonly Exclude<OutputEntry, { type: "warning" }>[];
  readonly warnings: readonly Extract<OutputEntry, { type: "warning" }>[];
  /** Milliseconds since the epoch; `undefined`: it never began. */
  readonly started: number | undefined;
  readonly finished: number | undefined;
  /** Name of the worker that had it last, such as `multicore/2`. */
  readonly worker: string | undefined;
  /** How often it was run. */
  readonly attempts: number;
}

export type Outcome<T> = OutcomeFacts &
  (
    | { readonly status: "finished"; readonly value: T }
    | { readonly status: "failed" | "interrupted" | "canceled"; readonly error: unknown }
  );

/** `T` is what the future's function returns; nothing can check what a worker sends. */
export function outcomeOf<T>(cell: FutureCell, settled: Settled): Outcome<T>;
export function outcomeOf({ output, started, finished, worker, attempts }: FutureCell, settled: Settled): Outcome<unknown> {
  const facts: OutcomeFacts = {
    output: output.filter((entry) => entry.type !== "warning"),
    warnings: output.filter((entry) => entry.type === "warning"),
    started,
    finished,
    worker,
    attempts,
  };
  if (settled._tag === "finished") return { status: settled._tag, value: settled.value, ...facts };
  return { status: settled._tag, error: settled.error, ...facts };
}
