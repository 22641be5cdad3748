/** Maps and Sets: native where all entries are, filled afterwards where an entry is a special. */

import type { Ref } from "../Encoded.ts";
import { integrityOf } from "../properties.ts";
import { subclassRef } from "./encodeInstance.ts";
import { encodeProperties } from "./encodeProperties.ts";
import type { Encoder } from "./Encoder.ts";
import { isObjectPrototype } from "./objects.ts";
import { mapKey, setElement, type Path } from "./Path.ts";
import { hasOwn, isExtensible, keysOf, prototypeOf, types } from "../reflection.ts";

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;

/** Values are named by their place in messages: keys are data. */
export function encodeMap(encoder: Encoder, value: Map<unknown, unknown>, path: Path): Ref {
  const flat: unknown[] = [];
  for (const entry of mapEntries.call(value) as IterableIterator<[unknown, unknown]>) flat.push(...entry);
  return encodeCollection(encoder, value, flat, (at) => (at % 2 === 0 ? mapKey : at >> 1), path);
}

export function encodeSet(encoder: Encoder, value: Set<unknown>, path: Path): Ref {
  return encodeCollection(encoder, value, [...(setValues.call(value) as IterableIterator<unknown>)], () => setElement, path);
}

/** `["collection", "Map" or "Set", entries, prototype, properties, integrity]`, or a native copy. */
function encodeCollection(
  encoder: Encoder,
  value: Map<unknown, unknown> | Set<unknown>,
  flat: readonly unknown[],
  nameAt: (at: number) => Path["name"],
  path: Path,
): Ref {
  const entries: unknown[] = [];
  /** Whether any entry is a special. */
  const fill = (): boolean => {
    let isPatched = false;
    flat.forEach((part, at) => (isPatched = encoder.putBelow(entries, at, part, path, nameAt(at)) || isPatched));
    return isPatched;
  };
  const prototype: object | null = prototypeOf(value);
  const isUsual = prototype !== null && isCollectionPrototype(prototype);
  const keys = keysOf(value);
  if (isUsual && keys.length === 0 && isExtensible(value)) return encodeNative(encoder, value, entries, fill);
  const index = encoder.special(["collection"], value);
  const parent: Ref | "usual" = isUsual ? "usual" : subclassRef(encoder, index, value, path);
  const properties: unknown[] = [];
  encoder.replace(index, ["collection", types.isMap(value) ? "Map" : "Set", entries, parent, properties, integrityOf(value)]);
  encoder.walk(() => {
    fill();
    encodeProperties(encoder, value, keys, properties, path);
  });
  return index;
}

/** That of the language, of whatever realm; subclasses may have methods of the same names. */
function isCollectionPrototype(prototype: object): boolean {
  const above: object | null = prototypeOf(prototype);
  return hasOwn(prototype, "clear") && hasOwn(prototype, "forEach") && above !== null && isObjectPrototype(above);
}

/** A native copy, filled at once, or by the receiver when an entry is a special. */
function encodeNative(encoder: Encoder, value: Map<unknown, unknown> | Set<unknown>, entries: unknown[], fill: () => boolean): Ref {
  const copy = types.isMap(value) ? new Map<unknown, unknown>() : new Set<unknown>();
  return encoder.descend(value, copy, () => {
    if (fill()) encoder.fills.push(copy, entries);
    else if (copy instanceof Map) for (let at = 0; at < entries.length; at += 2) copy.set(entries[at], entries[at + 1]);
    else for (const entry of entries) copy.add(entry);
  });
}
