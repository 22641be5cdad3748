/**
 * The engine of every parallel backend: a queue, the workers that serve it, and their replacement. Workers start when
 * there is work for them; the next future goes to the one that was used last, which is the warmest.
 */

import type { Backend, BackendContext, StopReason, Task } from "../../core/Backend.ts";
import { systemClock, type Clock } from "../../platform/clock.ts";
import type { Capabilities } from "../../plans/Capabilities.ts";
import { loadContentHash } from "./contentHash.ts";
import type { Crew, CrewSettings } from "./Crew.ts";
import { crewSettings } from "./crewSettings.ts";
import { Deferred } from "./Deferred.ts";
import { LazyLifeCycle } from "./LazyLifeCycle.ts";
import type { LifeCycle } from "./lifeCycle.ts";
import { Pace } from "./Pace.ts";
import type { PoolDefinition } from "./PoolDefinition.ts";
import { poolSize } from "./poolSize.ts";
import { PoolWorker } from "./PoolWorker.ts";
import { Seats } from "./Seats.ts";
import { launchError, planClosed, tooLocal, type StartFailure } from "./StartFailure.ts";
import { Ticket } from "./Ticket.ts";
import { TicketQueue } from "./TicketQueue.ts";

/** Bytes up to which futures are sent ahead. */
const small = 16 * 1024;
/** How many that are submitted at once are enough for a message. */
const together = 64;

const nothing: readonly never[] = [];

/** Opens a pool; no worker is started before there is work. */
export function openPool(context: BackendContext, definition: PoolDefinition, clock: Clock = systemClock): Backend {
  const size = poolSize(context.spec.options);
  return new Pool(crewSettings(context, definition, size, clock), size.workers);
}

class Pool implements Backend, Crew {
  readonly settings: CrewSettings;
  readonly workers: number;
  readonly #seats: Seats;
  readonly #queue = new TicketQueue();
  /** Everything that has not heard its last event, by task. */
  readonly #tickets = new Map<number, Ticket>();
  readonly #workers = new Set<PoolWorker>();
  /** Workers with room, the last used on top. */
  readonly #free: PoolWorker[] = [];
  /** Those of `#workers` that are not ready yet. */
  readonly #starting = new Set<PoolWorker>();
  readonly #lifeCycle: LifeCycle;
  readonly #closed = new Deferred<void>();
  readonly #pace = new Pace();
  /** Until bytes can be named that workers are to keep; `undefined`: they can. */
  #named: Promise<void> | undefined;
  #isPlanned = false;
  /** Last events that wait for something. */
  #late = 0;
  #phase: "open" | "closing" | "over" = "open";

  constructor(settings: CrewSettings, size: number) {
    this.settings = settings;
    this.workers = size * settings.options.concurrency;
    this.#seats = new Seats(settings, size, () => this.#dispatch());
    if (!this.capabilities.sharedMemory) this.#named = loadContentHash().then(() => (this.#named = undefined));
    this.#lifeCycle = new LazyLifeCycle(settings.clock, settings.options.connectTimeout);
  }

  get capabilities(): Capabilities {
    return this.settings.definition.capabilities;
  }

  get waiting(): boolean {
    return this.#queue.length > 0;
  }

  free(): number {
    return Math.max(0, this.workers - this.#tickets.size);
  }

  expect(): void {
    const coming = this.#free.length > 0 || this.#starting.size > this.#queue.length;
    if (this.#phase === "open" && !coming && this.#workers.size < this.#seats.limit) this.#start();
  }

  submit(task: Task): void {
    const { name, capabilities } = this.settings.definition;
    const { local } = task.payload;
    if (this.#phase === "over") return task.events.refused(launchError(planClosed(name), task.label));
    if (local !== undefined && !capabilities.sharedMemory) return task.events.refused(tooLocal(name, task.label, local));
    const ticket = new Ticket(task);
    if (this.#tickets.size === 0) this.#holdStarting(true);
    this.#tickets.set(task.id, ticket);
    this.#queue.push(ticket);
    // Who has no worker at hand may as well wait for others to share its message.
    if (this.#free.length > 0 || this.#workers.size < this.#seats.limit || this.#queue.length % together === 0) this.#dispatch();
    else this.#dispatchSoon();
  }

  #dispatchSoon(): void {
    if (this.#isPlanned || this.#pace.depth === 1) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#dispatch();
    });
  }

  stop(task: Task, reason: StopReason, interrupt: boolean): void {
    const ticket = this.#tickets.get(task.id);
    if (ticket === undefined) return;
    const { worker } = ticket;
    if (worker === undefined) this.#queue.remove(ticket);
    else if (!worker.withdraw(ticket)) return interrupt ? worker.stop(ticket, reason) : undefined;
    this.#drop(ticket, reason);
    this.settled();
  }

  /** It has not begun. */
  #drop(ticket: Ticket, reason: StopReason): void {
    this.settle(ticket);
    ticket.task.events.stopped(reason, false);
  }

  close(how: "drain" | "cancelQueued" | "now"): Promise<void> {
    if (this.#phase === "open") this.#phase = "closing";
    if (how !== "drain") {
      for (const ticket of this.#takeQueue()) ticket.task.events.stopped("shutdown", false);
      for (const worker of this.#serving()) for (const ticket of worker.takeBack(Infinity)) this.#drop(ticket, "shutdown");
    }
    if (how === "now") for (const worker of this.#serving()) worker.stopAll("shutdown");
    this.settled();
    return this.#closed.promise;
  }

  ready(worker: PoolWorker): void {
    if (this.#named !== undefined) return void this.#named.then(() => this.#begin(worker));
    this.#begin(worker);
  }

  #begin(worker: PoolWorker): void {
    this.#starting.delete(worker);
    this.#seats.works(worker.seat.number);
    if (this.#workers.has(worker)) this.#release(worker);
  }

  freed(worker: PoolWorker, milliseconds: number): void {
    this.#pace.finished(milliseconds);
    this.#release(worker);
  }

  #release(worker: PoolWorker): void {
    if (worker.load < this.settings.options.concurrency) {
      this.#withdraw(worker);
      this.#free.push(worker);
    }
    this.#dispatch();
    if (worker.load === 0) worker.rest();
  }

  retired(worker: PoolWorker): void {
    this.#withdraw(worker);
    this.#starting.delete(worker);
    this.#workers.delete(worker);
    if (this.#workers.size === 0) this.#seats.emptied();
    this.#dispatch();
  }

  gone(worker: PoolWorker, unbegun: readonly Ticket[]): void {
    this.requeue(unbegun);
    this.retired(worker);
  }

  requeue(tickets: readonly Ticket[]): void {
    for (const ticket of tickets.toReversed()) {
      ticket.worker = undefined;
      this.#queue.unshift(ticket);
    }
  }

  /** While others work, they do it alone. Otherwise what waits is refused; what comes later may try again. */
  unstartable(worker: PoolWorker, failure: StartFailure): void {
    this.#starting.delete(worker);
    this.#workers.delete(worker);
    const fatal = this.#seats.fail(worker.seat.number, failure, this.#workers.size);
    const refused = fatal !== undefined || failure.verdict === "refuse" ? this.#takeQueue() : [];
    for (const { task } of refused) task.events.refused(launchError(fatal ?? failure, task.label));
    this.#dispatch();
    this.settled();
  }

  settle(ticket: Ticket): void {
    this.#tickets.delete(ticket.task.id);
    if (this.#tickets.size === 0) this.#holdStarting(false);
  }

  settled(): void {
    if (this.#phase === "closing" && this.#tickets.size === 0 && this.#late === 0) void this.#end();
  }

  later(delivery: Promise<void>): void {
    this.#late++;
    void delivery.then(() => {
      this.#late--;
      this.settled();
    });
  }

  #dispatch(): void {
    for (let worker = this.#next(); worker !== undefined; worker = this.#next()) {
      const ticket = this.#queue.shift();
      if (ticket === undefined) break;
      if (worker.load + 1 >= this.settings.options.concurrency) this.#withdraw(worker);
      worker.run([ticket, ...this.#takeAhead(worker, 1)]);
    }
    while (this.#queue.length > this.#starting.size && this.#workers.size < this.#seats.limit) this.#start();
    if (this.waiting) this.#sendAhead();
    else if (this.#free.length > 0) this.#share();
  }

  /** Workers get their next futures before they finish, as long as these are tiny. */
  #sendAhead(): void {
    if (this.#pace.depth === 1) return;
    for (const worker of this.#workers) {
      const tickets = this.#takeAhead(worker, worker.load);
      if (tickets.length > 0) worker.run(tickets);
    }
  }

  /** What a worker that has `load` futures is sent besides: many at a time, since each message costs. */
  #takeAhead(worker: PoolWorker, load: number): readonly Ticket[] {
    const { depth } = this.#pace;
    const waits = !this.waiting || this.#starting.size > 0 || this.#workers.size < this.#seats.limit;
    if (depth === 1 || waits || load > depth / 2) return nothing;
    const fair = Math.ceil(this.#tickets.size / this.#workers.size);
    return this.#takeSmall(Math.min(Math.min(depth, fair) - load, worker.room));
  }

  /** The first of the queue, as far as they are small. */
  #takeSmall(count: number): Ticket[] {
    const tickets: Ticket[] = [];
    for (let ticket = this.#queue.first; ticket !== undefined && tickets.length < count; ticket = this.#queue.first) {
      if (ticket.task.payload.bytes > small) break;
      this.#queue.remove(ticket);
      tickets.push(ticket);
    }
    return tickets;
  }

  /** A worker without work gets half of what another was sent ahead: that one's present future may take long. */
  #share(): void {
    const idle = this.#free.some((worker) => worker.load === 0);
    const [first, ...others] = idle ? this.#workers : [];
    if (first === undefined) return;
    const busiest = others.reduce((most, worker) => (worker.load > most.load ? worker : most), first);
    const tickets = busiest.load < 2 ? [] : busiest.takeBack(Math.floor(busiest.load / 2));
    if (tickets.length === 0) return;
    this.requeue(tickets);
    this.#dispatch();
  }

  /** The least loaded worker, of equals the last used. A second future for one waits until no other worker is to come. */
  #next(): PoolWorker | undefined {
    let best = this.#free.at(-1);
    if (best === undefined || !this.waiting || best.load === 0) return this.waiting ? best : undefined;
    for (const worker of this.#free.toReversed()) if (worker.load < best.load) best = worker;
    const othersToCome = this.#starting.size > 0 || this.#workers.size < this.#seats.limit;
    return best.load > 0 && othersToCome ? undefined : best;
  }

  #start(): void {
    const worker = new PoolWorker(this, this.#seats.take([...this.#workers].map(({ seat }) => seat.number)));
    this.#workers.add(worker);
    this.#starting.add(worker);
    this.#lifeCycle.keep(worker);
  }

  #withdraw(worker: PoolWorker): void {
    const index = this.#free.lastIndexOf(worker);
    if (index >= 0) this.#free.splice(index, 1);
  }

  #takeQueue(): Ticket[] {
    const tickets: Ticket[] = [];
    for (let ticket = this.#queue.shift(); ticket !== undefined; ticket = this.#queue.shift()) {
      this.settle(ticket);
      tickets.push(ticket);
    }
    return tickets;
  }

  /** All that have futures; those that retire are no longer among `#workers`. */
  #serving(): Set<PoolWorker> {
    return new Set([...this.#tickets.values()].flatMap((ticket) => ticket.worker ?? []));
  }

  #holdStarting(held: boolean): void {
    for (const worker of this.#starting) worker.hold(held);
  }

  async #end(): Promise<void> {
    this.#phase = "over";
    this.#seats.reset();
    const workers = [...this.#workers];
    for (const worker of workers) worker.end();
    await Promise.all(workers.map((worker) => worker.ended));
    await this.#lifeCycle.close();
    this.#closed.resolve();
  }
}
