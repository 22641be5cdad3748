/**
 * Turns values into `Encoded`. Plain data is copied natively during the walk, and the copy *is* the
 * snapshot; what needs more becomes a special, patched in by a fixup. Runs no code of the user's:
 * no getter, no proxy trap, no `toJSON` (the one exception is the class hook `futureplan.encode`).
 */

import { NotPortable } from "../../errors/errors.ts";
import type { Definition, Encoded, Ref, Special } from "../Encoded.ts";
import { encodeObject } from "./encodeObject.ts";
import { encodeProperties } from "./encodeProperties.ts";
import { encodeSymbol } from "../symbols.ts";
import { EncoderMemory } from "./EncoderMemory.ts";
import { renderPath, type Path } from "./Path.ts";
import type { EncoderHooks } from "./EncoderHooks.ts";
import { refusal } from "./refusals.ts";
import { ViewPacker } from "./ViewPacker.ts";
import { defineProperty, keysOf, types } from "../reflection.ts";

type Atom = string | number | bigint | boolean | null | undefined;

/** Nesting at which the walk goes on in a flat list: structured clone's own recursion ends near 10,000. */
const depthLimit = 200;
/** Rows met once are remembered as `-1 - table * rowsPerTable - position`; met again they become specials. */
const rowsPerTable = 2 ** 32;

export class Encoder {
  readonly hooks: EncoderHooks;
  readonly specials: Special[] = [];
  readonly fixups: unknown[] = [];
  readonly fills: unknown[] = [];
  readonly needs: Map<string, Definition> = new Map();
  readonly views: ViewPacker;
  /** Futures and promises met; their values are sent as dependencies in this order. */
  readonly thenables: object[] = [];
  /** Prototypes of instances that need no further look. */
  readonly ordinary: Set<object> = new Set();
  /** Prototypes of other objects whose classes give no private state. */
  readonly public: Set<object> = new Set();
  /** Objects that only one function may have, for they are made anew with it. */
  readonly claimed: Set<object> = new Set();
  /** Approximate bytes so far. */
  bytes = 0;
  /** Path of the first thing that cannot leave this process. */
  local: string | undefined;
  readonly #memory: EncoderMemory;
  readonly #pending: (() => void)[] = [];
  readonly #open = new Set<number>();
  #depth = 0;

  constructor(hooks: EncoderHooks, memory: EncoderMemory = new EncoderMemory()) {
    this.hooks = hooks;
    this.views = new ViewPacker(hooks.freezer);
    this.#memory = memory;
  }

  /** Encodes one value with everything below it. */
  encode(value: unknown, path: Path): Encoded {
    const holder: { root: unknown } = { root: undefined };
    this.put(holder, "root", value, path);
    return this.finish(holder);
  }

  /** The finished tree of a holder filled by `put`. */
  finish(holder: { root: unknown }): Encoded {
    this.drain();
    this.views.finish();
    const fixups = this.fixups.map((part) => (part === holder ? undefined : part));
    return {
      root: holder.root,
      ...(this.specials.length > 0 && { specials: this.specials }),
      ...(fixups.length > 0 && { fixups }),
      ...(this.fills.length > 0 && { fills: this.fills }),
      ...(this.#memory.late.size > 0 && { late: [...this.#memory.late] }),
    };
  }

  /** Goes on with what was put off because it stands too deep. */
  drain(): void {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) this.#within(next);
  }

  /** Encodes `value` into `container[key]`; whether the receiver has to patch it there. */
  put(container: object, key: PropertyKey, value: unknown, path: Path, holder?: object): boolean {
    const ref = this.ref(value, path, holder);
    const isPatched = typeof ref === "number";
    define(container, key, isPatched ? undefined : ref[0]);
    if (isPatched) this.fixups.push(container, key, ref);
    return isPatched;
  }

  /** The same for a value that is reached from `up` by `name`. */
  putBelow(container: object, key: PropertyKey, value: unknown, up: Path, name: Path["name"], holder?: object): boolean {
    if (!this.isAtom(value)) return this.put(container, key, value, { up, name }, holder);
    define(container, key, value);
    return false;
  }

  /** Puts the special `index` in a place that may have been put before. */
  putAgain(container: object, key: PropertyKey, index: number): void {
    const { fixups } = this;
    for (let at = 0; at < fixups.length; at += 3) {
      if (fixups[at] !== container || fixups[at + 1] !== key) continue;
      fixups[at + 2] = index;
      return;
    }
    fixups.push(container, key, index);
  }

  /** Encodes `value` for a place inside the tuple of the special `owner`, which is built late when the value is. */
  refFor(owner: number, value: unknown, path: Path, holder?: object): Ref {
    const ref = this.ref(value, path, holder);
    if (typeof ref === "number" && this.#memory.late.has(ref)) this.buildLate(owner);
    return ref;
  }

  /** The special is built after all others, and after those named so before it: its making runs code, or needs what does. */
  buildLate(index: number): void {
    this.#memory.late.add(index);
  }

  /** Encodes `value`, for a place that no fixup reaches. What may be built late needs `refFor`. */
  ref(value: unknown, path: Path, holder?: object): Ref {
    if (this.isAtom(value)) return [value];
    if (typeof value === "function") return this.functionRef(value, path, holder);
    return typeof value === "symbol" ? this.once(value, () => encodeSymbol(this, value)) : this.#objectRef(value, path);
  }

  /** Whether `value` stands for itself: it needs neither path nor reference. Its bytes are counted. */
  isAtom(value: unknown): value is Atom {
    switch (typeof value) {
      case "string":
        this.bytes += value.length;
        return true;
      case "object":
        return value === null;
      case "function":
      case "symbol":
        return false;
      case "number":
      case "bigint":
      case "boolean":
      case "undefined":
        this.bytes += 8;
        return true;
    }
  }

  /** The index of a function's special. */
  functionRef(fn: Function, path: Path, holder?: object): number {
    const known = this.#memory.indices.get(fn);
    if (known !== undefined) return known;
    if (types.isProxy(fn)) this.refuse(path, ...refusal.proxy);
    this.bytes += 16;
    const reference = this.hooks.reference(fn);
    const index = reference === undefined ? this.hooks.encodeFunction(this, fn, path, holder) : this.special(reference, fn);
    this.#memory.indices.set(fn, index);
    return index;
  }

  #objectRef(value: object, path: Path): Ref {
    const copy = this.#memory.copies.get(value);
    if (copy !== undefined) return [copy];
    const known = this.#memory.indices.get(value);
    if (known !== undefined && ArrayBuffer.isView(value)) this.views.again(value);
    if (known === undefined) {
      this.bytes += 16;
      return encodeObject(this, value, path);
    }
    if (known < 0) {
      const position = (-1 - known) % rowsPerTable;
      return this.special(["row", (-1 - known - position) / rowsPerTable, position], value);
    }
    if (this.#open.has(known)) this.refuse(path, ...refusal.ownEncoding);
    if (this.#memory.parts.has(value)) this.partOf(value, keysOf(value), path);
    return known;
  }

  /** Of a module's exports only what is used; whoever uses all of it gets the same object. */
  partOf(value: object, keys: readonly PropertyKey[], path: Path): number {
    let part = this.#memory.parts.get(value);
    if (part === undefined) {
      part = { properties: [], keys: new Set() };
      this.#memory.parts.set(value, part);
      this.special(["object", "usual", part.properties, "open"], value);
    }
    const { properties, keys: known } = part;
    const missing = keys.filter((key) => !known.has(key));
    for (const key of missing) known.add(key);
    this.walk(() => {
      try {
        encodeProperties(this, value, missing, properties, path);
      } catch (error) {
        if (!(error instanceof ReferenceError)) throw error;
        this.refuse(path, ...refusal.unready);
      }
    });
    return this.#memory.indices.get(value) ?? -1;
  }

  /** Reserves a special; `source` is remembered, so that a second sight gives the same index. */
  special(tuple: Special, source?: unknown): number {
    const index = this.#memory.first + this.specials.push(tuple) - 1;
    if (source !== undefined) this.#memory.indices.set(source, index);
    return index;
  }

  /** Whether `value` was met before. */
  knows(value: object): boolean {
    return this.#memory.copies.has(value) || this.#memory.indices.has(value);
  }

  /** Whether what is below is put off. */
  get isDeep(): boolean {
    return this.#depth >= depthLimit;
  }

  /** Reserves a special whose rows are remembered by their position; `undefined`: one of them stands there twice. */
  table(tuple: Special, source: object | undefined, rows: readonly object[]): number | undefined {
    const { indices, first } = this.#memory;
    const before = indices.size;
    const start = (first + this.specials.length) * rowsPerTable;
    rows.forEach((row, position) => indices.set(row, -1 - start - position));
    if (indices.size - before === rows.length) return this.special(tuple, source);
    for (const row of rows) indices.delete(row);
    return undefined;
  }

  /** Fills in a special that was reserved earlier. */
  replace(index: number, tuple: Special): void {
    this.specials[index - this.#memory.first] = tuple;
  }

  once(source: unknown, make: () => Special): number {
    return this.#memory.indices.get(source) ?? this.special(make(), source);
  }

  /** The copy of `source`, or its index as a special; `fill` walks the contents, at once or later when it stands too deep. */
  descend(source: object, copy: object, fill: () => void): Ref {
    if (this.#depth < depthLimit) {
      this.#memory.copies.set(source, copy);
      this.#within(fill);
      return [copy];
    }
    // Cut the tree here: the copy stands flat among the specials.
    this.#pending.push(fill);
    return this.special(["plain", copy], source);
  }

  /** Walks the contents of a special, at once or later when it stands too deep. */
  walk(fill: () => void): void {
    if (this.#depth < depthLimit) this.#within(fill);
    else this.#pending.push(fill);
  }

  /** Walks everything below a value whose class encodes it, before the special `index` is complete: the receiver needs all of it at once. */
  whole(index: number, walk: () => void): void {
    this.#open.add(index);
    walk();
    this.drain();
    this.#open.delete(index);
  }

  #within(fill: () => void): void {
    this.#depth += 1;
    try {
      fill();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Notes something that only threads of this process can take. */
  noteLocal(path: Path, what: string): void {
    this.local ??= `${renderPath(path)}: ${what}`;
  }

  /** Refuses the value at `path`, which the message names step by step. */
  refuse(path: Path, what: string, advice: string): never {
    throw new NotPortable(`${renderPath(path)}: ${what}. ${advice}`);
  }
}

/** Plain assignment, except for the key that would set the prototype. */
function define(container: object, key: PropertyKey, value: unknown): void {
  if (key === "__proto__") defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  else (container as Record<PropertyKey, unknown>)[key] = value; // containers are our own copies
}
