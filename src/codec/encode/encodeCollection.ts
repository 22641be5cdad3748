/** Maps and Sets: native where all entries are, filled afterwards where an entry is a special. */

import { types } from "node:util";
import type { Ref } from "../Encoded.ts";
import { integrityOf } from "../properties.ts";
import { encodeProperties } from "./encodeProperties.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";
import { prototypeOf } from "../reflection.ts";

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;

export function encodeMap(encoder: Encoder, value: Map<unknown, unknown>, path: Path): Ref {
  const flat: { readonly part: unknown; readonly name: Path["name"] }[] = [];
  for (const [key, element] of mapEntries.call(value) as IterableIterator<[unknown, unknown]>) {
    flat.push({ part: key, name: "key" }, { part: element, name: isName(key) ? key : "value" });
  }
  return encodeCollection(encoder, value, flat, path);
}

export function encodeSet(encoder: Encoder, value: Set<unknown>, path: Path): Ref {
  const flat = Array.from(setValues.call(value) as IterableIterator<unknown>, (part) => ({ part, name: "element" }));
  return encodeCollection(encoder, value, flat, path);
}

/** Keys that look like names may be shown in messages; other keys are data. */
function isName(key: unknown): key is string | number {
  return typeof key === "number" || (typeof key === "string" && /^[\w$.-]{1,40}$/.test(key));
}

type Flat = readonly { readonly part: unknown; readonly name: Path["name"] }[];

function encodeCollection(encoder: Encoder, value: Map<unknown, unknown> | Set<unknown>, flat: Flat, path: Path): Ref {
  const entries: unknown[] = [];
  /** Whether any entry is a special. */
  const fill = (): boolean => {
    let isPatched = false;
    flat.forEach(({ part, name }, at) => (isPatched = encoder.put(entries, at, part, { up: path, name }) || isPatched));
    return isPatched;
  };
  const prototype: object | null = prototypeOf(value);
  const isUsual = prototype !== null && Object.hasOwn(prototype, "clear") && Object.hasOwn(prototype, "forEach");
  const keys = Reflect.ownKeys(value);
  if (isUsual && keys.length === 0 && Object.isExtensible(value)) return encodeNative(encoder, value, entries, fill);
  const index = encoder.special(["collection"], value);
  const parent: Ref | "usual" = isUsual ? "usual" : encoder.refFor(index, prototype, { up: path, name: "[[Prototype]]" });
  const properties: unknown[] = [];
  encoder.replace(index, ["collection", types.isMap(value) ? "Map" : "Set", parent, entries, properties, integrityOf(value)]);
  encoder.walk(() => {
    fill();
    encodeProperties(encoder, value, keys, properties, path);
  });
  return index;
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
