/** Instances of classes: they keep their prototype; what hides state from us is refused with the way out. */

import type { Ref } from "../Encoded.ts";
import { encodeAttributed, parentRef } from "./encodePlain.ts";
import { encodePrivateInstance } from "./encodePrivate.ts";
import { copyOrdinary, ordinaryValues } from "./encodeProperties.ts";
import type { Encoder } from "./Encoder.ts";
import { classesOf, dataProperty, nameOf, prototypeOwner } from "./objects.ts";
import type { Path } from "./Path.ts";
import { checkSymbols, refuseClass, refuseHandles } from "./refusals.ts";
import { keysOf, prototypeOf, types } from "../reflection.ts";

const encodeHook = Symbol.for("futureplan.encode");

export function encodeInstance(encoder: Encoder, value: object, path: Path): Ref {
  const custom = encodeCustom(encoder, value, path);
  if (custom !== undefined) return custom;
  refuseHandles(encoder, value, path);
  const parts = encoder.hooks.privates(encoder, value, path);
  const prototype: object | null = prototypeOf(value);
  if (prototype !== null) {
    if (parts === undefined) encoder.ordinary.add(prototype);
    if (!encoder.knows(prototype) && prototypeOwner(prototype) === undefined) namePrototype(encoder, prototype, path);
  }
  if (parts === undefined || parts.length === 0) return encodeOrdinary(encoder, value, path);
  return encodePrivateInstance(encoder, value, path, parts);
}

/** A prototype that names no class may be a function's all the same, or one that a package keeps. */
function namePrototype(encoder: Encoder, prototype: object, path: Path): void {
  const found = types.isProxy(prototype) ? undefined : encoder.hooks.prototype(prototype);
  if (typeof found === "function") encodePrototype(encoder, found, prototype, path);
  else if (found !== undefined) encoder.special(found, prototype);
}

/** `["prototype", function]`: the `prototype` object of a captured function or class. */
export function encodePrototype(encoder: Encoder, owner: Function, value: object, path: Path): number {
  if (!encoder.hooks.knowsClass(owner)) refuseClass(encoder, owner, path);
  const fn = encoder.functionRef(owner, { up: path, name: "constructor" });
  return encoder.once(value, () => ["prototype", fn]);
}

/** `["instance", prototype, copy]`, or with attributes. */
export function encodeOrdinary(encoder: Encoder, value: object, path: Path): number {
  const keys = keysOf(value);
  const values = ordinaryValues(value, keys);
  const copy = {};
  const index = encoder.special(["instance", [null], copy], value);
  const prototype = parentRef(encoder, index, prototypeOf(value), path);
  if (values === undefined) {
    checkSymbols(encoder, value, path);
    encodeAttributed(encoder, index, value, prototype, path);
  } else {
    encoder.replace(index, ["instance", prototype, copy]);
    encoder.walk(() => copyOrdinary(encoder, value, keys, values, copy, path));
  }
  return index;
}

/** `["custom", class, data]`: the class says itself how its instances travel. */
export function encodeCustom(encoder: Encoder, value: object, path: Path): number | undefined {
  for (const owner of classesOf(value)) {
    const encode = dataProperty(owner, encodeHook);
    if (typeof encode !== "function") continue;
    const index = encoder.special(["custom"], value);
    const fn = encoder.functionRef(owner, { up: path, name: nameOf(owner) });
    const holder: unknown[] = [undefined];
    encoder.whole(index, () => encoder.put(holder, 0, encode.call(owner, value) as unknown, { up: path, name: "data" }));
    encoder.replace(index, ["custom", fn, holder]);
    encoder.buildLate(index);
    return index;
  }
  return undefined;
}

/** The prototype of an array, a collection or the like that is of a subclass. */
export function subclassRef(encoder: Encoder, owner: number, value: object, path: Path): Ref {
  checkSymbols(encoder, value, path);
  return parentRef(encoder, owner, prototypeOf(value), path);
}
