/** Objects of which only some properties travel, because the whole cannot: with their prototype, and with a mark in place of the rest. */

import { keysOf, prototypeOf } from "../reflection.ts";
import type { Encoder } from "./Encoder.ts";
import { parentRef } from "./encodePlain.ts";
import { renderPath, type Path } from "./Path.ts";

/** `["part", prototype, properties, names of the rest, path]`. */
export function encodeMembers(encoder: Encoder, value: object, keys: readonly PropertyKey[], path: Path): number {
  const { parts } = encoder.memory;
  if (!parts.has(value)) {
    const properties: unknown[] = [];
    const index = encoder.special(["part"], value);
    parts.set(value, { properties, keys: new Set(), rest: [] });
    const prototype = parentRef(encoder, index, prototypeOf(value), path);
    encoder.replace(index, ["part", prototype, properties, parts.get(value)?.rest, renderPath(path)]);
  }
  return encoder.partOf(value, keys, path);
}

/** When all has been met, it is known what is left out. Symbols are: no fixed name is one. */
export function nameRest(encoder: Encoder): void {
  for (const [value, { keys, rest }] of encoder.memory.parts)
    rest?.push(...keysOf(value).filter((key): key is string => typeof key === "string" && !keys.has(key)));
}
