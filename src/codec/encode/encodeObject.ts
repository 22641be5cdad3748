/** Objects by kind: what structured clone copies as it is, what has internal slots, instances, and what is refused. */

import { types } from "node:util";
import type { Ref, Special } from "./Encoded.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";
import { copySimple, encodeProperties, isSimple } from "./properties.ts";
import { encodeInstance, prototypeOwner } from "./encodeInstance.ts";
import { encodeExotic } from "./encodeExotic.ts";

const futureBrand = Symbol.for("futureplan/future");

export function encodeObject(encoder: Encoder, value: object, path: Path): Ref {
  const reference = encoder.hooks.reference(value);
  if (reference !== undefined) return encoder.special(reference, value);
  if (types.isProxy(value)) {
    const target = encoder.hooks.unwrapProxy(value);
    if (target !== undefined) return encoder.ref(target, path);
    encoder.refuse(path, "a Proxy cannot leave this process", "Capture its target, or make the proxy inside the future.");
  }
  if (isThenable(value)) return encodeThenable(encoder, value);
  if (Array.isArray(value)) return encodeArray(encoder, value, path);
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === Object.prototype && !types.isArgumentsObject(value) && !Object.hasOwn(value, "constructor")) return encodePlain(encoder, value, path);
  return encodeExotic(encoder, value, prototype, path) ?? encodeByPrototype(encoder, value, prototype, path);
}

function encodeByPrototype(encoder: Encoder, value: object, prototype: object | null, path: Path): Ref {
  if (prototype !== null && isObjectPrototype(prototype) && prototypeOwner(value) === undefined) return encodePlain(encoder, value, path);
  return encodeInstance(encoder, value, prototype, path);
}

/** `Object.prototype` of this realm or of another (`vm` contexts, jest). */
export function isObjectPrototype(prototype: object): boolean {
  return prototype === Object.prototype || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "__lookupGetter__"));
}

function isThenable(value: object): boolean {
  return types.isPromise(value) || (futureBrand in value && Reflect.get(value, futureBrand) === true);
}

/** `["dependency", index, isPromise]`: the receiver gets the value, or a promise of it. */
function encodeThenable(encoder: Encoder, value: object): number {
  const index = encoder.thenables.push(value) - 1;
  return encoder.special(["dependency", index, types.isPromise(value)], value);
}

function encodePlain(encoder: Encoder, value: object, path: Path): Ref {
  const keys = Reflect.ownKeys(value);
  if (isSimple(value, keys)) {
    const copy = {};
    return encoder.descend(value, copy, () => copySimple(encoder, value, keys, copy, path));
  }
  return encodeWithAttributes(encoder, value, "plain", path);
}

/** `["object", prototype, properties, extensible]`. */
export function encodeWithAttributes(encoder: Encoder, value: object, prototype: Ref | "plain" | "null", path: Path): number {
  const properties: unknown[] = [];
  const index = encoder.special(["object", prototype, properties, Object.isExtensible(value)], value);
  encodeProperties(encoder, value, Reflect.ownKeys(value), properties, path);
  return index;
}

function encodeArray(encoder: Encoder, value: readonly unknown[], path: Path): Ref {
  const keys = Reflect.ownKeys(value);
  const ordinary = Object.getPrototypeOf(value) === Array.prototype || !Object.hasOwn(Object.getPrototypeOf(value) ?? {}, "constructor") || isForeignArray(value);
  if (keys.length === value.length + 1 && ordinary && Object.isExtensible(value)) {
    const copy: unknown[] = [];
    encoder.bytes += 8 * value.length;
    return encoder.descend(value, copy, () => copyElements(encoder, value, copy, path));
  }
  return encodeOddArray(encoder, value, ordinary, keys, path);
}

function isForeignArray(value: readonly unknown[]): boolean {
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype !== null && Array.isArray(prototype) && Object.hasOwn(prototype, "copyWithin");
}

function copyElements(encoder: Encoder, value: readonly unknown[], copy: unknown[], path: Path): void {
  for (let index = 0; index < value.length; index += 1) {
    const element = value[index];
    // Numbers are the common case: no path, no reference.
    if (typeof element === "number") copy.push(element);
    else {
      copy.push(undefined);
      encoder.put(copy, index, element, { up: path, name: index }, value);
    }
  }
}

/** Holes, extra properties, attributes, subclasses: `["array", prototype, length, properties, extensible]`. */
function encodeOddArray(encoder: Encoder, value: readonly unknown[], ordinary: boolean, keys: readonly PropertyKey[], path: Path): number {
  const prototype: Ref | "plain" = ordinary ? "plain" : encoder.ref(Object.getPrototypeOf(value), { up: path, name: "[[Prototype]]" });
  const properties: unknown[] = [];
  const lengthWritable = Object.getOwnPropertyDescriptor(value, "length")?.writable === true;
  const tuple: Special = ["array", prototype, value.length, properties, Object.isExtensible(value), lengthWritable];
  const index = encoder.special(tuple, value);
  encodeProperties(encoder, value, keys.filter((key) => key !== "length"), properties, path);
  return index;
}
