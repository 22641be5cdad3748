/**
 * Notices a silent worker: pings it in regular intervals and tells when three of them went unanswered. Workers whose channel notices
 * that by itself are pinged all the same: they end themselves when their home is silent.
 */

import type { Clock, Timer } from "../../platform/clock.ts";

const patience = 3;
/** Milliseconds that the last answer may take. */
const lastChance = 1000;

export interface HeartbeatHost {
  /** As `Channel.watched`. */
  readonly watched: boolean;
  ping(): void;
  silent(): void;
}

export class Heartbeat {
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #host: HeartbeatHost;
  #missed = 0;
  #timer: Timer | undefined;

  /** An `interval` of `0` milliseconds: no heartbeats. */
  constructor(clock: Clock, interval: number, host: HeartbeatHost) {
    this.#clock = clock;
    this.#interval = interval;
    this.#host = host;
  }

  start(): void {
    if (this.#interval > 0) this.#schedule(this.#interval);
  }

  /** Anything that the worker says shows that it lives. */
  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #beat(): void {
    if (this.#missed === patience && !this.#host.watched) return this.#host.silent();
    this.#missed = Math.min(this.#missed + 1, patience);
    this.#host.ping();
    this.#schedule(this.#missed === patience && !this.#host.watched ? Math.min(this.#interval, lastChance) : this.#interval);
  }

  #schedule(milliseconds: number): void {
    this.#timer = this.#clock.after(milliseconds, () => this.#beat());
  }
}
