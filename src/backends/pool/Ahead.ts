/** Which futures are sent to workers before these are free, and which are taken back because a worker is idle while another is held up. */

import type { Payload } from "../../codec/Encoded.ts";
import { Pace } from "./Pace.ts";
import type { PoolWorker } from "./PoolWorker.ts";
import type { Ticket } from "./Ticket.ts";
import type { TicketQueue } from "./TicketQueue.ts";

/** Bytes up to which futures are sent ahead. */
const small = 16 * 1024;

export class Ahead {
  readonly #pace = new Pace();
  readonly #queue: TicketQueue;
  readonly #workers: ReadonlySet<PoolWorker>;

  constructor(queue: TicketQueue, workers: ReadonlySet<PoolWorker>) {
    this.#queue = queue;
    this.#workers = workers;
  }

  /** Whether futures are tiny enough. */
  get isOn(): boolean {
    return this.#pace.depth > 1;
  }

  /** A worker that was busy for so many milliseconds has finished one more. */
  finished(milliseconds: number): void {
    this.#pace.finished(milliseconds);
  }

  /** Takes out of the queue what a worker that has `load` of all `pending` futures is sent besides: many at a time, since each message costs. */
  take(worker: PoolWorker, load: number, pending: number): readonly Ticket[] {
    const { depth } = this.#pace;
    if (load > depth / 2) return [];
    const fair = Math.ceil(pending / this.#workers.size);
    return this.#takeSmall(Math.min(Math.min(depth, fair) - load, worker.room));
  }

  /** The first of the queue, as far as they are small. */
  #takeSmall(count: number): Ticket[] {
    const tickets: Ticket[] = [];
    for (let ticket = this.#queue.first; ticket !== undefined && tickets.length < count; ticket = this.#queue.first) {
      if (ownBytes(ticket.task.payload) > small) break;
      this.#queue.remove(ticket);
      tickets.push(ticket);
    }
    return tickets;
  }

  /** Half of what the busiest worker has waiting: its present future may take long. */
  takeBack(): readonly Ticket[] {
    const [first, ...others] = this.#workers;
    const busiest = others.reduce((most, worker) => (most === undefined || worker.load > most.load ? worker : most), first);
    return busiest === undefined || busiest.load < 2 ? [] : busiest.takeBack(Math.floor(busiest.load / 2));
  }
}

/** Without the blocks, which no message carries twice. */
function ownBytes({ bytes, blocks }: Payload): number {
  return blocks.length === 0 ? bytes : bytes - blocks.reduce((sum, { memory, shared }) => sum + (shared ? 0 : memory.byteLength), 0);
}
