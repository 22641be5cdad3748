/**
 * What tells one parallel backend from another: what it can do, and how a channel to a new worker is opened.
 * Everything else (queue, life cycle, replacement, time limits) is the pool's.
 */

import type { Capabilities } from "../../plans/Capabilities.ts";
import type { PlanOptions } from "../../plans/PlanSpec.ts";
import type { Channel } from "../../transport/Channel.ts";

/** The place that one worker takes; who replaces it gets its number and name. */
export interface WorkerSeat {
  /** Such as `multicore/2`. */
  readonly name: string;
  /** From 1 to the number of workers. */
  readonly number: number;
  readonly options: PlanOptions;
}

/** Of an environment. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface PoolDefinition {
  /** The backend's name, first part of its workers' names. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** URLs of modules that a worker imports and whose `register()` it calls before anything else. */
  readonly loaders?: readonly string[];
  /**
   * The variables that a worker started at this place now would have: when home's are written later, those that are there already are told. Absent, or
   * `undefined`: they keep what they were started with.
   */
  readonly environment?: (seat: WorkerSeat) => Variables | undefined;
  /** The name of the worker at a place. Absent: `NAME/NUMBER`. */
  readonly nameSeat?: (number: number) => string;
  /** Of backends with workers elsewhere: whether the one at this place is on this machine all the same. */
  readonly isHere?: (number: number) => boolean;
  /** Futures are refused when fewer workers than this can be had. Default 1. */
  readonly minWorkers?: number;
  /** Whether packages are sent to workers on other hosts; absent: they have to be there. */
  readonly shipsPackages?: boolean;
  /** Whether those that are imported for their effects only go with them. Default `true`. */
  readonly shipsEffects?: boolean;
  /** Start a worker. Throws or rejects when it cannot; that is tried again a few times, unless it is a `LaunchError`. */
  open(seat: WorkerSeat): Channel | Promise<Channel>;
}
