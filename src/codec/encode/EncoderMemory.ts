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
}
