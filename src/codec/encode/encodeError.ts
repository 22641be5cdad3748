/** Errors: class, message, stack, `cause`, `errors` and own properties, whichever way V8 stores them. */

import type { Ref } from "./Encoded.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";
import { encodeProperties } from "./properties.ts";

/** `["error", prototype, stack, properties, extensible]`. */
export function encodeError(encoder: Encoder, error: Error, prototype: object | null, path: Path): number {
  const properties: unknown[] = [];
  const index = encoder.special(["error"], error);
  encoder.replace(index, ["error", classOf(encoder, prototype, path), stackOf(error), properties, Object.isExtensible(error)]);
  // Symbols on errors are bookkeeping of Node and of libraries; `stack` is an accessor on newer versions of V8.
  const keys = Reflect.ownKeys(error).filter((key) => key !== "stack" && typeof key === "string");
  encodeProperties(encoder, error, keys, properties, path);
  return index;
}

/** The nearest class that the receiver can have: internal classes of Node are skipped. */
function classOf(encoder: Encoder, prototype: object | null, path: Path): Ref {
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (encoder.hooks.reference(at) !== undefined) return encoder.ref(at, path);
    const made: unknown = Object.getOwnPropertyDescriptor(at, "constructor")?.value;
    if (typeof made === "function" && encoder.hooks.knowsClass(made)) return encoder.ref(at, { up: path, name: "[[Prototype]]" });
  }
  return encoder.ref(Error.prototype, path);
}

function stackOf(error: Error): string | undefined {
  const { stack }: { stack?: unknown } = error;
  return typeof stack === "string" ? stack : undefined;
}
