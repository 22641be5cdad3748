/** Own properties with their attributes: flat quadruples `key, flags, value or getter, setter`. */

import { number, propertyKey } from "./decode/damage.ts";
import { defineProperty, isExtensible } from "./reflection.ts";

export const enumerable = 1;
export const writable = 2;
export const configurable = 4;
export const accessor = 8;
/** Only the attributes differ: the value is the one that is there. */
export const attributesOnly = 16;
export const ordinary: number = enumerable | writable | configurable;

export function flagsOf(descriptor: PropertyDescriptor): number {
  return (
    (descriptor.enumerable === true ? enumerable : 0) |
    (descriptor.writable === true ? writable : 0) |
    (descriptor.configurable === true ? configurable : 0) |
    ("value" in descriptor ? 0 : accessor)
  );
}

/** Whether objects can take new properties, or how far they are closed. */
export type Integrity = "open" | "closed" | "sealed" | "frozen";

export function integrityOf(value: object): Integrity {
  if (isExtensible(value)) return "open";
  if (Object.isFrozen(value)) return "frozen";
  return Object.isSealed(value) ? "sealed" : "closed";
}

export function close(value: object, integrity: Integrity): void {
  switch (integrity) {
    case "open":
      return;
    case "closed":
      Object.preventExtensions(value);
      return;
    case "sealed":
      Object.seal(value);
      return;
    case "frozen":
      Object.freeze(value);
  }
}

/** Defines quadruples on `target`. */
export function defineProperties(target: object, properties: readonly unknown[]): void {
  for (let at = 0; at < properties.length; at += 4) {
    const flags = number(properties[at + 1]);
    const descriptor: PropertyDescriptor = { enumerable: (flags & enumerable) !== 0, configurable: (flags & configurable) !== 0 };
    if ((flags & accessor) === 0) descriptor.writable = (flags & writable) !== 0;
    if ((flags & (accessor | attributesOnly)) === 0) descriptor.value = properties[at + 2];
    if ((flags & (accessor | attributesOnly)) === accessor) {
      Object.assign(descriptor, { get: properties[at + 2], set: properties[at + 3] }); // an absent half is undefined
    }
    defineProperty(target, propertyKey(properties[at]), descriptor);
  }
}
