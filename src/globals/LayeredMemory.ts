/** The memory of an encoder that goes on where a finished one stands: what that one met is met again. */

import { EncoderMemory, type Part } from "../codec/encode/EncoderMemory.ts";

export class LayeredMemory extends EncoderMemory {
  override readonly first: number;
  override readonly copies: Map<object, object>;
  override readonly indices: IndicesAbove;
  override readonly parts: PartsAbove;
  override readonly late: Set<number>;

  /** `count`: how many specials the finished encoder has. */
  constructor(base: EncoderMemory, count: number) {
    super();
    this.first = count;
    this.copies = new MapAbove(base.copies);
    this.indices = new IndicesAbove(base.indices);
    this.parts = new PartsAbove(base.parts);
    this.late = new Set(base.late);
  }
}

/** Finds what either map has, and writes to this one only. */
class MapAbove<K, V> extends Map<K, V> {
  readonly #base: ReadonlyMap<K, V>;

  constructor(base: ReadonlyMap<K, V>) {
    super();
    this.#base = base;
  }

  override get(key: K): V | undefined {
    return super.get(key) ?? this.#base.get(key);
  }

  override has(key: K): boolean {
    return super.has(key) || this.#base.has(key);
  }
}

/** Notes when a view of the finished encoder is met again: what is done with it here may not be what was found out there. */
class IndicesAbove extends MapAbove<unknown, number> {
  sawView = false;

  override get(key: unknown): number | undefined {
    const index = super.get(key);
    this.sawView ||= index !== undefined && ArrayBuffer.isView(key);
    return index;
  }
}

/** Objects that travel in part belong to the finished encoder: it cannot be given more of them. */
class PartsAbove extends MapAbove<object, Part> {
  /** It was asked for one: what is encoded now must be encoded together with the rest instead. */
  touched = false;

  /** Own parts, too, are rare enough. */
  override get(key: object): Part | undefined {
    const part = super.get(key);
    this.touched ||= part !== undefined;
    return part;
  }
}
