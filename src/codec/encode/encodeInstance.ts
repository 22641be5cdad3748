/** Instances of classes: they keep their prototype; what hides state from us is refused with the way out. */

import type { Ref } from "./Encoded.ts";
import type { Encoder } from "./Encoder.ts";
import { encodeWithAttributes, isObjectPrototype } from "./encodeObject.ts";
import type { Path } from "./Path.ts";
import { copySimple, isSimple } from "./properties.ts";
import { intrinsicPath } from "./intrinsics.ts";

const encodeHook = Symbol.for("futureplan.encode");

export function encodeInstance(encoder: Encoder, value: object, prototype: object | null, path: Path): Ref {
  if (prototype === null) return encodeNullObject(encoder, value, path);
  const constructor = constructorOf(prototype);
  if (constructor !== undefined) {
    if (constructor.prototype === value || isWasmModule(value)) return encodeNative(encoder, value, path);
    const custom = customEncoding(encoder, value, constructor, path);
    if (custom !== undefined) return custom;
    refuseHandles(encoder, prototype, path);
    if (!encoder.hooks.knowsClass(constructor)) return encodeStranger(encoder, value, path);
    refusePrivate(encoder, prototype, path);
  }
  return encodeOwn(encoder, value, prototype, path);
}

function encodeNullObject(encoder: Encoder, value: object, path: Path): Ref {
  const owner = prototypeOwner(value);
  return owner === undefined ? encodeWithAttributes(encoder, value, "null", path) : encodePrototype(encoder, owner, value, path);
}

/** `["instance", prototype, properties]`, or with attributes. */
function encodeOwn(encoder: Encoder, value: object, prototype: object, path: Path): number {
  const owner = prototypeOwner(value);
  if (owner !== undefined) return encodePrototype(encoder, owner, value, path);
  const keys = Reflect.ownKeys(value);
  const parent = encoder.ref(prototype, { up: path, name: "[[Prototype]]" });
  if (!isSimple(value, keys)) return encodeWithAttributes(encoder, value, parent, path);
  const copy = {};
  const index = encoder.special(["instance", parent, copy], value);
  copySimple(encoder, value, keys, copy, path);
  return index;
}

/** `["prototype", function]`: the `prototype` object of a captured function or class. */
function encodePrototype(encoder: Encoder, owner: Function, value: object, path: Path): number {
  const fn = encoder.functionRef(owner, { up: path, name: "constructor" });
  return encoder.once(value, () => ["prototype", fn]);
}

/** The function whose `prototype` this object is. */
export function prototypeOwner(value: object): Function | undefined {
  const owner: unknown = Object.getOwnPropertyDescriptor(value, "constructor")?.value;
  return typeof owner === "function" && Object.getOwnPropertyDescriptor(owner, "prototype")?.value === value ? owner : undefined;
}

/** The nearest constructor up the chain, found without running anything. */
function constructorOf(prototype: object): Function | undefined {
  for (let at: object | null = prototype; at !== null && !isObjectPrototype(at); at = Object.getPrototypeOf(at) as object | null) {
    const owner = prototypeOwner(at);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** `["custom", class, data]`: the class says itself how its instances travel. */
function customEncoding(encoder: Encoder, value: object, constructor: Function, path: Path): number | undefined {
  const encode: unknown = Reflect.get(constructor, encodeHook);
  if (typeof encode !== "function") return undefined;
  const index = encoder.special(["custom"], value);
  const fn = encoder.functionRef(constructor, { up: path, name: constructor.name });
  const data: unknown = encode.call(constructor, value);
  encoder.replace(index, ["custom", fn, encoder.ref(data, { up: path, name: "data" })]);
  return index;
}

/** Classes of Node whose instances own something outside the heap, or hide their state. `EventEmitter` and `EventTarget` do not. */
function refuseHandles(encoder: Encoder, prototype: object, path: Path): void {
  for (let at: object | null = prototype; at !== null && !isObjectPrototype(at); at = Object.getPrototypeOf(at) as object | null) {
    const owner = prototypeOwner(at);
    if (owner === undefined || owner.name === "EventEmitter") continue;
    if (intrinsicPath(owner) !== undefined || isInternal(owner)) {
      const name = prototypeOwner(prototype)?.name ?? owner.name;
      const article = /^[AEIOU]/.test(name) ? "an" : "a";
      const advice = name.startsWith("Abort")
        ? "Inside a future, currentFuture().signal tells of cancellation; pass the signal itself as the option `signal`."
        : "Make it inside the future, once per worker with workerLocal(() => …), or name the module that makes it: { modules: [\"./it.js\"] }.";
      encoder.refuse(path, `${article} ${name} cannot leave this process`, advice);
    }
  }
}

/** A class of Node's that is exported nowhere (timers, handles): its constructor is native or its code has no user's file. */
function isInternal(owner: Function): boolean {
  return /^(Timeout|Immediate|TCP|Pipe|TTY|FileHandle|Process|MessagePort|Worker|ChildProcess)$/.test(owner.name) && !Object.hasOwn(globalThis, owner.name);
}

/** Fields declared with `#` can be filled only by the constructor. */
function refusePrivate(encoder: Encoder, prototype: object, path: Path): void {
  for (let at: object | null = prototype; at !== null && !isObjectPrototype(at); at = Object.getPrototypeOf(at) as object | null) {
    const owner = prototypeOwner(at);
    if (owner === undefined || intrinsicPath(owner) !== undefined) continue;
    if (encoder.hooks.hasPrivate(owner)) {
      encoder.refuse(
        path,
        `an instance of ${owner.name} has #private fields, which only its constructor can fill`,
        `Give ${owner.name} \`static [Symbol.for("futureplan.encode")](instance)\` and \`static [Symbol.for("futureplan.decode")](data)\`, or make the instance inside the future.`,
      );
    }
  }
}

/** Its class is known only here: what the receiver gets is a plain object with the same properties. */
function encodeStranger(encoder: Encoder, value: object, path: Path): Ref {
  const keys = Reflect.ownKeys(value);
  if (!isSimple(value, keys)) return encodeWithAttributes(encoder, value, "plain", path);
  const copy = {};
  return encoder.descend(value, copy, () => copySimple(encoder, value, keys, copy, path));
}

/** `WebAssembly` is no part of the language's own types. */
export function isWasmModule(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
}

function encodeNative(encoder: Encoder, value: object, path: Path): Ref {
  const owner = prototypeOwner(value);
  if (owner !== undefined) return encodePrototype(encoder, owner, value, path);
  encoder.noteLocal(path, "a WebAssembly module");
  return [value];
}
