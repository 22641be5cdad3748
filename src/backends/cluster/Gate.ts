/** Lets through a few at a time. Servers drop connections when too many are being made at once (`MaxStartups`). */

export class Gate {
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Runs `begin` when there is room; the next one comes when `over` of its result has settled, or when it fails. */
  async pass<T>(begin: () => Promise<T>, over: (result: T) => Promise<void> = async () => undefined): Promise<T> {
    if (this.#inside === this.#width) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#inside++;
    try {
      const result = await begin();
      void over(result).then(() => this.#leave());
      return result;
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  /** Its place is handed on. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inside--;
    else next();
  }
}
