/**
 * Turns values into `Encoded`. Plain data is copied natively during the walk, and the copy *is* the
 * snapshot; what needs more becomes a special, patched in by a fixup. Runs no code of the user's:
 * no getter, no proxy trap, no `toJSON` (the one exception is the class hook `futureplan.encode`).
 */

import { NotPortable } from "../../errors/errors.ts";
import type { Definition, Encoded, Ref, Special } from "../Encoded.ts";
import { encodeObject } from "./encodeObject.ts";
import { leftOutName } from "../leftOut.ts";
import { nameRest } from "./encodeMembers.ts";
import { encodePart } from "./encodePart.ts";
import { encodeSymbol } from "../symbols.ts";
import { EncoderMemory } from "./EncoderMemory.ts";
import { refusedAt, renderPath, type Path } from "./Path.ts";
import type { EncoderHooks } from "./EncoderHooks.ts";
import type { PromiseParts, Waited } from "./PromiseParts.ts";
import { refusal } from "./refusals.ts";
import { fillWeak, type WeakEntries } from "./encodeWeak.ts";
import { ViewPacker } from "./ViewPacker.ts";
import { LateSpecials } from "./LateSpecials.ts";
import { keysOf, setOwn, types } from "../reflection.ts";

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
  /** Futures and promises to be waited for; their values are sent as dependencies in this order. */
  readonly thenables: Waited[] = [];
  /** Other promises. */
  promises: PromiseParts | undefined;
  /** Prototypes of instances that need no further look. */
  readonly ordinary: Set<object> = new Set();
  /** WeakMaps and WeakSets met. */
  readonly weak: WeakEntries[] = [];
  /** Prototypes of other objects whose classes give no private state. */
  readonly public: Set<object> = new Set();
  /** Objects that only one function may have, for they are made anew with it. */
  readonly claimed: Set<object> = new Set();
  /** Approximate bytes so far. */
  bytes = 0;
  /** Path of the first thing that cannot leave this process. */
  local: string | undefined;
  readonly memory: EncoderMemory;
  readonly #late: LateSpecials;
  readonly #pending: (() => void)[] = [];
  readonly #open = new Set<number>();
  #depth = 0;

  constructor(hooks: EncoderHooks, memory: EncoderMemory = new EncoderMemory()) {
    this.hooks = hooks;
    this.views = new ViewPacker(hooks.freezer);
    this.memory = memory;
    this.#late = new LateSpecials(memory.late);
  }

  /** The finished tree of a holder filled by `put`. */
  finish(holder: { root: unknown }): Encoded {
    this.drain();
    if (this.weak.length > 0) fillWeak(this);
    if (this.memory.parts.size > 0) nameRest(this);
    this.views.finish();
    const fixups = this.fixups.map((part) => (part === holder ? undefined : part));
    return {
      root: holder.root,
      ...(this.specials.length > 0 && { specials: this.specials }),
      ...(fixups.length > 0 && { fixups }),
      ...(this.fills.length > 0 && { fills: this.fills }),
      ...(this.memory.late.size > 0 && { late: [...this.memory.late] }),
    };
  }

  /** Goes on with what was put off. */
  drain(): void {
    this.drainPending();
    this.promises?.settle(this);
  }

  /** The same with what stood too deep only. */
  drainPending(): void {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) this.#within(next);
  }

  /** Encodes `value` into `container[key]`; whether the receiver has to patch it there. */
  put(container: object, key: PropertyKey, value: unknown, path: Path, holder?: object): boolean {
    const ref = this.ref(value, path, holder);
    const isPatched = typeof ref === "number";
    setOwn(container, key, isPatched ? undefined : ref[0]);
    if (isPatched) this.fixups.push(container, key, ref);
    return isPatched;
  }

  /** The same for a value that is reached from `up` by `name`. */
  putBelow(container: object, key: PropertyKey, value: unknown, up: Path, name: Path["name"], holder?: object): boolean {
    if (!this.isAtom(value)) return this.put(container, key, value, { up, name }, holder);
    setOwn(container, key, value);
    return false;
  }

  /** Encodes both halves of an accessor into the quadruple that begins at `start`. */
  putAccessor(into: unknown[], start: number, { get, set }: PropertyDescriptor, path: Path, holder: object): void {
    this.put(into, start + 2, get, path, holder);
    this.put(into, start + 3, set, path, holder);
  }

  /** Encodes `value` for a place inside the tuple of the special `owner`, which is built late when the value is. */
  refFor(owner: number, value: unknown, path: Path, holder?: object): Ref {
    const ref = this.ref(value, path, holder);
    if (typeof ref === "number") this.#late.noteOwner(ref, owner);
    return ref;
  }

  /** The special is built after all others, and after those named so before it: its making runs code, or needs what does. */
  buildLate(index: number): void {
    this.#late.add(index);
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
    const known = this.memory.indices.get(fn);
    if (known !== undefined) return known;
    if (types.isProxy(fn)) this.refuse(path, ...refusal.proxy);
    const left = leftOutName(fn);
    if (left !== undefined) this.refuse(path, `it stands for ${left}, which stayed at home`, "Return what was read of its object.");
    this.bytes += 16;
    const reference = this.hooks.reference(fn);
    const index = reference === undefined ? this.hooks.encodeFunction(this, fn, path, holder) : this.special(reference, fn);
    this.memory.indices.set(fn, index);
    return index;
  }

  #objectRef(value: object, path: Path): Ref {
    const copy = this.memory.copies.get(value);
    if (copy !== undefined) return [copy];
    const known = this.memory.indices.get(value);
    if (known !== undefined && ArrayBuffer.isView(value)) this.views.again(value);
    if (known !== undefined) this.promises?.again(this, value, path);
    if (known === undefined) {
      this.bytes += 16;
      return encodeObject(this, value, path);
    }
    if (known < 0) {
      const position = (-1 - known) % rowsPerTable;
      return this.special(["row", (-1 - known - position) / rowsPerTable, position], value);
    }
    if (this.#open.has(known)) this.refuse(path, ...refusal.ownEncoding);
    if (this.memory.parts.has(value)) this.partOf(value, keysOf(value), path);
    return known;
  }

  /** Of a module's exports only what is used. */
  partOf(value: object, keys: readonly PropertyKey[], path: Path): number {
    return encodePart(this, { value, keys, path });
  }

  /** Reserves a special; `source` is remembered, so that a second sight gives the same index. */
  special(tuple: Special, source?: unknown): number {
    const index = this.memory.first + this.specials.push(tuple) - 1;
    if (source !== undefined) this.memory.indices.set(source, index);
    return index;
  }

  /** Whether `value` was met before. */
  knows(value: object): boolean {
    return this.memory.copies.has(value) || this.memory.indices.has(value);
  }

  /** Whether what is below is put off. */
  get isDeep(): boolean {
    return this.#depth >= depthLimit;
  }

  /** Reserves a special whose rows are remembered by their position; `undefined`: one of them stands there twice. */
  table(tuple: Special, source: object | undefined, rows: readonly object[]): number | undefined {
    const { indices, first } = this.memory;
    const before = indices.size;
    const start = (first + this.specials.length) * rowsPerTable;
    rows.forEach((row, position) => indices.set(row, -1 - start - position));
    if (indices.size - before === rows.length) return this.special(tuple, source);
    for (const row of rows) indices.delete(row);
    return undefined;
  }

  /** Fills in a special that was reserved earlier. */
  replace(index: number, tuple: Special): void {
    this.specials[index - this.memory.first] = tuple;
  }

  once(source: unknown, make: () => Special): number {
    return this.memory.indices.get(source) ?? this.special(make(), source);
  }

  /** The copy of `source`, or its index as a special; `fill` walks the contents, at once or later when it stands too deep. */
  descend(source: object, copy: object, fill: () => void): Ref {
    if (this.#depth < depthLimit) {
      this.memory.copies.set(source, copy);
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
    this.hooks.settle?.(this);
    this.#open.add(index);
    try {
      walk();
      this.drainPending();
      this.hooks.settle?.(this);
    } finally {
      this.#open.delete(index);
    }
  }

  #within(fill: () => void): void {
    this.#depth += 1;
    try {
      fill();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Gives what forgets all that is met from now on. */
  mark(): () => void {
    const lists = [this.specials, this.fixups, this.fills, this.weak, this.#pending].map((list) => [list, list.length] as const);
    const forget = [this.memory.mark(this.claimed), this.hooks.mark?.()];
    const { local } = this;
    const end = this.memory.first + this.specials.length;
    return () => {
      for (const [list, length] of lists) list.length = length;
      this.#late.forget(end);
      for (const each of forget) each?.();
      this.local = local;
    };
  }

  /** Notes something that only threads of this process can take. */
  noteLocal(path: Path, what: string): void {
    this.local ??= `${renderPath(path)}: ${what}`;
  }

  /** Refuses the value at `path`, which the message names step by step. */
  refuse(path: Path, what: string, advice: string): never {
    const error = new NotPortable(`${renderPath(path)}: ${what}. ${advice}`);
    refusedAt.set(error, path);
    throw error;
  }
}
