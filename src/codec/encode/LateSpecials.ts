/** Which specials are built after all others, and those whose tuples refer to them. */
export class LateSpecials {
  readonly #late: Set<number>;
  /** Specials whose tuples refer to one: late with it. */
  readonly #owners = new Map<number, number[]>();

  constructor(late: Set<number>) {
    this.#late = late;
  }

  add(index: number): void {
    if (this.#late.has(index)) return;
    this.#late.add(index);
    for (const owner of this.#owners.get(index) ?? []) this.add(owner);
  }

  /** The tuple of `owner` refers to `index`. */
  noteOwner(index: number, owner: number): void {
    if (this.#late.has(index)) this.add(owner);
    else if (!this.#owners.get(index)?.push(owner)) this.#owners.set(index, [owner]);
  }

  /** Forgets what was noted of specials from `end` on. */
  forget(end: number): void {
    for (const [index, owners] of this.#owners) {
      if (index >= end) this.#owners.delete(index);
      else
        this.#owners.set(
          index,
          owners.filter((owner) => owner < end),
        );
    }
  }
}
