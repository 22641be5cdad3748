/** Objects without a class: copied natively where every property is ordinary. */

import type { Ref } from "../Encoded.ts";
import { integrityOf } from "../properties.ts";
import type { Encoder } from "./Encoder.ts";
import { copyOrdinary, encodeProperties, ordinaryValues } from "./encodeProperties.ts";
import type { Path } from "./Path.ts";
import { isExtensible, keysOf, types } from "../reflection.ts";

export function encodePlain(encoder: Encoder, value: object, path: Path): Ref {
  const keys = keysOf(value);
  const values = ordinaryValues(value, keys);
  if (values === undefined) {
    const index = encoder.special(["object"], value);
    encodeAttributed(encoder, index, value, "usual", path);
    return index;
  }
  const copy = {};
  return encoder.descend(value, copy, () => copyOrdinary(encoder, value, keys, values, copy, path));
}

/** `["object", prototype, properties, integrity]`, into the special `index`. */
export function encodeAttributed(encoder: Encoder, index: number, value: object, prototype: Ref | "usual", path: Path): void {
  const properties: unknown[] = [];
  encoder.replace(index, ["object", prototype, properties, integrityOf(value)]);
  encoder.walk(() => encodeProperties(encoder, value, keysOf(value), properties, path));
}

/** The prototype of a value, for the special `owner` that stands for it. */
export function parentRef(encoder: Encoder, owner: number, prototype: unknown, path: Path): Ref {
  return encoder.refFor(owner, prototype, { up: path, name: "[[Prototype]]" });
}

/** `["with", base, prototype, properties, integrity]`: what an object with slots has besides them. */
export interface Extras {
  readonly base: number;
  readonly prototype: Ref | "usual";
  readonly keys: readonly PropertyKey[];
}

/** Puts properties, prototype and integrity on top of the special `base`; `index` stands for the whole. */
export function encodeExtras(encoder: Encoder, index: number, value: object, { base, prototype, keys }: Extras, path: Path): void {
  const properties: unknown[] = [];
  // Structured clone refuses no view, but V8 refuses to freeze one that has elements.
  encoder.replace(index, [
    "with",
    base,
    prototype,
    properties,
    types.isTypedArray(value) && !isExtensible(value) ? "closed" : integrityOf(value),
  ]);
  encoder.walk(() => encodeProperties(encoder, value, keys, properties, path));
}
