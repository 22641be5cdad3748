/** Everything that an episode leaves to chance, from its seed. */

import { PCG64 } from "futureplan/random";

export class Chance {
  readonly #generator: PCG64;

  constructor(seed: number) {
    this.#generator = new PCG64(seed);
  }

  /** An integer from `low` on, below `high`. */
  integer(low: number, high: number): number {
    return this.#generator.integers(low, high);
  }

  /** Whether something that happens once in so many times happens now. */
  oneIn(times: number): boolean {
    return this.integer(0, times) === 0;
  }

  of<T>(items: readonly T[]): T {
    const item = items[this.integer(0, items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  }

  /** One of them, each as often as its weight says. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T {
    let at = this.integer(
      0,
      items.reduce((sum, { weight }) => sum + weight, 0),
    );
    for (const item of items) {
      if (at < item.weight) return item;
      at -= item.weight;
    }
    throw new Error("nothing to choose from");
  }
}
