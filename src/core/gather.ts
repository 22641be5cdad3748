/**
 * Finds the futures in a container and makes the same shape anew, to be filled with their values. Goes into plain
 * objects, arrays, Map, Set and iterables; views of buffers and all other objects are values themselves.
 */

import { cellOf } from "./cellOf.ts";
import type { Future } from "./Future.ts";
import type { FutureCell } from "./FutureCell.ts";
import { isFuture } from "./isFuture.ts";

/** One future or promise in a container, and where its value goes. */
export interface Place {
  readonly cell: FutureCell | undefined;
  readonly source: PromiseLike<unknown>;
  put(value: unknown): void;
}

/** A container, ready to be filled. */
export interface Gathering {
  readonly places: readonly Place[];
  /** The filled shape; to be called when every place has its value. */
  finish(): unknown;
}

type Put = (value: unknown) => void;

class Walk implements Gathering {
  readonly places: Place[] = [];
  #root: unknown;
  readonly #seen = new Map<object, unknown>();
  readonly #sets: (() => void)[] = [];

  constructor(root: unknown) {
    this.#visit(root, (value) => {
      this.#root = value;
    });
  }

  finish(): unknown {
    for (const fill of this.#sets) fill();
    return this.#root;
  }

  #visit(item: unknown, put: Put): void {
    if (typeof item !== "object" || item === null) return put(item);
    if (isThenable(item)) this.places.push({ cell: cellOf(item), source: item, put });
    else if (this.#seen.has(item)) put(this.#seen.get(item));
    else this.#enter(item, put);
  }

  #enter(item: object, put: Put): void {
    if (item instanceof Map) return this.#visitMap(item, put);
    if (item instanceof Set) return this.#visitSet(item, put);
    if (isIterable(item)) return this.#visitItems(item, [...item], put);
    if (isPlain(item)) return this.#visitObject(item, put);
    put(item);
  }

  #visitItems(item: object, items: readonly unknown[], put: Put): void {
    const copy: unknown[] = [];
    this.#made(item, copy, put);
    for (const [index, each] of items.entries()) {
      copy.push(undefined);
      this.#visit(each, (value) => {
        copy[index] = value;
      });
    }
  }

  #visitMap(item: ReadonlyMap<unknown, unknown>, put: Put): void {
    const copy = new Map<unknown, unknown>();
    this.#made(item, copy, put);
    for (const [key, each] of item) {
      copy.set(key, undefined);
      this.#visit(each, (value) => copy.set(key, value));
    }
  }

  /** Order matters in sets too, so they are filled last. */
  #visitSet(item: ReadonlySet<unknown>, put: Put): void {
    const copy = new Set<unknown>();
    const values: unknown[] = [];
    this.#made(item, copy, put);
    for (const [index, each] of [...item].entries()) {
      this.#visit(each, (value) => {
        values[index] = value;
      });
    }
    this.#sets.push(() => values.forEach((value) => copy.add(value)));
  }

  #visitObject(item: object, put: Put): void {
    const copy: object = Object.create(Object.getPrototypeOf(item));
    this.#made(item, copy, put);
    for (const key of Reflect.ownKeys(item)) {
      if (!Object.prototype.propertyIsEnumerable.call(item, key)) continue;
      const set: Put = (value) => Object.defineProperty(copy, key, { value, writable: true, enumerable: true, configurable: true });
      set(undefined);
      this.#visit(Reflect.get(item, key), set);
    }
  }

  #made(item: object, copy: unknown, put: Put): void {
    this.#seen.set(item, copy);
    put(copy);
  }
}

export function gather(root: unknown): Gathering {
  return new Walk(root);
}

/** The elements of a container, one level deep; whatever else is its own only element. */
export function elementsOf(root: unknown): readonly unknown[] {
  if (typeof root !== "object" || root === null || isThenable(root)) return [root];
  if (root instanceof Map) return [...root.values()];
  if (isIterable(root)) return [...root];
  return isPlain(root) ? Object.values(root) : [root];
}

/** The futures in a container, or the future itself; promises are not among them. */
export function cellsIn(root: unknown): readonly FutureCell[] {
  return gather(root).places.flatMap(({ cell }) => cell ?? []);
}

/** The same as what users hold. */
export function futuresIn(root: unknown): readonly Future<unknown>[] {
  return gather(root).places.flatMap(({ source }) => (isFuture(source) ? source : []));
}

function isThenable(item: object): item is PromiseLike<unknown> {
  return "then" in item && typeof item.then === "function";
}

function isIterable(item: object): item is Iterable<unknown> {
  return Symbol.iterator in item && typeof item[Symbol.iterator] === "function" && !ArrayBuffer.isView(item) && !(item instanceof String);
}

function isPlain(item: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(item);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
