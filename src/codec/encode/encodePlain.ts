/** Objects without a class: copied natively where every property is ordinary. */

import { types } from "node:util";
import type { Ref } from "../Encoded.ts";
import { integrityOf } from "../properties.ts";
import type { Encoder } from "./Encoder.ts";
import { copyOrdinary, encodeProperties, ordinaryValues } from "./encodeProperties.ts";
import type { Path } from "./Path.ts";

export function encodePlain(encoder: Encoder, value: object, path: Path): Ref {
  const keys = Reflect.ownKeys(value);
  const values = ordinaryValues(value, keys);
  if (values === undefined) {
    const index = encoder.special(["object"], value);
    encodeAttributed(encoder, index, value, "plain", path);
    return index;
  }
  const copy = {};
  return encoder.descend(value, copy, () => copyOrdinary(encoder, value, keys, values, copy, path));
}

/** `["object", prototype, properties, integrity]`, into the special `index`. */
export function encodeAttributed(encoder: Encoder, index: number, value: object, prototype: Ref | "plain", path: Path): void {
  const properties: unknown[] = [];
  encoder.replace(index, ["object", prototype, properties, integrityOf(value)]);
  encoder.walk(() => encodeProperties(encoder, value, Reflect.ownKeys(value), properties, path));
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
    types.isTypedArray(value) && !Object.isExtensible(value) ? "closed" : integrityOf(value),
  ]);
  encoder.walk(() => encodeProperties(encoder, value, keys, properties, path));
}
