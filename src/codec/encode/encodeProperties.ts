/** Own properties of objects: copied natively where they are ordinary, as quadruples with attributes where not. */

import { attributesOnly, flagsOf, ordinary } from "../properties.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, isExtensible } from "../reflection.ts";

/** The values of `keys` when all are ordinary enumerable string-keyed data properties of an extensible object. */
export function ordinaryValues(value: object, keys: readonly PropertyKey[]): unknown[] | undefined {
  if (!isExtensible(value)) return undefined;
  const values: unknown[] = [];
  for (const key of keys) {
    const property = typeof key === "string" ? ordinaryProperty(value, key) : undefined;
    if (property === undefined) return undefined;
    values.push(property.value);
  }
  return values;
}

/** A property like those that assignment makes. */
export function ordinaryProperty(value: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = descriptorOf(value, key);
  return descriptor !== undefined && flagsOf(descriptor) === ordinary ? descriptor : undefined;
}

/** Copies what `ordinaryValues` gave. */
export function copyOrdinary(
  encoder: Encoder,
  value: object,
  keys: readonly PropertyKey[],
  values: readonly unknown[],
  copy: object,
  path: Path,
): void {
  keys.forEach((key, at) => {
    const name = key as string; // `ordinaryValues` has seen to it
    encoder.bytes += 8 + name.length;
    encoder.putBelow(copy, name, values[at], path, name, value);
  });
}

const index = /^\d+$/;

/** The quadruples of `keys`, filled into `into`. */
export function encodeProperties(encoder: Encoder, value: object, keys: readonly PropertyKey[], into: unknown[], path: Path): void {
  const isList = Array.isArray(value);
  for (const key of keys) {
    const descriptor = descriptorOf(value, key);
    if (descriptor === undefined) continue;
    const name = isList && index.test(String(key)) ? Number(key) : key;
    const start = into.length;
    into.push(undefined, flagsOf(descriptor), undefined, undefined);
    encoder.putBelow(into, start, key, path, key);
    if ("value" in descriptor) {
      encoder.putBelow(into, start + 2, descriptor.value, path, name, value);
    } else {
      encoder.putAccessor(into, start, descriptor, { up: path, name }, value);
    }
  }
}

/** Quadruples that change only the attributes of properties that the receiver has already. */
export function encodeAttributes(value: object, keys: readonly string[], into: unknown[]): void {
  for (const key of keys) {
    const descriptor = descriptorOf(value, key);
    if (descriptor !== undefined) into.push(key, flagsOf(descriptor) | attributesOnly, undefined, undefined);
  }
}
