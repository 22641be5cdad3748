/** Instances with `#private` state: what every class of theirs has given them travels beside what they are otherwise. */

import { encodeAttributed, parentRef } from "./encodePlain.ts";
import type { Encoder } from "./Encoder.ts";
import type { PrivatePart } from "./EncoderHooks.ts";
import { encodeProperties } from "./encodeProperties.ts";
import type { Path } from "./Path.ts";
import { checkSymbols, refusePrivates } from "./refusals.ts";
import { intrinsicPath } from "../intrinsics.ts";
import { integrityOf } from "../properties.ts";
import { keysOf, prototypeOf } from "../reflection.ts";

/** An object without slots; `undefined`: it has no private state. */
export function encodePrivateInstance(encoder: Encoder, value: object, path: Path, parts: readonly PrivatePart[]): number {
  if (parts[0]?.isBase !== true) {
    const inner = encoder.special(["object"], value);
    encodeAttributed(encoder, inner, value, parentRef(encoder, inner, prototypeOf(value), path), path);
    addPrivates(encoder, value, path, parts);
    return inner;
  }
  const index = encoder.special(["private"], value);
  const prototype = parentRef(encoder, index, prototypeOf(value), path);
  const properties: unknown[] = [];
  checkSymbols(encoder, value, path);
  encoder.replace(index, ["private", undefined, brandsOf(encoder, index, parts, path), prototype, properties, integrityOf(value)]);
  encoder.walk(() => encodeProperties(encoder, value, keysOf(value), properties, path));
  return index;
}

/** Private state on top of what the encoder has met as `value`. */
function addPrivates(encoder: Encoder, value: object, path: Path, parts: readonly PrivatePart[]): void {
  if (parts.length === 0) return;
  const index = encoder.special(nothing);
  encoder.replace(index, ["private", encoder.refFor(index, value, path), brandsOf(encoder, index, parts, path)]);
}

/** Stands there as long as it is not known that all of it can travel. */
const nothing = ["plain", {}] as const;

/** Of what has slots, or is an array: its classes are looked at once for each prototype. */
export function addPrivatesOf(encoder: Encoder, value: object, path: Path): void {
  const prototype: object | null = prototypeOf(value);
  if (prototype === null || platforms.has(prototype) || encoder.public.has(prototype)) return;
  const parts = encoder.hooks.privates(encoder, value, path);
  if (parts === undefined) (intrinsicPath(prototype) === undefined ? encoder.public : platforms).add(prototype);
  else addPrivates(encoder, value, path, parts);
}

/** Prototypes of classes that stay as they are. */
const platforms = new WeakSet();

/** Triples: class, values of its fields, and their names where the class is the receiver's own. */
function brandsOf(encoder: Encoder, index: number, parts: readonly PrivatePart[], path: Path): readonly unknown[] {
  return parts.flatMap(({ owner, names, values }) => {
    const list: unknown[] = [];
    encoder.walk(() => values.forEach((value, at) => void encoder.putBelow(list, at, value, path, names[at] ?? "#private")));
    const constructor = encoder.refFor(index, owner, path);
    const way = encoder.hooks.carried(owner) ?? refusePrivates(encoder, owner, path, "package");
    if (way === "value") return [constructor, list, undefined];
    // It takes the whole library to fill in such a class's fields.
    encoder.once(library, () => ["library", "future"]);
    return [constructor, list, names.join()];
  });
}

const library = {};
