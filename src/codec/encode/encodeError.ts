/** Errors: class, message, stack, `cause`, `errors` and own properties, whichever way V8 stores them. */

import { NotPortable } from "../../errors/errors.ts";
import type { Ref, Special } from "../Encoded.ts";
import { integrityOf } from "../properties.ts";
import { encodeCustom } from "./encodeInstance.ts";
import { parentRef } from "./encodePlain.ts";
import { addPrivatesOf } from "./encodePrivate.ts";
import { encodeProperties } from "./encodeProperties.ts";
import type { Encoder } from "./Encoder.ts";
import { dataProperty, isNative, nameOf, prototypeOwner, prototypesOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, keysOf, read } from "../reflection.ts";

/** `["error", base, stack, prototype, properties, integrity]`. */
export function encodeError(encoder: Encoder, error: object, path: Path): number {
  const custom = encodeCustom(encoder, error, path);
  if (custom !== undefined) return custom;
  const index = encoder.special(["error"], error);
  const base: Ref = error instanceof DOMException ? encoder.special(slotsOf(error)) : [undefined];
  const known = knownPrototype(encoder, error);
  const prototype = parentRef(encoder, index, known, path);
  const properties: unknown[] = [];
  encoder.replace(index, ["error", base, stackOf(error), prototype, properties, integrityOf(error)]);
  const keys = keysToSend(error);
  if (typeof base !== "number" && !keys.includes("name")) putName(properties, error, known);
  encoder.walk(() => encodeProperties(encoder, error, keys, properties, path));
  addErrorPrivates(encoder, error, path);
  return index;
}

/** On its way home an error without its private fields tells more than a refusal. */
function addErrorPrivates(encoder: Encoder, error: object, path: Path): void {
  try {
    addPrivatesOf(encoder, error, path);
  } catch (refused) {
    if (encoder.hooks.freezer !== undefined || !(refused instanceof NotPortable)) throw refused;
  }
}

/** Its name and message are hidden. */
function slotsOf(error: DOMException): Special {
  const [message, name] = (["message", "name"] as const).map((key): unknown => read(DOMException.prototype, key, error));
  return ["new", "DOMException", message, name];
}

/** The nearest prototype that the receiver can have: internal classes of Node are skipped. */
function knownPrototype(encoder: Encoder, error: object): object {
  for (const prototype of prototypesOf(error)) {
    if (encoder.hooks.reference(prototype) !== undefined) return prototype;
    const owner = prototypeOwner(prototype);
    if (owner !== undefined && encoder.hooks.knowsClass(owner) && encoder.hooks.takesClass(owner)) return prototype;
  }
  return Error.prototype;
}

/** The name that a class unknown to the receiver gave its errors, or that class's own name. */
function putName(properties: unknown[], error: object, known: object): void {
  const before = properties.length;
  for (const prototype of prototypesOf(error)) {
    if (prototype === known) return;
    const owner = prototypeOwner(prototype);
    const name: unknown = descriptorOf(prototype, "name")?.value ?? (owner && nameOf(owner));
    if (typeof name === "string" && name !== "" && name !== "NodeError" && properties.length === before)
      properties.push("name", hidden, name, undefined);
  }
}

/** Flags of a property that is writable and configurable, but not enumerable. */
const hidden = 6;

/** Without the stack, and without what Node keeps on errors of its own: methods, and symbols known to nobody else. */
function keysToSend(error: object): (string | symbol)[] {
  const isNodes = typeof dataProperty(error, "code") === "string";
  return keysOf(error).filter((key) => {
    const descriptor = descriptorOf(error, key);
    if (descriptor === undefined || (key === "stack" && isStack(descriptor))) return false;
    return !isNodes || descriptor.enumerable === true || (typeof key === "string" && typeof descriptor.value !== "function");
  });
}

/** V8's own, as data or (since Node 22) as a native accessor; another accessor is a property like others. */
function isStack({ get }: PropertyDescriptor): boolean {
  return get === undefined || isNative(get);
}

/** `Error.prepareStackTrace` may have made objects of it, which stay here. */
function stackOf(error: object): unknown {
  const descriptor = descriptorOf(error, "stack");
  if (descriptor === undefined || !isStack(descriptor)) return undefined;
  const stack: unknown = descriptor.get === undefined ? descriptor.value : descriptor.get.call(error);
  return typeof stack === "object" || typeof stack === "function" || typeof stack === "symbol" ? undefined : stack;
}
