/** What an encoder has met, so that a second sight of a thing gives the same one. */

/** An object of which only some properties travel, so far. */
export interface Part {
  readonly properties: unknown[];
  readonly keys: Set<PropertyKey>;
  /** The names of all others, once they are known; `undefined`: whoever gets the part does not miss them. */
  readonly rest?: string[];
}

export class EncoderMemory {
  /** Index of the first special. */
  readonly first: number = 0;
  /** Of plain data. */
  readonly copies: Map<object, object> = new Map();
  /** Of specials. */
  readonly indices: Map<unknown, number> = new Map();
  readonly parts: Map<object, Part> = new Map();
  /** Specials that are built after all others. */
  readonly late: Set<number> = new Set();

  /** What was met here, also what is met while this goes on. */
  *met(): Iterable<unknown> {
    yield* this.copies.keys();
    yield* this.indices.keys();
  }

  /** How many these are. */
  get size(): number {
    return this.copies.size + this.indices.size;
  }

  /** Gives what forgets all that is met from now on; `claimed`: the same for objects that functions have claimed. */
  mark(claimed: Set<object>): () => void {
    const collections = [this.copies, this.indices, this.parts, this.late, claimed].map((each) => [each, each.size] as const);
    const parts = [...this.parts.values()].map((part) => [part, part.properties.length, part.keys.size] as const);
    return () => {
      for (const [collection, size] of collections) shorten(collection, size);
      for (const [part, properties, keys] of parts) {
        part.properties.length = properties;
        shorten(part.keys, keys);
      }
    };
  }
}

/** Collections keep the order in which their keys came. */
function shorten(collection: Map<unknown, unknown> | Set<unknown>, size: number): void {
  if (collection.size === size) return;
  let at = 0;
  for (const key of collection.keys()) {
    if (at >= size) collection.delete(key);
    at += 1;
  }
}
