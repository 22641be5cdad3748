/** Instances of classes: they keep their prototype; what hides state from us is refused with the way out. */

import type { Ref } from "../Encoded.ts";
import { intrinsicPath } from "../intrinsics.ts";
import { encodeAttributed, parentRef } from "./encodePlain.ts";
import { copyOrdinary, ordinaryValues } from "./encodeProperties.ts";
import type { Encoder } from "./Encoder.ts";
import { classesOf, dataProperty, nameOf, prototypeOwner } from "./objects.ts";
import type { Path } from "./Path.ts";
import { refuseClass, refuseHandles } from "./refusals.ts";
import { keysOf, prototypeOf, symbolsOf, types } from "../reflection.ts";
import { isLocal } from "../symbols.ts";

const encodeHook = Symbol.for("futureplan.encode");

export function encodeInstance(encoder: Encoder, value: object, path: Path): Ref {
  const custom = encodeCustom(encoder, value, path);
  if (custom !== undefined) return custom;
  refuseHandles(encoder, value, path);
  refusePrivate(encoder, value, path);
  const prototype: object | null = prototypeOf(value);
  if (prototype !== null) {
    encoder.ordinary.add(prototype);
    if (!encoder.knows(prototype) && prototypeOwner(prototype) === undefined) namePrototype(encoder, prototype, path);
  }
  return encodeOrdinary(encoder, value, path);
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
  refusePrivate(encoder, value, path, false);
  checkSymbols(encoder, value, path);
  return parentRef(encoder, owner, prototypeOf(value), path);
}

function checkSymbols(encoder: Encoder, value: object, path: Path): void {
  const symbols = symbolsOf(value).filter(isLocal);
  if (symbols.length > 0) encoder.hooks.checkSymbols(encoder, value, symbols, path);
}

/** Fields declared with `#` can be filled only by the constructor. */
export function refusePrivate(encoder: Encoder, value: object, path: Path, hasHooks: boolean = true): void {
  for (const owner of classesOf(value)) {
    if (intrinsicPath(owner) !== undefined || !encoder.hooks.hasPrivate(owner)) continue;
    const name = nameOf(owner) || "an anonymous class";
    const advice =
      hasHooks && encoder.hooks.reference(owner) === undefined
        ? `Give ${name} \`static [Symbol.for("futureplan.encode")](instance)\` and \`static [Symbol.for("futureplan.decode")](data)\`, or make the instance inside the future.`
        : "Send plain data instead, and make the instance where it is used: inside the future, or once per worker with workerLocal(() => …).";
    encoder.refuse(path, `an instance of ${name} has #private fields, which only its constructor can fill`, advice);
  }
}
