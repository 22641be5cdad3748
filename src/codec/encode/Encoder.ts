/**
 * Turns values into `Encoded`. Plain data is copied natively during the walk, and the copy *is* the
 * snapshot; what needs more becomes a special, patched in by a fixup. Runs no code of the user's:
 * no getter, no proxy trap, no `toJSON` (the one exception is the class hook `futureplan.encode`).
 */

import { NotPortable } from "../errors/errors.ts";
import type { Definition, Encoded, Ref, Special } from "./Encoded.ts";
import { encodeObject } from "./encodeObject.ts";
import { encodeSymbol } from "./symbols.ts";
import { renderPath, type Path } from "./Path.ts";
import { ViewPacker } from "./ViewPacker.ts";

/** What differs between home (captures closures) and worker (knows what came from home). */
export interface EncoderHooks {
  /** Buffers are copied now, so that later writes are not seen. */
  readonly freeze: boolean;
  /** A function or class that is no intrinsic. Must call `encoder.special` and return its index. */
  encodeFunction(encoder: Encoder, fn: Function, path: Path, holder: object | undefined): number;
  /** Something that the receiver can import or already has; `undefined`: travels by value. */
  reference(value: object): Special | undefined;
  /** Whether the receiver can have this class; else its instances arrive as plain objects, its errors as `Error`. */
  knowsClass(constructor: Function): boolean;
  /** What to send in place of a proxy, if anything. */
  unwrapProxy(value: object): object | undefined;
  /** Whether the class declares `#private` fields. */
  hasPrivate(constructor: Function): boolean;
}

interface Pending {
  readonly run: () => void;
}

/** Nesting at which the walk goes on in a flat list: structured clone's own recursion ends near 10,000. */
const depthLimit = 400;

export class Encoder {
  readonly hooks: EncoderHooks;
  readonly specials: Special[] = [];
  readonly fixups: unknown[] = [];
  readonly fills: unknown[] = [];
  readonly needs: Map<string, Definition> = new Map();
  readonly views: ViewPacker;
  /** Futures and promises met; their values are sent as dependencies in this order. */
  readonly thenables: object[] = [];
  /** Approximate bytes so far. */
  bytes = 0;
  /** Path of the first thing that cannot leave this process. */
  local: string | undefined;
  private readonly copies = new Map<object, object>();
  private readonly indices = new Map<unknown, number>();
  private readonly pending: Pending[] = [];
  private depth = 0;

  constructor(hooks: EncoderHooks) {
    this.hooks = hooks;
    this.views = new ViewPacker(hooks.freeze);
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
    };
  }

  /** Goes on with what was put off because it stands too deep. */
  drain(): void {
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) next.run();
  }

  /** Encodes `value` into `container[key]`. */
  put(container: object, key: PropertyKey, value: unknown, path: Path, holder?: object): void {
    const ref = this.ref(value, path, holder);
    if (typeof ref === "number") {
      define(container, key, undefined);
      this.fixups.push(container, key, ref);
    } else {
      define(container, key, ref[0]);
    }
  }

  /** Encodes `value` for a place inside a special's tuple. */
  ref(value: unknown, path: Path, holder?: object): Ref {
    switch (typeof value) {
      case "string":
        this.bytes += value.length;
        return [value];
      case "symbol":
        return this.once(value, () => encodeSymbol(this, value));
      case "function":
        return this.functionRef(value, path, holder);
      case "object":
        return value === null ? [null] : this.objectRef(value, path);
      case "number":
      case "bigint":
      case "boolean":
      case "undefined":
        this.bytes += 8;
        return [value];
    }
  }

  /** The index of a function's special. */
  functionRef(fn: Function, path: Path, holder?: object): number {
    const known = this.indices.get(fn);
    if (known !== undefined) return known;
    this.bytes += 16;
    const reference = this.hooks.reference(fn);
    const index = reference === undefined ? this.hooks.encodeFunction(this, fn, path, holder) : this.special(reference, fn);
    this.indices.set(fn, index);
    return index;
  }

  private objectRef(value: object, path: Path): Ref {
    const copy = this.copies.get(value);
    if (copy !== undefined) return [copy];
    const known = this.indices.get(value);
    if (known !== undefined) return known;
    this.bytes += 16;
    return encodeObject(this, value, path);
  }

  /** Reserves a special; `source` is remembered, so that a second sight gives the same index. */
  special(tuple: Special, source?: unknown): number {
    const index = this.specials.push(tuple) - 1;
    if (source !== undefined) this.indices.set(source, index);
    return index;
  }

  /** Fills in a special that was reserved earlier. */
  replace(index: number, tuple: Special): void {
    this.specials[index] = tuple;
  }

  once(source: unknown, make: () => Special): number {
    return this.indices.get(source) ?? this.special(make(), source);
  }

  /** Remembers the native copy of an object, before its contents are walked. */
  remember<T extends object>(source: object, copy: T): T {
    this.copies.set(source, copy);
    return copy;
  }

  /** The copy of `source`, or its index as a special; `fill` walks the contents, at once or later when it stands too deep. */
  descend(source: object, copy: object, fill: () => void): Ref {
    this.remember(source, copy);
    if (this.depth < depthLimit) {
      this.within(fill);
      return [copy];
    }
    // Cut the tree here: the copy stands flat among the specials.
    this.copies.delete(source);
    this.pending.push({ run: () => this.within(fill) });
    return this.special(["plain", copy], source);
  }

  private within(fill: () => void): void {
    this.depth += 1;
    try {
      fill();
    } finally {
      this.depth -= 1;
    }
  }

  /** Notes something that only threads of this process can take. */
  noteLocal(path: Path, what: string): void {
    this.local ??= `${renderPath(path)}: ${what}`;
  }

  /** Refuses the value at `path`: `handler → cfg → db: a Socket cannot leave this process`. */
  refuse(path: Path, what: string, advice: string): never {
    throw new NotPortable(`${renderPath(path)}: ${what}. ${advice}`);
  }
}

/** Plain assignment, except for the key that would set the prototype. */
function define(container: object, key: PropertyKey, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  else (container as Record<PropertyKey, unknown>)[key] = value; // containers are our own copies
}
