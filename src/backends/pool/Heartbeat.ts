/** Notices a silent worker: pings it in regular intervals and tells when three of them went unanswered. */

import type { Clock, Timer } from "../../platform/clock.ts";

const patience = 3;

export interface HeartbeatHost {
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
    if (this.#interval > 0) this.#timer = this.#clock.after(this.#interval, () => this.#beat());
  }

  /** Anything that the worker says shows that it lives. */
  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #beat(): void {
    if (this.#missed === patience) return this.#host.silent();
    this.#missed++;
    this.#host.ping();
    this.start();
  }
}
