/** Which blocks a worker keeps between futures, as home knows it: home sends what is missing and says what to let go of. */

export class KeptBlocks {
  /** Bytes, by id; the least recently used first. */
  readonly #sizes = new Map<string, number>();
  readonly #limit: number;
  #bytes = 0;

  /** `limit`: bytes to keep. What futures aboard need stays in any case. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the worker has it; it is used now. */
  use(id: string): boolean {
    const size = this.#sizes.get(id);
    if (size === undefined) return false;
    this.#sizes.delete(id);
    this.#sizes.set(id, size);
    return true;
  }

  /** The worker gets it. */
  add(id: string, size: number): void {
    this.#sizes.set(id, size);
    this.#bytes += size;
  }

  /** Whether something must go before so many bytes more come. */
  isFull(more: number): boolean {
    return this.#bytes + more > this.#limit;
  }

  /** Takes out the least recently used, until so many bytes more have room; gives their ids. */
  release(more: number, needed: ReadonlySet<string>): string[] {
    const released: string[] = [];
    for (const [id, size] of this.#sizes) {
      if (!this.isFull(more)) break;
      if (needed.has(id)) continue;
      this.#sizes.delete(id);
      this.#bytes -= size;
      released.push(id);
    }
    return released;
  }
}
