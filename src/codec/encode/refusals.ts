/** What cannot travel, and what to do instead: the words of `NotPortable`. No value is ever printed, only names and kinds. */

import { intrinsicPath } from "../intrinsics.ts";
import { isOfLanguage } from "../scanIntrinsics.ts";
import type { Encoder } from "./Encoder.ts";
import { classesOf, isNative, nameOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, prototypeOf, types } from "../reflection.ts";

type Words = readonly [what: string, advice: string];

const inside = "Make it inside the future, or once per worker with workerLocal(() => …).";
const collect = "Collect what it yields into an array.";

/** Refusals worded once and used in several places. */
export const refusal: Readonly<Record<"proxy" | "behindProxy" | "promise" | "future" | "detached" | "unready" | "ownEncoding", Words>> = {
  proxy: ["a Proxy cannot leave this process", "Capture its target, or make the proxy inside the future."],
  behindProxy: ["an object that inherits from a Proxy cannot leave this process", "Make it inside the future."],
  promise: ["a promise cannot leave this process inside a value", "Await it first: await Promise.all([…])."],
  future: ["a future cannot leave this process inside a value", "Ask for its value first: await value([…])."],
  detached: ["a detached ArrayBuffer cannot travel", "It was transferred elsewhere; capture a copy made before that."],
  unready: ["an export of the module is not initialised yet", "Create the future after the module has been evaluated."],
  ownEncoding: [
    "the futureplan.encode of its class gives something that contains it again",
    "Give plain data that the class can be rebuilt from.",
  ],
};

const kinds: readonly (readonly [test: (value: object) => boolean, what: string, advice: string])[] = [
  [types.isWeakMap, "a WeakMap", "Capture a Map instead."],
  [types.isWeakSet, "a WeakSet", "Capture a Set instead."],
  [(value) => value instanceof WeakRef, "a WeakRef", "Capture what it refers to."],
  [(value) => value instanceof FinalizationRegistry, "a FinalizationRegistry", "Make it inside the future."],
  [types.isGeneratorObject, "a running generator", "Capture the generator function, or collect what it yields into an array."],
  [(value) => types.isMapIterator(value) || types.isSetIterator(value) || isIterator(value), "an iterator", collect],
  [types.isExternal, "a native handle", inside],
];

const iteratorPrototype = prototypeOf(prototypeOf([][Symbol.iterator]())) as object;

/** An iterator of the language; classes of the user's may inherit from the same prototype. */
function isIterator(value: object): boolean {
  const prototype = prototypeOf(value) as object | null;
  if (prototype === null || prototypeOf(prototype) !== iteratorPrototype) return false;
  const next: unknown = descriptorOf(prototype, "next")?.value;
  return typeof next === "function" && isNative(next);
}

/** Refuses what has hidden state that nothing can rebuild. */
export function refuseKinds(encoder: Encoder, value: object, path: Path): void {
  for (const [test, what, advice] of kinds) if (test(value)) encoder.refuse(path, `${what} cannot leave this process`, advice);
}

/** Refuses instances of Node's classes: they own something outside the heap, or hide their state. */
export function refuseHandles(encoder: Encoder, value: object, path: Path): void {
  const [nearest] = classesOf(value);
  for (const owner of classesOf(value)) {
    if (!keepsStateHidden(owner) && !isAsyncResource(value)) continue;
    const name = nameOf(nearest ?? owner) || nameOf(owner);
    const advice = name.startsWith("Abort")
      ? "Inside a future, currentFuture().signal tells of cancellation; pass the signal itself as the option `signal`."
      : `Make it inside the future, once per worker with workerLocal(() => …), or name the module that makes it: { modules: ["./it.js"] }.`;
    encoder.refuse(path, `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name} cannot leave this process`, advice);
  }
}

/** A class of the platform's. Those of the language hide nothing but slots, which have been looked at before. */
function keepsStateHidden(owner: Function): boolean {
  const path = intrinsicPath(owner);
  if (path === undefined) return isNative(owner);
  return nameOf(owner) !== "EventEmitter" && !isOfLanguage(path);
}

/** Timers and the like, whose classes are exported nowhere. */
function isAsyncResource(value: object): boolean {
  return Object.getOwnPropertySymbols(value).some(({ description }) => description === "async_id_symbol" || description === "asyncId");
}

const hooks = `static [Symbol.for("futureplan.encode")](instance) and static [Symbol.for("futureplan.decode")](data)`;

/** Why the `#private` state of an instance cannot travel. */
const privates: Readonly<Record<"unfinished" | "stays" | "parameters" | "package", Words>> = {
  unfinished: [
    "whose constructor has not ended yet, or which other code gave #private fields, cannot travel",
    "Make the future when the constructor has ended.",
  ],
  stays: [
    "cannot come home, where making one would run code of its class again: what its fields begin with, or what its constructor does before super()",
    `Return what is needed of it as plain data, or give the class ${hooks}.`,
  ],
  parameters: [
    "has #private fields, and keys in the parameters of its constructor would have to be worked out to rebuild it",
    `Take the parameters apart inside the constructor, or give the class ${hooks}.`,
  ],
  package: [
    "has #private fields, which only the code of its package can fill",
    "Make it inside the future, or once per worker with workerLocal(() => …), or capture a function that makes it.",
  ],
};

export function refusePrivates(encoder: Encoder, owner: Function, path: Path, reason: keyof typeof privates): never {
  const name = nameOf(owner) || "an anonymous class";
  const [what, advice] = privates[reason];
  return encoder.refuse(path, `an instance of ${name} ${what}`, advice);
}
