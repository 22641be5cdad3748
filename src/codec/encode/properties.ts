/** Own properties with their attributes: flat quadruples `key, flags, value or getter, setter`. */

import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";

const enumerable = 1;
const writable = 2;
const configurable = 4;
const accessor = 8;
const ordinary = enumerable | writable | configurable;

/** Whether every own property is an ordinary enumerable string-keyed data property of an extensible object. */
export function isSimple(value: object, keys: readonly PropertyKey[]): boolean {
  if (!Object.isExtensible(value)) return false;
  for (const key of keys) {
    if (typeof key !== "string") return false;
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined || flagsOf(descriptor) !== ordinary) return false;
  }
  return true;
}

function flagsOf(descriptor: PropertyDescriptor): number {
  return (
    (descriptor.enumerable === true ? enumerable : 0) |
    (descriptor.writable === true ? writable : 0) |
    (descriptor.configurable === true ? configurable : 0) |
    ("value" in descriptor ? 0 : accessor)
  );
}

/** Copies ordinary data properties into `copy`. */
export function copySimple(encoder: Encoder, value: object, keys: readonly PropertyKey[], copy: object, path: Path): void {
  for (const key of keys) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    const name = key as string; // `isSimple` has seen to it
    encoder.bytes += 8 + name.length;
    encoder.put(copy, key, descriptor?.value, { up: path, name }, value);
  }
}

/** The quadruples of `keys`, filled into `into`. */
export function encodeProperties(encoder: Encoder, value: object, keys: readonly PropertyKey[], into: unknown[], path: Path): void {
  for (const key of keys) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined) continue;
    const at: Path = { up: path, name: key };
    const start = into.length;
    into.push(undefined, flagsOf(descriptor), undefined, undefined);
    encoder.put(into, start, key, at);
    if ("value" in descriptor) {
      encoder.put(into, start + 2, descriptor.value, at, value);
    } else {
      encoder.put(into, start + 2, descriptor.get, at, value);
      encoder.put(into, start + 3, descriptor.set, at, value);
    }
  }
}

/** Defines the quadruples on `target`. */
export function decodeProperties(target: object, properties: readonly unknown[]): void {
  for (let at = 0; at < properties.length; at += 4) {
    const flags = properties[at + 1] as number; // our own quadruple
    const attributes = { enumerable: (flags & enumerable) !== 0, configurable: (flags & configurable) !== 0 };
    const half =
      (flags & accessor) !== 0
        ? { get: properties[at + 2] as (() => unknown) | undefined, set: properties[at + 3] as ((value: unknown) => void) | undefined }
        : { value: properties[at + 2], writable: (flags & writable) !== 0 };
    Object.defineProperty(target, properties[at] as PropertyKey, { ...attributes, ...half } as PropertyDescriptor); // an absent half is undefined
  }
}
