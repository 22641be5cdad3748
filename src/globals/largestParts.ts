/**
 * Which parts of captured values are really large, for the message about too much of it: not just the variable, but the property below it that
 * holds the bytes. Asked only when a future is refused; sizes are about those that the encoder counts.
 */

import { types } from "node:util";
import { renderPath, type Path } from "../codec/encode/Path.ts";
import { descriptorOf, keysOf } from "../codec/reflection.ts";

/** A captured variable, or an argument. */
export interface Root {
  readonly path: Path;
  readonly value: unknown;
}

export interface Part {
  /** As one would write it: `handler → cfg.tables[2].rows`. */
  readonly name: string;
  /** Approximately. */
  readonly bytes: number;
}

/** `isReference`: whether an object travels by its name only. */
export function largestParts(roots: readonly Root[], isReference: (value: object) => boolean): readonly Part[] {
  const sizes = new Sizes(isReference);
  const candidates = roots.map(({ path, value }): Candidate => ({ name: renderPath(path), value, bytes: sizes.of(value) }));
  const worthIt = candidates.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  const seen = new Set<unknown>();
  return candidates
    .flatMap((candidate) => split(candidate, sizes, new Set()))
    .toSorted((a, b) => b.bytes - a.bytes)
    .filter(({ value, bytes }) => bytes >= worthIt && (isObject(value) || typeof value === "string"))
    .filter(({ value }) => !seen.has(value) && seen.add(value))
    .slice(0, most);
}

interface Candidate extends Part {
  readonly value: unknown;
}

const most = 3;
const deepest = 8;
/** The share of a value's bytes from which on a part of it is named, and what the parts that are named must make up together. */
const share = 0.25;
const nearlyAll = 0.75;

/** The few parts that make up nearly all of it, if there are such; `above`: what it is part of. */
function split(candidate: Candidate, sizes: Sizes, above: ReadonlySet<object>): readonly Candidate[] {
  const { name, value, bytes } = candidate;
  if (above.size === deepest || !isObject(value)) return [candidate];
  const around = new Set([...above, value]);
  const parts: Candidate[] = [];
  for (const [key, child] of sizes.childrenOf(value)) {
    const size = sizes.of(child);
    if (size >= share * bytes && !(isObject(child) && around.has(child)))
      parts.push({ name: name + accessTo(key), value: child, bytes: size });
  }
  const together = parts.reduce((sum, part) => sum + part.bytes, 0);
  return together < nearlyAll * bytes ? [candidate] : parts.flatMap((part) => split(part, sizes, around));
}

const shown = 40;

function accessTo(key: PropertyKey): string {
  if (typeof key === "number") return `[${key}]`;
  if (typeof key === "symbol") return `[${String(key)}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) && key.length <= shown
    ? `.${key}`
    : `[${JSON.stringify(key.length > shown ? `${key.slice(0, shown)}…` : key)}]`;
}

class Sizes {
  readonly #isReference: (value: object) => boolean;
  readonly #known = new Map<object, number>();

  constructor(isReference: (value: object) => boolean) {
    this.#isReference = isReference;
  }

  /** Of the value with what is below it, as far as that was not met before. */
  of(value: unknown): number {
    if (!isObject(value)) return typeof value === "string" ? value.length : 8;
    if (!this.#known.has(value)) this.#walk(value);
    return this.#known.get(value) ?? 0;
  }

  /** Without recursion: lists may be longer than the stack. */
  #walk(root: object): void {
    const open = [this.#enter(root)];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const { done, value: child } = at.children.next();
      if (done === true) {
        open.pop();
        this.#known.set(at.value, at.bytes);
        const above = open.at(-1);
        if (above !== undefined) above.bytes += at.bytes;
      } else if (isObject(child[1]) && !this.#known.has(child[1])) {
        open.push(this.#enter(child[1]));
      } else if (!isObject(child[1])) {
        at.bytes += this.of(child[1]);
      }
    }
  }

  #enter(value: object): { readonly value: object; readonly children: Iterator<Child>; bytes: number } {
    this.#known.set(value, 0); // whoever meets it again meanwhile counts nothing
    return { value, children: this.childrenOf(value)[Symbol.iterator](), bytes: types.isProxy(value) ? 16 : ownBytes(value) };
  }

  childrenOf(value: object): Iterable<Child> {
    return types.isProxy(value) || this.#isReference(value) ? [] : childrenOf(value);
  }
}

type Child = readonly [key: PropertyKey, value: unknown];

/** What it has besides its children; memory that is shared on purpose does not count. */
function ownBytes(value: object): number {
  if (ArrayBuffer.isView(value)) return types.isSharedArrayBuffer(value.buffer) ? 16 : value.byteLength;
  if (types.isArrayBuffer(value)) return value.byteLength;
  return isNumbers(value) ? 8 * value.length : 16;
}

/** Reads entries and data properties only, and so runs nothing of the user's. */
function* childrenOf(value: object): Generator<Child, void, undefined> {
  if (types.isPromise(value) || ArrayBuffer.isView(value) || isNumbers(value)) return;
  if (types.isMap(value))
    yield* [...mapEntries.call(value)].flatMap(([key, entry], at): Child[] => [
      [at, key],
      [at, entry],
    ]);
  else if (types.isSet(value)) yield* [...setValues.call(value)].map((entry, at): Child => [at, entry]);
  const isList = Array.isArray(value);
  for (const key of keysOf(value)) {
    const descriptor = descriptorOf(value, key);
    if (descriptor?.value !== undefined) yield [isList && /^\d+$/.test(String(key)) ? Number(key) : key, descriptor.value];
  }
}

const mapEntries = Map.prototype.entries as (this: object) => IterableIterator<readonly [unknown, unknown]>; // of any Map
const setValues = Set.prototype.values as (this: object) => IterableIterator<unknown>; // as above

/** Whether a list looks like numbers at both ends and in the middle: to look at all of them would take longer than their capture. */
function isNumbers(value: object): value is readonly number[] {
  if (!Array.isArray(value) || value.length < 1000) return false;
  return [0, value.length >> 1, value.length - 1].every((at) => typeof descriptorOf(value, at)?.value === "number");
}

/** Functions are not gone into: what they capture are roots, too. */
function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
