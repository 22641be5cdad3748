/**
 * How long futures take, from the times at which their outcomes come: tiny ones are sent ahead, as many as fill a moment; of long ones a worker
 * never has more than it runs, so that others can take them.
 */

/** Milliseconds of work that a worker may have waiting. */
const horizon = 2;
/** More at once would make messages no cheaper. */
const most = 128;
/** Outcomes, or milliseconds, after which the pace is judged anew. */
const enough = 16;

export class Pace {
  /** Milliseconds for each; `undefined`: not known. */
  #each: number | undefined;
  #count = 0;
  #spent = 0;

  /** A worker that was busy for so many milliseconds has finished one more. */
  finished(milliseconds: number): void {
    this.#count++;
    this.#spent += milliseconds;
    if (this.#count < enough && this.#spent < horizon) return;
    const each = this.#spent / this.#count;
    // Slower is believed at once, faster by and by.
    this.#each = this.#each === undefined || each > this.#each ? each : (each + this.#each) / 2;
    this.#count = 0;
    this.#spent = 0;
  }

  /** How many futures a worker may have; a clock that stands tells nothing. */
  get depth(): number {
    const each = this.#each ?? 0;
    return each > 0 ? Math.max(1, Math.min(most, Math.floor(horizon / each))) : 1;
  }
}
