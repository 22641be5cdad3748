/** Instances of classes: they keep their prototype; what hides state from us is refused with the way out. */

import type { Ref } from "../Encoded.ts";
import { encodeAttributed, encodePlain, parentRef } from "./encodePlain.ts";
import { encodePrivateInstance } from "./encodePrivate.ts";
import { copyOrdinary, ordinaryValues } from "./encodeProperties.ts";
import type { Encoder } from "./Encoder.ts";
import { classesOf, dataProperty, nameOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { refuseHandles } from "./refusals.ts";
import { keysOf, prototypeOf } from "../reflection.ts";

const encodeHook = Symbol.for("futureplan.encode");

export function encodeInstance(encoder: Encoder, value: object, path: Path): Ref {
  const custom = encodeCustom(encoder, value, path);
  if (custom !== undefined) return custom;
  refuseHandles(encoder, value, path);
  const [nearest] = classesOf(value);
  // Its class is known only here: what the receiver gets is a plain object with the same properties.
  if (nearest !== undefined && !encoder.hooks.knowsClass(nearest, path)) return encodePlain(encoder, value, path);
  const parts = encoder.hooks.privates(encoder, value, path);
  if (parts !== undefined)
    return parts.length === 0 ? encodeOrdinary(encoder, value, path) : encodePrivateInstance(encoder, value, path, parts);
  const prototype: object | null = prototypeOf(value);
  if (prototype !== null) encoder.ordinary.add(prototype);
  return encodeOrdinary(encoder, value, path);
}

/** `["instance", prototype, copy]`, or with attributes. */
export function encodeOrdinary(encoder: Encoder, value: object, path: Path): number {
  const keys = keysOf(value);
  const values = ordinaryValues(value, keys);
  const copy = {};
  const index = encoder.special(["instance", [null], copy], value);
  const prototype = parentRef(encoder, index, prototypeOf(value), path);
  if (values === undefined) {
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
