/** Adds up how far the pieces of a map are, and tells the user. */

import { systemClock } from "../../platform/clock.ts";
import type { MapProgress } from "./MapOptions.ts";

/** Hears how far the map is. */
export interface ProgressListener {
  update(progress: MapProgress): void;
  finish(): void;
}

export class ProgressMeter {
  readonly #listener: ProgressListener;
  readonly #total: number | undefined;
  readonly #started: number = systemClock.now();
  readonly #parts = new Map<number, number>();
  #done = 0;

  constructor(total: number | undefined, listener: ProgressListener) {
    this.#total = total;
    this.#listener = listener;
  }

  /** A piece that runs has done so many elements. */
  report(piece: number, elements: number): void {
    this.#parts.set(piece, elements);
    this.#tell();
  }

  /** A piece has ended. */
  end(piece: number, elements: number): void {
    this.#parts.delete(piece);
    this.#done += elements;
    this.#tell();
  }

  finish(): void {
    this.#listener.finish();
  }

  #tell(): void {
    let done = this.#done;
    for (const part of this.#parts.values()) done += part;
    const total = this.#total;
    const elapsed = systemClock.now() - this.#started;
    const eta = total === undefined || done === 0 ? undefined : (elapsed / done) * (total - done);
    this.#listener.update({ done, total, eta });
  }
}
