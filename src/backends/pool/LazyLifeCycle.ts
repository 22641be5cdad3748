/**
 * The life cycle, loaded when it is needed: at once when a worker fails to start, else when first results have had
 * their time, so that nothing waits for effect, and a short script never loads it.
 */

import type { Clock, Timer } from "../../platform/clock.ts";
import type { LifeCycle, Startable } from "./lifeCycle.ts";

/** Milliseconds until a worker that started is looked after. */
const delay = 100;

export class LazyLifeCycle implements LifeCycle {
  readonly #clock: Clock;
  readonly #connectTimeout: number;
  /** Workers that nobody looks after yet. */
  #waiting: Startable[] = [];
  #timer: Timer | undefined;
  #loading: Promise<LifeCycle> | undefined;

  constructor(clock: Clock, connectTimeout: number) {
    this.#clock = clock;
    this.#connectTimeout = connectTimeout;
  }

  keep(worker: Startable): void {
    this.#waiting.push(worker);
    if (this.#loading !== undefined) return this.#load();
    this.#timer ??= this.#clock.after(delay, () => this.#load());
    void worker.started.then((failure) => {
      if (failure !== undefined) this.#load();
    });
  }

  async close(): Promise<void> {
    this.#timer?.cancel();
    if (this.#loading === undefined) await Promise.all(this.#waiting.map((worker) => worker.connect().kill()));
    else await (await this.#loading).close();
  }

  #load(): void {
    this.#timer?.cancel();
    this.#loading ??= import("./lifeCycle.ts").then(({ openLifeCycle }) => openLifeCycle(this.#clock, this.#connectTimeout));
    const workers = this.#waiting;
    this.#waiting = [];
    void this.#loading.then((lifeCycle) => workers.forEach((worker) => lifeCycle.keep(worker)));
  }
}
