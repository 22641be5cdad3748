/** What a worker tells the pool it belongs to. */

import type { BackendContext } from "../../core/Backend.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PlanOptions } from "../../plans/PlanSpec.ts";
import type { InitMessage } from "../../protocol/messages.ts";
import type { PoolDefinition, WorkerSeat } from "./PoolDefinition.ts";
import type { PoolWorker } from "./PoolWorker.ts";
import type { StartFailure } from "./StartFailure.ts";
import type { Ticket } from "./Ticket.ts";

/** What all workers of a pool have in common. */
export interface CrewSettings {
  readonly definition: PoolDefinition;
  readonly context: BackendContext;
  readonly options: PlanOptions;
  readonly clock: Clock;
  /** Bytes of blocks that each worker keeps. */
  readonly keep: number;
  /** Milliseconds between heartbeats; `0`: none. */
  readonly heartbeat: number;
  init(seat: WorkerSeat): InitMessage;
}

export interface Crew {
  readonly settings: CrewSettings;
  /** Whether futures wait for a worker. */
  readonly waiting: boolean;
  /** It can take futures. */
  ready(worker: PoolWorker): void;
  unstartable(worker: PoolWorker, failure: StartFailure): void;
  /** It has room for another future, after so many milliseconds. */
  freed(worker: PoolWorker, milliseconds: number): void;
  /** Back to the front of the queue: they have not begun. */
  requeue(tickets: readonly Ticket[]): void;
  /** It takes no more futures; another may start in its place. */
  retired(worker: PoolWorker): void;
  /** It is gone; the futures it had not begun come first in the queue. */
  gone(worker: PoolWorker, unbegun: readonly Ticket[]): void;
  /** The ticket's future is about to hear its last event. */
  settle(ticket: Ticket): void;
  /** Last events have been delivered. */
  settled(): void;
  /** A last event waits for this; the pool does not close before. */
  later(delivery: Promise<void>): void;
}
