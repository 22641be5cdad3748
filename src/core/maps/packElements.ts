/**
 * Elements as they travel: numbers as one typed array, in shared memory where the workers can see it. The copy is also what
 * freezes them; other elements are encoded chunk by chunk.
 */

import { currentSession } from "../../session/currentSession.ts";
import { returnMemory, takeMemory } from "./spareMemory.ts";
import { copyInto, isNumberArray, type NumberArray } from "../typedArrays.ts";

/** Elements of a map whose number is known. */
export interface Packed {
  readonly length: number;
  /** The elements at positions `start` (included) to `end`, in the given order of indices. */
  slice(start: number, end: number, order: Int32Array | undefined): readonly unknown[] | ArrayBufferView;
  /** Nobody can change them any more. */
  readonly frozen: boolean;
  /** Everything has run: nobody reads them any more. */
  release(): void;
}

export function packElements(elements: readonly unknown[] | NumberArray, shared: boolean): Packed {
  const numbers = isNumberArray(elements) ? copyOf(elements, shared) : packNumbers(elements, shared);
  if (numbers !== undefined) return new PackedNumbers(numbers, shared, numbers !== elements);
  const list: readonly unknown[] = Array.from(elements);
  return {
    length: list.length,
    frozen: list.every((element) => typeof element !== "object" && typeof element !== "function"),
    slice: (start, end, order) =>
      order === undefined ? list.slice(start, end) : Array.from(order.subarray(start, end), (index) => list[index]),
    release: () => undefined,
  };
}

/** `undefined`: not all are numbers. */
function packNumbers(elements: readonly unknown[], shared: boolean): NumberArray | undefined {
  const { length } = elements;
  if (typeof elements[0] !== "number") return undefined;
  const numbers = new Float64Array(memory(length * 8, shared), 0, length);
  for (let index = 0; index < length; index++) {
    const element = elements[index];
    if (typeof element !== "number") return undefined;
    numbers[index] = element;
  }
  return numbers;
}

/** What is shared on purpose stays what it is. */
function copyOf(elements: NumberArray, shared: boolean): NumberArray {
  if (shared && currentSession().shared.has(elements.buffer)) return elements;
  return copyInto(memory(elements.byteLength, shared), elements);
}

function memory(bytes: number, shared: boolean): ArrayBufferLike {
  return shared ? takeMemory(bytes) : new ArrayBuffer(bytes);
}

class PackedNumbers implements Packed {
  readonly frozen = true;
  readonly #numbers: NumberArray;
  readonly #shared: boolean;
  readonly #own: boolean;

  /** `own`: they are a copy. */
  constructor(numbers: NumberArray, shared: boolean, own: boolean) {
    this.#numbers = numbers;
    this.#shared = shared;
    this.#own = own;
  }

  release(): void {
    const { buffer } = this.#numbers;
    if (this.#own && buffer instanceof SharedArrayBuffer) returnMemory(buffer);
  }

  get length(): number {
    return this.#numbers.length;
  }

  /** A view of memory that is not shared would travel with all of it. */
  slice(start: number, end: number, order: Int32Array | undefined): ArrayBufferView {
    if (order === undefined) return this.#shared ? this.#numbers.subarray(start, end) : this.#numbers.slice(start, end);
    const chosen = this.#numbers.slice(0, end - start);
    for (let position = start; position < end; position++) chosen[position - start] = this.#numbers[order[position] ?? 0];
    return chosen;
  }
}
