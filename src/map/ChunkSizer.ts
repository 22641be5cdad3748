/**
 * Sizes of chunks from measured times: small probes first, then as many elements as fill `target` milliseconds, and towards
 * the end fewer (guided self-scheduling), so that workers end together. Time is handed in.
 */

/** Milliseconds that one chunk should take: long against a message, short against a user's patience. */
const target = 50;
/** While chunks are too short to be measured, each is so many times longer than the one before. */
const growth = 16;
const largest = 1 << 17;
/** Of input whose end is not known: reading far ahead may be in vain. */
const largestUnknown = 1024;

export class ChunkSizer {
  readonly #workers: number;
  readonly #fixed: number | undefined;
  #size = 1;
  /** Milliseconds per element, the recent ones weighing more; `undefined`: not measured yet. */
  #mean: number | undefined;

  /** `fixed`: always this size. */
  constructor(workers: number, fixed: number | undefined) {
    this.#workers = workers;
    this.#fixed = fixed;
  }

  /** The size of the next chunk, at least 1; `remaining` elements are left, `Infinity` where nobody knows. */
  next(remaining: number): number {
    if (this.#fixed !== undefined) return Math.min(this.#fixed, remaining);
    const guided = Math.ceil(remaining / (2 * this.#workers));
    return Math.max(1, Math.min(this.#size, guided, remaining, remaining === Infinity ? largestUnknown : largest));
  }

  /** A chunk of `count` elements took so many milliseconds. */
  measured(count: number, milliseconds: number): void {
    const each = milliseconds / count;
    this.#mean = this.#mean === undefined ? each : 0.5 * this.#mean + 0.5 * each;
    // A clock of whole milliseconds says nothing about less than a few of them.
    const wanted = milliseconds < 5 ? count * growth : target / this.#mean;
    this.#size = Math.max(1, Math.min(largest, Math.floor(wanted), this.#size * growth));
  }
}
