/**
 * WeakMaps and WeakSets: what they hold can be asked for one key at a time only. So they travel with the entries of those keys that
 * are met otherwise, or that the receiver has already; nobody there could ask for others. Compiled private fields (`#x` below ES2022) live in such maps.
 */

import type { Ref } from "../Encoded.ts";
import { homeId } from "../homes.ts";
import { intrinsicPath, listIntrinsics } from "../intrinsics.ts";
import { integrityOf } from "../properties.ts";
import { keysOf, prototypeOf, types } from "../reflection.ts";
import { parentRef } from "./encodePlain.ts";
import { encodeProperties } from "./encodeProperties.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";

export type WeakContainer = WeakMap<WeakKey, unknown> | WeakSet<WeakKey>;

/** A container with the entries found so far. */
export interface WeakEntries {
  readonly container: WeakContainer;
  readonly entries: unknown[];
  readonly keys: Set<unknown>;
  readonly path: Path;
}

const hasInMap = WeakMap.prototype.has;
const hasInSet = WeakSet.prototype.has;
const valueInMap = WeakMap.prototype.get;

/** `["collection", kind, entries, prototype, properties, integrity, home id?]`; the entries follow when everything else has been met. */
export function encodeWeak(encoder: Encoder, container: WeakContainer, path: Path): number {
  const entries: unknown[] = [];
  const properties: unknown[] = [];
  const index = encoder.special(["collection"], container);
  const prototype: object | null = prototypeOf(container);
  const isUsual = prototype !== null && intrinsicPath(prototype) !== undefined;
  const parent: Ref | "usual" = isUsual ? "usual" : parentRef(encoder, index, prototype, path);
  const kind = types.isWeakMap(container) ? "WeakMap" : "WeakSet";
  // Objects that come home are met there by the code that uses this very container.
  const id = encoder.hooks.freezer === undefined ? undefined : homeId(container);
  encoder.replace(index, ["collection", kind, entries, parent, properties, integrityOf(container), id]);
  encoder.walk(() => encodeProperties(encoder, container, keysOf(container), properties, path));
  const weak: WeakEntries = { container, entries, keys: new Set(), path };
  encoder.weak.push(weak);
  encoder.walk(() => listIntrinsics().forEach((key) => putEntry(encoder, weak, key)));
  return index;
}

/** Whether a container holds any of `keys`. */
export function holdsAny(container: WeakContainer, keys: Iterable<unknown>): boolean {
  for (const key of keys) if (holds(container, key)) return true;
  return false;
}

/** Adds the entries whose keys have been met, and what their values lead to. `false`: there was none. */
export function fillWeak(encoder: Encoder): boolean {
  let isNews = false;
  for (let known = -1; known !== encoder.memory.size;) {
    known = encoder.memory.size;
    for (const each of encoder.weak) for (const key of encoder.memory.met()) isNews = putEntry(encoder, each, key) || isNews;
    encoder.drain();
  }
  return isNews;
}

function putEntry(encoder: Encoder, { container, entries, keys, path }: WeakEntries, key: unknown): boolean {
  if (!holds(container, key) || keys.has(key)) return false;
  keys.add(key);
  encoder.put(entries, entries.length, key, { up: path, name: "key" });
  if (types.isWeakMap(container))
    encoder.put(entries, entries.length, valueInMap.call(container, key as WeakKey), { up: path, name: "value" });
  return true;
}

/**
 * What comes home: entries that containers of home's, which stand in `containers` as their copies here, have got for objects that go along.
 * `["entries", container, entries]` each.
 */
export function encodeHomeEntries(encoder: Encoder, containers: Iterable<WeakContainer>): void {
  const all = Array.from(containers, (container): WeakEntries => ({
    container,
    entries: [],
    keys: new Set(),
    path: { up: undefined, name: "value" },
  }));
  for (let known = -1; known !== encoder.memory.size;) {
    known = encoder.memory.size;
    for (const each of all)
      for (const key of encoder.memory.met()) if (encoder.hooks.reference(key as object) === undefined) putEntry(encoder, each, key);
    fillWeak(encoder);
  }
  for (const { container, entries } of all)
    if (entries.length > 0) encoder.special(["entries", encoder.ref(container, { up: undefined, name: "value" }), entries]);
}

/** Whatever a subclass makes of `has`. What can be no key is in none. */
function holds(container: WeakContainer, key: unknown): boolean {
  return types.isWeakMap(container) ? hasInMap.call(container, key as WeakKey) : hasInSet.call(container, key as WeakKey);
}
