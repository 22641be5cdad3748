/** One direction of a connection: what is sent arrives in order, each piece as a step of the scheduler. */

/** Has something done as a step, some time. */
export type Schedule = (label: string, action: () => void) => void;

export class Wire<T> {
  readonly #label: string;
  readonly #schedule: Schedule;
  readonly #deliver: (item: T) => void;
  readonly #describe: (item: T) => string;
  #items: T[] = [];
  #busy = false;

  constructor(label: string, schedule: Schedule, deliver: (item: T) => void, describe: (item: T) => string) {
    this.#label = label;
    this.#schedule = schedule;
    this.#deliver = deliver;
    this.#describe = describe;
  }

  /** What is under way. */
  get items(): readonly T[] {
    return this.#items;
  }

  send(item: T): void {
    this.#items.push(item);
    if (!this.#busy) this.#next();
  }

  /** Nothing of what is under way arrives. */
  cut(): void {
    this.#items = [];
  }

  #next(): void {
    const [first] = this.#items;
    if (first === undefined) return;
    this.#busy = true;
    this.#schedule(`${this.#label} ${this.#describe(first)}`, () => {
      this.#busy = false;
      // It may have been cut, and something else sent since.
      if (this.#items[0] === first) {
        this.#items.shift();
        this.#deliver(first);
      }
      if (!this.#busy) this.#next();
    });
  }
}
