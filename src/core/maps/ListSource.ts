/** Pieces of input whose length is known: cut beforehand as R does, or while running. */

import { ChunkSizer } from "../../map/ChunkSizer.ts";
import { makeChunks, type Chunk } from "../../map/makeChunks.ts";
import type { ChunkSnapshot, MapSnapshot } from "../../globals/snapshots.ts";
import type { MapSettings } from "./MapOptions.ts";
import type { Packed } from "./packElements.ts";
import type { Work, WorkSource } from "./Work.ts";

export interface ListInit {
  readonly elements: Packed;
  /** The indices in the order of processing, holes left out; `undefined`: all, in order. */
  readonly order: Int32Array | undefined;
  readonly workers: number;
  readonly settings: MapSettings;
  readonly snapshot: MapSnapshot;
  /** Exactly so many elements to a piece, but for the last; `undefined`: as the settings say. */
  readonly block: number | undefined;
}

export class ListSource implements WorkSource {
  readonly total: number;
  readonly #init: ListInit;
  readonly #sizer: ChunkSizer | undefined;
  readonly #works: Work[];
  #at = 0;

  constructor(init: ListInit) {
    const { elements, order, workers, settings, block } = init;
    const { chunkSize, scheduling } = settings;
    this.#init = init;
    this.total = order?.length ?? elements.length;
    const running = block !== undefined || (chunkSize === undefined && scheduling === "auto");
    this.#sizer = running ? new ChunkSizer(workers, block) : undefined;
    const rule = { chunkSize, scheduling: scheduling === "auto" ? 1 : scheduling };
    this.#works = running
      ? []
      : makeChunks(this.total, workers, rule)
          .map((chunk) => this.#work(chunk, !elements.frozen))
          .toReversed();
  }

  next(): Work | undefined {
    if (this.#sizer === undefined) return this.#works.pop();
    const start = this.#at;
    if (start >= this.total) return undefined;
    this.#at += this.#sizer.next(this.total - start);
    return this.#work({ start, end: this.#at }, false);
  }

  measured(count: number, milliseconds: number): void {
    this.#sizer?.measured(count, milliseconds);
  }

  end(): void {
    this.#at = this.total;
    this.#works.length = 0;
  }

  release(): void {
    this.#init.elements.release();
  }

  /** `now`: whoever changes the elements later changes nothing here. */
  #work({ start, end }: Chunk, now: boolean): Work {
    const { elements, order, snapshot } = this.#init;
    const freeze = (): ChunkSnapshot =>
      snapshot.chunk(elements.slice(start, end, order), (position) => order?.[start + position] ?? start + position);
    return {
      first: start,
      indices: order?.slice(start, end),
      count: end - start,
      freeze: now ? attempt(freeze) : freeze,
    };
  }
}

/** Does it now, and gives the result, or throws the error, when asked. */
function attempt<T>(body: () => T): () => T {
  try {
    const result = body();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
