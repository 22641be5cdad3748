/** What can be asked about any object without running code of the user's: no getter, no trap. Proxies must be sorted out before. */

import { descriptorOf, hasOwn, prototypeOf, types } from "../reflection.ts";

/** The value of a data property, own or inherited; `undefined` for accessors and behind proxies. */
export function dataProperty(value: object, key: PropertyKey): unknown {
  for (let at: object | null = value; at !== null && !types.isProxy(at); at = prototypeOf(at) as object | null) {
    const descriptor = descriptorOf(at, key);
    if (descriptor !== undefined) return descriptor.value as unknown;
  }
  return undefined;
}

/** The name of a function as its own data property tells it; `""` for the anonymous and for accessors. */
export function nameOf(fn: Function): string {
  const name: unknown = types.isProxy(fn) ? "" : descriptorOf(fn, "name")?.value;
  return typeof name === "string" ? name : "";
}

/** The function whose `prototype` this object is. */
export function prototypeOwner(value: object): Function | undefined {
  const owner: unknown = descriptorOf(value, "constructor")?.value;
  if (typeof owner !== "function" || types.isProxy(owner)) return undefined;
  return descriptorOf(owner, "prototype")?.value === value ? owner : undefined;
}

/** `Object.prototype` of this realm or of another (`vm` contexts, jest). */
export function isObjectPrototype(prototype: object): boolean {
  return prototype === Object.prototype || (prototypeOf(prototype) === null && hasOwn(prototype, "__lookupGetter__"));
}

/** The prototypes above an object, without `Object.prototype`. */
export function* prototypesOf(value: object): Iterable<object> {
  for (let at = prototypeOf(value) as object | null; at !== null && !isObjectPrototype(at); at = prototypeOf(at) as object | null) {
    yield at;
    if (types.isProxy(at)) return;
  }
}

/** The constructors of an object's classes, the nearest first. */
export function* classesOf(value: object): Iterable<Function> {
  for (const prototype of prototypesOf(value)) {
    const owner = prototypeOwner(prototype);
    if (owner !== undefined) yield owner;
  }
}

/** Whether code of the engine or of C++, not of JavaScript. */
export function isNative(fn: Function): boolean {
  return isNativeText(textOf(fn));
}

const { toString } = Function.prototype;

/** The text of a function, whatever the user's code has made of `toString`. */
export function textOf(fn: Function): string {
  return toString.call(fn);
}

/** V8 writes nothing else for what is not JavaScript, bound functions included. */
export function isNativeText(text: string): boolean {
  return text.endsWith("{ [native code] }");
}

/** A module's namespace, or what vitest makes of one: getters only, tagged `Module`. Reading it runs no code of the user's. */
export function isNamespace(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  return types.isModuleNamespaceObject(value) || descriptorOf(value, Symbol.toStringTag)?.value === "Module";
}
