/**
 * The engine of every parallel backend: a queue, the workers that serve it, and their replacement. Workers start when
 * there is work for them; the next future goes to the one that was used last, which is the warmest.
 */

import type { Backend, BackendContext, HowToClose, StopReason, Task } from "../../core/Backend.ts";
import { systemClock, type Clock } from "../../platform/clock.ts";
import type { Capabilities } from "../../plans/Capabilities.ts";
import { loadContentHash } from "./contentHash.ts";
import { Ahead } from "./Ahead.ts";
import type { Crew, CrewSettings } from "./Crew.ts";
import { crewSettings } from "./crewSettings.ts";
import { Deferred } from "./Deferred.ts";
import type { PoolDefinition } from "./PoolDefinition.ts";
import { poolSize } from "./poolSize.ts";
import { PoolWorker } from "./PoolWorker.ts";
import { Seats } from "./Seats.ts";
import { launchError, planClosed, tooLocal, type StartFailure } from "./StartFailure.ts";
import type { Supervision } from "./superviseWorker.ts";
import { watchEnvironment } from "./watchEnvironment.ts";
import { Ticket } from "./Ticket.ts";
import { TicketQueue } from "./TicketQueue.ts";

/** How many that are submitted at once are enough for a message. */
const together = 64;

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
  /** How many have not heard their last event. */
  #pending = 0;
  readonly #workers = new Set<PoolWorker>();
  /** Those that finish what they have and take nothing more. */
  readonly #retiring = new Set<PoolWorker>();
  /** Workers with room, the last used on top. */
  readonly #free: PoolWorker[] = [];
  readonly #ahead = new Ahead(this.#queue, this.#workers);
  /** Those of `#workers` that are not ready yet. */
  readonly #starting = new Set<PoolWorker>();
  /** Of every worker that is not gone yet. */
  readonly #supervisions = new Set<Supervision>();
  readonly #closed = new Deferred<void>();
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
    if (settings.definition.environment !== undefined) void this.#closed.promise.then(watchEnvironment());
  }

  get capabilities(): Capabilities {
    return this.settings.definition.capabilities;
  }

  get waiting(): boolean {
    return this.#queue.length > 0;
  }

  free(): number {
    return Math.max(0, this.workers - this.#pending);
  }

  expect(): void {
    const coming = this.#free.length > 0 || this.#starting.size > this.#queue.length || this.#workers.size >= this.#seats.limit;
    if (this.#phase === "open" && !coming) this.#start();
  }

  submit(task: Task): void {
    const { name, capabilities } = this.settings.definition;
    const { local } = task.payload;
    if (this.#phase === "over") return task.events.refused(launchError(planClosed(name), task.label));
    if (local !== undefined && !capabilities.sharedMemory) return task.events.refused(tooLocal(name, task.label, local));
    const ticket = new Ticket(task);
    task.place = ticket;
    if (this.#pending === 0) this.#holdStarting(true);
    this.#pending++;
    this.#queue.push(ticket);
    // Who has no worker at hand may as well wait for others to share its message.
    if (this.#free.length > 0 || this.#workers.size < this.#seats.limit || this.#queue.length % together === 0) this.#dispatch();
    else this.#dispatchSoon();
  }

  #dispatchSoon(): void {
    if (this.#isPlanned || !this.#ahead.isOn) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#dispatch();
    });
  }

  takeBack(): void {
    for (const worker of this.#serving()) this.requeue(worker.takeBack(Infinity));
    this.#dispatch();
  }

  stop(task: Task, reason: StopReason, interrupt: boolean): void {
    const ticket = task.place;
    if (!(ticket instanceof Ticket) || ticket.settled) return;
    const { worker } = ticket;
    if (worker === undefined) this.#queue.remove(ticket);
    else if (!worker.withdraw(ticket)) return interrupt ? worker.stop(ticket, reason) : undefined;
    this.#drop(ticket, reason);
    this.settled();
  }

  #drop(ticket: Ticket, reason: StopReason): void {
    this.settle(ticket);
    ticket.task.events.stopped(reason, false);
  }

  close(how: HowToClose): Promise<void> {
    if (this.#phase === "open") this.#phase = "closing";
    const reason = how === "interrupt" ? "SIGINT" : "shutdown";
    if (how !== "drain") {
      for (const ticket of this.#takeQueue()) ticket.task.events.stopped(reason, false);
      for (const worker of this.#serving()) for (const ticket of worker.takeBack(Infinity)) this.#drop(ticket, reason);
    }
    if (how === "interrupt") for (const worker of this.#serving()) worker.interruptAll(reason);
    if (how === "now") for (const worker of this.#serving()) worker.stopAll("shutdown");
    this.settled();
    return this.#closed.promise;
  }

  ready(worker: PoolWorker): void {
    if (this.#named === undefined) this.#begin(worker);
    else void this.#named.then(() => this.#begin(worker));
  }

  #begin(worker: PoolWorker): void {
    this.#starting.delete(worker);
    this.#seats.works(worker.seat.number);
    if (this.#workers.has(worker)) this.#release(worker);
  }

  freed(worker: PoolWorker, milliseconds: number): void {
    this.#ahead.finished(milliseconds);
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
    for (const other of this.#retiring) if (other.load === 0) this.#retiring.delete(other);
    if (worker.load > 0) this.#retiring.add(worker);
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
    ticket.settled = true;
    this.#pending--;
    if (this.#pending === 0) this.#holdStarting(false);
  }

  settled(): void {
    if (this.#phase === "closing" && this.#pending === 0 && this.#late === 0) void this.#end();
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
      worker.run(this.#sendsAhead ? [ticket, ...this.#ahead.take(worker, 1, this.#pending)] : [ticket]);
    }
    while (this.#queue.length > this.#starting.size && this.#workers.size < this.#seats.limit) this.#start();
    if (this.waiting) this.#sendAhead();
    else if (this.#free.length > 0) this.#share();
  }

  /** Workers get their next futures before they finish, as long as these are tiny. */
  #sendAhead(): void {
    if (!this.#sendsAhead) return;
    for (const worker of this.#workers) {
      const tickets = this.#ahead.take(worker, worker.load, this.#pending);
      if (tickets.length > 0) worker.run(tickets);
    }
  }

  /** Not while more are to come: what waits is theirs. */
  get #sendsAhead(): boolean {
    return this.#ahead.isOn && this.#starting.size === 0 && this.#workers.size >= this.#seats.limit;
  }

  /** A worker without work gets half of what another was sent ahead. */
  #share(): void {
    const tickets = this.#free.some((worker) => worker.load === 0) ? this.#ahead.takeBack() : [];
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
    const supervision = worker.start();
    this.#supervisions.add(supervision);
    void supervision.over.then(() => this.#supervisions.delete(supervision));
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

  #serving(): PoolWorker[] {
    return [...this.#workers, ...this.#retiring].filter((worker) => worker.load > 0);
  }

  #holdStarting(held: boolean): void {
    for (const worker of this.#starting) worker.hold(held);
  }

  async #end(): Promise<void> {
    this.#phase = "over";
    this.#seats.reset();
    const workers = [...this.#workers];
    for (const worker of workers) worker.end();
    for (const worker of workers) await worker.ended;
    await Promise.all([...this.#supervisions].map((supervision) => supervision.end()));
    this.#closed.resolve();
  }
}
