/** Pieces of input of unknown length, read no faster than workers take them. */

import { ChunkSizer } from "../../map/ChunkSizer.ts";
import { systemClock } from "../../platform/clock.ts";
import type { MapSnapshot } from "../../globals/snapshots.ts";
import type { Work, WorkSource } from "./Work.ts";

/** Milliseconds for which a chunk waits for more elements of an asynchronous source. */
const patience = 10;

export class IteratorSource implements WorkSource {
  readonly total = undefined;
  readonly #iterator: Iterator<unknown> | AsyncIterator<unknown>;
  readonly #snapshot: MapSnapshot;
  readonly #sizer: ChunkSizer;
  #read = 0;
  #done = false;
  /** An element that was asked for while the chunk before it left. */
  #coming: Promise<IteratorResult<unknown>> | undefined;
  /** The error that came after elements which still have to run. */
  #broken: { readonly error: unknown } | undefined;

  constructor(iterator: Iterator<unknown> | AsyncIterator<unknown>, workers: number, chunkSize: number | undefined, snapshot: MapSnapshot) {
    this.#iterator = iterator;
    this.#snapshot = snapshot;
    this.#sizer = new ChunkSizer(workers, chunkSize === undefined ? undefined : Math.max(1, Math.round(chunkSize)));
  }

  next(): Work | undefined | Promise<Work | undefined> {
    const elements: unknown[] = [];
    const size = this.#sizer.next(Infinity);
    if (this.#broken !== undefined) throw this.#broken.error;
    while (!this.#done && elements.length < size) {
      const step = this.#step(elements.length);
      if (step === undefined) break;
      if (step instanceof Promise) return this.#collect(elements, size, step);
      if (step.done === true) this.#done = true;
      else elements.push(step.value);
    }
    return this.#work(elements);
  }

  #step(taken: number): IteratorResult<unknown> | Promise<IteratorResult<unknown>> | undefined {
    if (this.#coming !== undefined) return this.#coming;
    try {
      const step = this.#iterator.next();
      return "then" in step ? Promise.resolve(step) : step;
    } catch (error) {
      return this.#break(error, taken);
    }
  }

  /** What came before the error runs first. */
  #break(error: unknown, taken: number): undefined {
    this.#done = true;
    if (taken === 0) throw error;
    this.#broken = { error };
    return undefined;
  }

  async #collect(elements: unknown[], size: number, first: Promise<IteratorResult<unknown>>): Promise<Work | undefined> {
    let step: Promise<IteratorResult<unknown>> = first;
    const late = elements.length > 0 ? delay() : undefined;
    let limit = late;
    try {
      for (;;) {
        this.#coming = step;
        const result = await (limit === undefined ? step : Promise.race([step, limit]));
        if (result === undefined) return this.#work(elements);
        this.#coming = undefined;
        if (result.done === true) this.#done = true;
        else elements.push(result.value);
        if (this.#done || elements.length >= size) return this.#work(elements);
        limit ??= delay();
        step = Promise.resolve(this.#iterator.next()); // oxlint-disable-line typescript/await-thenable
      }
    } catch (error) {
      this.#coming = undefined;
      this.#break(error, elements.length);
      return this.#work(elements);
    }
  }

  #work(elements: readonly unknown[]): Work | undefined {
    if (elements.length === 0) return undefined;
    const first = this.#read;
    this.#read += elements.length;
    const count = elements.length;
    return {
      first,
      indices: undefined,
      count,
      freeze: () => this.#snapshot.chunk(numbersOf(elements) ?? elements, (position) => first + position),
    };
  }

  measured(count: number, milliseconds: number): void {
    this.#sizer.measured(count, milliseconds);
  }

  release(): void {
    this.end();
  }

  /** Told at once, for it may be waiting; nobody waits for its end. */
  end(): void {
    if (this.#done) return;
    this.#done = true;
    void Promise.resolve()
      .then(() => this.#iterator.return?.())
      .catch(() => undefined); // the map has ended; its own outcome is what counts
  }
}

function delay(): Promise<undefined> {
  return new Promise((resolve) => systemClock.after(patience, () => resolve(undefined), true));
}

function numbersOf(elements: readonly unknown[]): Float64Array | undefined {
  return elements.every((element) => typeof element === "number") ? Float64Array.from(elements) : undefined;
}
