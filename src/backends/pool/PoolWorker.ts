/**
 * One worker of a pool, from its start to its end: `starting` → `working` → `retiring` (takes no more futures) → `gone`.
 * What it does with its futures is in `Aboard.ts`, how it is started and restarted in `superviseWorker.ts`.
 */

import type { StopReason } from "../../core/Backend.ts";
import type { Timer } from "../../platform/clock.ts";
import type { HostMessage } from "../../protocol/messages.ts";
import type { ChannelEnd } from "../../transport/Channel.ts";
import type { Ledger } from "../../transport/Ledger.ts";
import { Aboard, type AboardHost } from "./Aboard.ts";
import { Connection, type ConnectionUser, type WorkMessage } from "./Connection.ts";
import type { Crew } from "./Crew.ts";
import { Heartbeat, type HeartbeatHost } from "./Heartbeat.ts";
import type { WorkerSeat } from "./PoolDefinition.ts";
import type { StartFailure } from "./StartFailure.ts";
import { superviseWorker, type Supervised, type Supervision } from "./superviseWorker.ts";
import type { Ticket } from "./Ticket.ts";

export class PoolWorker implements ConnectionUser, Supervised, AboardHost, HeartbeatHost {
  readonly seat: WorkerSeat;
  readonly #crew: Crew;
  readonly #aboard: Aboard;
  readonly #heartbeat: Heartbeat;
  #connection: Connection | undefined;
  #phase: "starting" | "working" | "retiring" | "gone" = "starting";
  #idle: Timer | undefined;
  /** When it began to work, or last finished a future. */
  #since = 0;

  constructor(crew: Crew, seat: WorkerSeat) {
    const { clock, heartbeat } = crew.settings;
    this.seat = seat;
    this.#crew = crew;
    this.#aboard = new Aboard(crew, this);
    this.#heartbeat = new Heartbeat(clock, heartbeat, this);
  }

  get name(): string {
    return this.seat.name;
  }

  /** Number of futures it has. */
  get load(): number {
    return this.#aboard.size;
  }

  get watched(): boolean {
    return this.#connection?.watched === true;
  }

  ping(): void {
    this.send({ type: "ping" });
  }

  /** How many more futures it can be sent before it is free. */
  get room(): number {
    return this.#phase === "working" ? this.#aboard.room : 0;
  }

  get ledger(): Ledger | undefined {
    return this.#connection?.ledger;
  }

  get ended(): Promise<void> | undefined {
    return this.#connection?.ended;
  }

  start(): Supervision {
    const { clock, options } = this.#crew.settings;
    return superviseWorker(this, clock, options.connectTimeout);
  }

  connect(): Connection {
    const { settings } = this.#crew;
    const init = settings.init(this.seat);
    this.#aboard.startWith(init.definitions);
    this.#connection = new Connection(settings, this.seat, init, this);
    return this.#connection;
  }

  wanted(): boolean {
    return this.#crew.waiting;
  }

  ready(): void {
    if (this.#phase !== "starting") return;
    this.#phase = "working";
    this.#heartbeat.start();
    this.#crew.ready(this);
  }

  unstartable(failure: StartFailure): void {
    if (this.#phase !== "starting") return;
    this.#phase = "gone";
    this.#crew.unstartable(this, failure);
  }

  run(tickets: readonly Ticket[]): void {
    this.#idle?.cancel();
    for (const ticket of tickets) ticket.worker = this;
    this.hold(true);
    if (this.load === 0) this.#since = this.#crew.settings.clock.precise();
    this.#aboard.take(tickets);
  }

  /** Takes it back, should it not have begun. */
  withdraw(ticket: Ticket): boolean {
    return this.#aboard.withdraw(ticket);
  }

  /** Takes back so many of those that it was sent ahead. */
  takeBack(count: number): Ticket[] {
    return this.#aboard.takeBack(count);
  }

  stop(ticket: Ticket, reason: StopReason): void {
    this.#aboard.stop(ticket, reason);
  }

  /** As `stop`, for everything aboard. */
  interruptAll(reason: StopReason): void {
    this.#aboard.interruptAll(reason);
  }

  send(message: HostMessage): void {
    this.#connection?.send(message);
  }

  message(message: WorkMessage): void {
    this.#heartbeat.heard();
    this.#aboard.message(message);
  }

  /** Whether it keeps this process alive: while it has futures, or starts for some. */
  hold(held: boolean): void {
    this.#connection?.hold(held);
  }

  /** It has nothing to do. */
  rest(): void {
    const { clock, options } = this.#crew.settings;
    this.hold(false);
    if (options.idleTimeout !== Infinity) this.#idle = clock.after(options.idleTimeout, () => this.spent());
  }

  vacated(): void {
    if (this.#phase === "working") this.#crew.freed(this, this.#lap());
    else if (this.#phase === "retiring" && this.load === 0) this.end();
  }

  /** Milliseconds since it began to work, or finished another. */
  #lap(): number {
    const now = this.#crew.settings.clock.precise();
    const lap = now - this.#since;
    this.#since = now;
    return lap;
  }

  spent(): void {
    if (this.#phase === "working") this.#phase = "retiring";
    this.#crew.retired(this);
    this.vacated();
  }

  /** End it: gently where it listens, at once where it does not. It must be empty. */
  end(): void {
    const { clock, options } = this.#crew.settings;
    const listens = this.#phase === "working" || this.#phase === "retiring";
    this.#bury();
    if (!listens) return void this.#connection?.kill();
    this.hold(true);
    this.send({ type: "close" });
    const timer = clock.after(options.grace, () => void this.#connection?.kill());
    void this.ended?.then(() => timer.cancel());
  }

  /** End it now, with everything aboard. */
  stopAll(reason: StopReason): void {
    this.#aboard.markAll(reason);
    this.abandon({ cut: true });
  }

  abandon(end: ChannelEnd): void {
    void this.#connection?.kill();
    this.lost(end);
  }

  lost(end: ChannelEnd): void {
    if (this.#phase === "gone") return;
    this.#bury();
    this.#aboard.strand(end, (unbegun) => this.#crew.gone(this, unbegun));
  }

  /** What it may have begun since it was last heard cannot be known. */
  silent(): void {
    this.abandon({ cause: new Error("it gave no sign of life"), cut: true });
  }

  #bury(): void {
    this.#phase = "gone";
    this.#heartbeat.stop();
    this.#idle?.cancel();
  }
}
