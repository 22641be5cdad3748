/** The language's own reflection, as it was before any code of the user's could replace it. Short names: the worker's program is full of them. */

import { inspect } from "node:util";

export { types } from "node:util";

export const descriptorOf: typeof Object.getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;
export const prototypeOf: typeof Object.getPrototypeOf = Object.getPrototypeOf;
export const setPrototype: typeof Object.setPrototypeOf = Object.setPrototypeOf;
export const defineProperty: typeof Object.defineProperty = Object.defineProperty;
export const hasOwn: typeof Object.hasOwn = Object.hasOwn;
export const isExtensible: typeof Object.isExtensible = Object.isExtensible;
export const symbolsOf: typeof Object.getOwnPropertySymbols = Object.getOwnPropertySymbols;
export const read: typeof Reflect.get = Reflect.get;
const { getOwnPropertyNames } = Object;
const { ownKeys } = Reflect;

/** Whether a promise is not settled yet; nothing is attached to it. */
export function isPending(promise: Promise<unknown>): boolean {
  return /\{\s+<pending>/.test(inspect(promise, { customInspect: false, depth: 0 }));
}

/** All own keys. Engines keep lists of names; a list with symbols is made anew each time, which takes three times as long. */
export function keysOf(value: object): (string | symbol)[] {
  return symbolsOf(value).length === 0 ? getOwnPropertyNames(value) : ownKeys(value);
}

/** Plain assignment to an object that is ours, except for the key that would set the prototype. */
export function setOwn(container: object, key: PropertyKey, value: unknown): void {
  if (key === "__proto__") defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  else (container as Record<PropertyKey, unknown>)[key] = value; // copies and parts of messages
}

/** An object or a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
