/** What a module exports: only what is used travels, and whoever uses all of it gets the same object. */

import type { Encoder } from "./Encoder.ts";
import { encodeProperties } from "./encodeProperties.ts";
import type { Path } from "./Path.ts";
import { refusal } from "./refusals.ts";

export interface UsedPart {
  readonly value: object;
  readonly keys: readonly PropertyKey[];
  readonly path: Path;
}

export function encodePart(encoder: Encoder, { value, keys, path }: UsedPart): number {
  const { memory } = encoder;
  let part = memory.parts.get(value);
  if (part === undefined) {
    part = { properties: [], keys: new Set() };
    memory.parts.set(value, part);
    encoder.special(["object", "usual", part.properties, "open"], value);
  }
  const { properties, keys: known, rest } = part;
  const missing = keys.filter((key) => !known.has(key));
  for (const key of missing) known.add(key);
  encoder.walk(() => {
    try {
      encodeProperties(encoder, value, missing, properties, rest === undefined ? { ...path, module: true } : path);
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      encoder.refuse(path, ...refusal.unready);
    }
  });
  return memory.indices.get(value) ?? -1;
}
