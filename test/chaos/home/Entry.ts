/** One future of an episode, or one call of a map, and what was done to it. */

import type { Future, Outcome } from "futureplan";
import type { NaturalEnd } from "./Kind.ts";
import type { Variant } from "./plans.ts";

export interface Entry {
  readonly key: string;
  readonly kind: string;
  readonly end: NaturalEnd;
  readonly retries: number;
  readonly variant: Variant;
  future: Future<unknown> | undefined;
  signal: AbortSignal | undefined;
  launches: number;
  canRepeat: boolean;
  stopped: boolean;
  exposed: boolean;
  /** How it ended. */
  outcome: Outcome<unknown> | undefined;
}

/** In a line about what is wrong with it. */
export function describe({ key, kind, retries, launches, variant: { strata } }: Entry): string {
  const [{ backend, options }] = strata;
  return `${key} (${kind}, retries ${retries}, run ${launches}; ${backend}, concurrency ${options.concurrency})`;
}
