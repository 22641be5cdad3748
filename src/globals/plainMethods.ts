/** Methods of classes: most are what the text of the class gives again, and travel with it. */

import type { Encoder } from "../codec/encode/Encoder.ts";
import { textOf } from "../codec/encode/objects.ts";
import { intrinsicPath } from "../codec/intrinsics.ts";
import { configurable, flagsOf, writable } from "../codec/properties.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";

/** Whether a property holds a function that travels by itself: it was met so, or has been given something. */
export function isApart(encoder: Encoder, key: PropertyKey, { value, get, set }: PropertyDescriptor): boolean {
  const name = typeof key !== "symbol" ? String(key) : key.description === undefined ? "" : `[${key.description}]`;
  return isOneApart(encoder, value, name) || isOneApart(encoder, get, `get ${name}`) || isOneApart(encoder, set, `set ${name}`);
}

function isOneApart(encoder: Encoder, fn: unknown, name: string): boolean {
  return typeof fn === "function" && (encoder.knows(fn) || !isPlain(fn, name));
}

/** Whether a method has nothing that its text does not give. */
function isPlain(fn: Function, name: string): boolean {
  const { generator, parameters } = analyseFunction(textOf(fn), true);
  if (Reflect.ownKeys(fn).length !== (generator ? 3 : 2) || !Object.isExtensible(fn) || !inheritsAsUsual(fn)) return false;
  return isConstant(fn, "length", parameters.length) && isConstant(fn, "name", name) && (!generator || hasFreshPrototype(fn));
}

function isConstant(fn: Function, key: string, value: unknown): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(fn, key);
  return descriptor !== undefined && descriptor.value === value && flagsOf(descriptor) === configurable;
}

function hasFreshPrototype(fn: Function): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(fn, "prototype");
  return descriptor !== undefined && flagsOf(descriptor) === writable && isFreshPrototype(descriptor.value);
}

const owners = new WeakMap<object, Function>();

/** Another generator of the same capture that has the same `prototype`; `undefined`: it is `fn` that it is taken to be made for. */
export function otherOwner(encoder: Encoder, fn: Function, prototype: object): Function | undefined {
  const owner = owners.get(prototype);
  if (owner !== undefined && owner !== fn && encoder.knows(owner)) return owner;
  owners.set(prototype, fn);
  return undefined;
}

/** Whether it may be the `prototype` that a generator was made with. */
export function isFreshPrototype(prototype: unknown): prototype is object {
  if (typeof prototype !== "object" || prototype === null || Reflect.ownKeys(prototype).length > 0) return false;
  const above: object | null = Object.getPrototypeOf(prototype);
  return Object.isExtensible(prototype) && above !== null && generatorPrototypes.has(intrinsicPath(above)?.join(".") ?? "");
}

const generatorPrototypes: ReadonlySet<string> = new Set([
  "%GeneratorFunction%.prototype.prototype",
  "%AsyncGeneratorFunction%.prototype.prototype",
]);

const usualParents: ReadonlySet<string> = new Set([
  "Function.prototype",
  "%AsyncFunction%.prototype",
  "%GeneratorFunction%.prototype",
  "%AsyncGeneratorFunction%.prototype",
]);

/** Whether a function has the prototype that its text gives. */
export function inheritsAsUsual(fn: Function): boolean {
  const parent: object | null = Object.getPrototypeOf(fn);
  return parent === Function.prototype || (parent !== null && usualParents.has(intrinsicPath(parent)?.join(".") ?? ""));
}
