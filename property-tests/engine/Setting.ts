/** What does not change while the commands of one run are played: the plans that can be set, and how the run ends. */

import fc from "fast-check";

/** One kind of plan. */
export interface Kind {
  /** Workers elsewhere: heartbeats, places that rest, connections that are cut. */
  readonly remote: boolean;
  /** Workers share a ledger with home. */
  readonly marked: boolean;
  readonly workers: number;
  readonly concurrency: number;
  readonly maxFutures: number;
  readonly idleTimeout: number;
}

export interface Setting {
  readonly kinds: readonly [Kind, Kind];
  /** Milliseconds that futures seem to take: the quicker they are, the more are sent ahead. */
  readonly pace: number;
  /** At the end everything runs to its end, or is shut down. */
  readonly end: "drain" | "shutdown";
}

const kind: fc.Arbitrary<Kind> = fc.record({
  remote: fc.boolean(),
  marked: fc.boolean(),
  workers: fc.integer({ min: 1, max: 2 }),
  concurrency: fc.integer({ min: 1, max: 2 }),
  maxFutures: fc.constantFrom(Infinity, Infinity, 1, 2),
  idleTimeout: fc.constantFrom(Infinity, 200),
});

export const settings: fc.Arbitrary<Setting> = fc.record({
  kinds: fc.tuple(kind, kind),
  pace: fc.constantFrom(0, 0.5, 1),
  end: fc.constantFrom("drain", "shutdown"),
});
