/** The values of a chunk's elements: numbers as one typed array for as long as all are numbers, or as `as` demands. */

import type { Result } from "../../codec/Linker.ts";

/** A typed array. */
export interface Numbers {
  readonly length: number;
  readonly buffer: ArrayBufferLike;
  [position: number]: number | bigint;
}

export class ValueList {
  readonly #as: string | undefined;
  #numbers: Numbers;
  /** From the first value on that is no number. */
  #mixed: unknown[] | undefined;
  /** How many values there are, those written to `numbers` by others included. */
  count = 0;

  constructor(length: number, as: string | undefined) {
    this.#as = as;
    this.#numbers = as === undefined ? new Float64Array(length) : makeArray(as, length);
  }

  /** Where numbers go, by position; `undefined` once something else has come. */
  get numbers(): Numbers | undefined {
    return this.#mixed === undefined ? this.#numbers : undefined;
  }

  add(value: unknown): void {
    if (typeof value === "number" && this.#mixed === undefined) this.#numbers[this.count] = value; // a BigInt array refuses it itself
    else this.#addOther(value);
    this.count++;
  }

  /** The element has no value. */
  skip(): void {
    if (this.#as === undefined) this.#mix().push(undefined);
    this.count++;
  }

  #addOther(value: unknown): void {
    if (this.#as === undefined) this.#mix().push(value);
    else if (typeof value === "bigint") this.#numbers[this.count] = value;
    else throw new TypeError(`With as: ${this.#as} every value must be a number, not ${value === null ? "null" : typeof value}.`);
  }

  #mix(): unknown[] {
    this.#mixed ??= this.#some();
    return this.#mixed;
  }

  #some(): unknown[] {
    const values: unknown[] = [];
    for (let at = 0; at < this.count; at++) values.push(this.#numbers[at]);
    return values;
  }

  toArray(): unknown[] {
    return this.#mixed ?? this.#some();
  }

  /** Numbers need no codec and are moved, not copied. */
  finish(): { readonly value: unknown; readonly encoded: Result | undefined } {
    if (this.#mixed !== undefined) return { value: this.#mixed, encoded: undefined };
    const { buffer } = this.#numbers;
    const transfer = buffer instanceof ArrayBuffer && buffer.byteLength > 0 ? [buffer] : [];
    return { value: this.#numbers, encoded: { body: { root: this.#numbers }, definitions: [], transfer } };
  }
}

/** `name` was checked at home. */
function makeArray(name: string, length: number): Numbers {
  const make: unknown = Reflect.get(globalThis, name);
  if (typeof make !== "function") throw new TypeError(`${name} does not exist here`);
  return Reflect.construct(make, [length]);
}
