/** One task on its way through a pool: where it is, and what is known about its run. Also its own link in the queue. */

import type { StopReason, Task } from "../../core/Backend.ts";
import type { Timer } from "../../platform/clock.ts";
import type { PoolWorker } from "./PoolWorker.ts";

export class Ticket {
  readonly task: Task;
  /** Neighbours in the queue; owned by `TicketQueue`. */
  next: Ticket | undefined = undefined;
  previous: Ticket | undefined = undefined;
  /** Who has it; `undefined`: it waits in the queue. */
  worker: PoolWorker | undefined = undefined;
  /** It has heard its last event, or is about to. */
  settled = false;
  /** A message of the worker showed that user code had begun. */
  started = false;
  /** Milliseconds since the epoch, where the worker announced it. */
  startedAt: number | undefined = undefined;
  /** Its number in the order in which its worker was sent tasks. */
  place = 0;
  /** Sent before its worker was free: it may be taken back. */
  ahead = false;
  /** How many workers ended when it was the next to begin. */
  deaths = 0;
  /** Set once it has been asked to stop. */
  stopping: StopReason | undefined = undefined;
  /** The time limit of the run; from `stopping` on, the grace it is given. */
  timer: Timer | undefined = undefined;

  constructor(task: Task) {
    this.task = task;
  }
}
