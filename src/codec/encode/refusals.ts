/** What cannot travel, and what to do instead: the words of `NotPortable`. No value is ever printed, only names and kinds. */

import { intrinsicPath } from "../intrinsics.ts";
import { isOfLanguage } from "../scanIntrinsics.ts";
import type { Encoder } from "./Encoder.ts";
import { classesOf, isNative, nameOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, hasOwn, prototypeOf, symbolsOf, types } from "../reflection.ts";
import { isLocal } from "../symbols.ts";

type Words = readonly [what: string, advice: string];

const inside = "Make it inside the future, or once per worker with workerLocal(() => …).";
const collect = "Collect what it yields into an array.";

/** Refusals worded once and used in several places. */
export const refusal: Readonly<
  Record<"proxy" | "behindProxy" | "promise" | "pending" | "future" | "detached" | "unready" | "ownEncoding", Words>
> = {
  proxy: ["a Proxy cannot leave this process", "Capture its target, or make the proxy inside the future."],
  behindProxy: ["an object that inherits from a Proxy cannot leave this process", "Make it inside the future."],
  promise: ["a promise cannot leave this process inside a value", "Await it first: await Promise.all([…])."],
  pending: [
    "a promise that is still pending cannot leave this process as part of an object",
    "Read what the function needs into a variable first (const { k } = this), or await the promise; one in a variable of its own is waited for.",
  ],
  future: ["a future cannot leave this process inside a value", "Ask for its value first: await value([…])."],
  detached: ["a detached ArrayBuffer cannot travel", "It was transferred elsewhere; capture a copy made before that."],
  unready: ["an export of the module is not initialised yet", "Create the future after the module has been evaluated."],
  ownEncoding: [
    "the futureplan.encode of its class gives something that contains it again",
    "Give plain data that the class can be rebuilt from.",
  ],
};

const kinds: readonly (readonly [test: (value: object) => boolean, what: string, advice: string])[] = [
  [(value) => value instanceof WeakRef, "a WeakRef", "Capture what it refers to."],
  [(value) => value instanceof FinalizationRegistry, "a FinalizationRegistry", "Make it inside the future."],
  [types.isGeneratorObject, "a running generator", "Capture the generator function, or collect what it yields into an array."],
  [(value) => types.isMapIterator(value) || types.isSetIterator(value) || isIterator(value), "an iterator", collect],
  [types.isExternal, "a native handle", inside],
];

const iteratorPrototype = prototypeOf(prototypeOf([][Symbol.iterator]())) as object;

/** An iterator of the language; classes of the user's may inherit from the same prototype, and what inherits from that of generators need be none. */
function isIterator(value: object): boolean {
  const prototype = prototypeOf(value) as object | null;
  if (prototype === null || prototypeOf(prototype) !== iteratorPrototype) return false;
  const next: unknown = descriptorOf(prototype, "next")?.value;
  return typeof next === "function" && isNative(next) && !hasOwn(prototype, "throw");
}

/** Refuses what has hidden state that nothing can rebuild. */
export function refuseKinds(encoder: Encoder, value: object, path: Path): void {
  for (const [test, what, advice] of kinds) if (test(value)) encoder.refuse(path, `${what} cannot leave this process`, advice);
}

const elsewhere =
  'Make it inside the future, once per worker with workerLocal(() => …), or name the module that makes it: { modules: ["./it.js"] }.';

const advices: readonly (readonly [names: RegExp, advice: string])[] = [
  [/^Abort/, "Inside a future, currentFuture().signal tells of cancellation; pass the signal itself as the option `signal`."],
  [/^(?:Response|Request)$/, "Read its body first, such as `await it.json()`, and capture or return that."],
  [/^FormData$/, "Capture its entries: [...it.entries()]."],
  [/^File$/, "Capture its bytes: await it.arrayBuffer()."],
  [/^Stats$/, "Read what is needed of it first, such as { size, mtimeMs }."],
];

/** Where what wasm-bindgen makes keeps an address in the memory of its module. */
export const wasmHandle = "__wbg_ptr";

/** Refuses instances of Node's classes: they own something outside the heap, or hide their state. */
export function refuseHandles(encoder: Encoder, value: object, path: Path): void {
  const [nearest] = classesOf(value);
  if (hasOwn(value, wasmHandle)) {
    const name = (nearest && nameOf(nearest)) || "a class";
    encoder.refuse(
      path,
      `an instance of ${name} is a handle (${wasmHandle}): what it stands for lies in the WebAssembly memory of this thread`,
      inside,
    );
  }
  for (const owner of classesOf(value)) {
    if (!keepsStateHidden(owner, value) && !isAsyncResource(value)) continue;
    const name = nameOf(nearest ?? owner) || nameOf(owner);
    const advice = advices.find(([names]) => names.test(name))?.[1] ?? elsewhere;
    encoder.refuse(path, `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name} cannot leave this process`, advice);
  }
}

/** Refuses what belongs to a class that the receiver cannot be told of; `path` ends in its prototype or at itself. */
export function refuseClass(encoder: Encoder, owner: Function, path: Path): never {
  const at = path.name === "[[Prototype]]" && path.up !== undefined ? path.up : path;
  const what = `an instance of ${nameOf(owner) || "an anonymous class"}, which is found neither among the exports of its module nor in its scopes, cannot leave this worker as what it is`;
  return encoder.refuse(at, what, "Return plain data made of it, or have the module export the class.");
}

/** A class of the platform's. Those of the language hide nothing but slots, which have been looked at before. */
function keepsStateHidden(owner: Function, value: object): boolean {
  const path = intrinsicPath(owner);
  if (path === undefined) return isNative(owner);
  return nameOf(owner) !== "EventEmitter" && !isOfLanguage(path) && !isPlainStats(owner, value);
}

/** What `fs.stat` gives is data; since Node 26 part of it stands under symbols that no other process knows. */
function isPlainStats(owner: Function, value: object): boolean {
  return nameOf(owner) === "Stats" && Object.getOwnPropertySymbols(value).length === 0;
}

/** Timers and the like, whose classes are exported nowhere. */
function isAsyncResource(value: object): boolean {
  return Object.getOwnPropertySymbols(value).some(({ description }) => description === "async_id_symbol" || description === "asyncId");
}

const hooks = `static [Symbol.for("futureplan.encode")](instance) and static [Symbol.for("futureplan.decode")](data)`;

/** Why the `#private` state of an instance cannot travel. */
const privates: Readonly<Record<"unfinished" | "stays" | "parameters" | "package" | "function", Words>> = {
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
  function: [
    "is a function with #private fields, which only its class's constructor can give it",
    "Make it inside the future, or keep what it needs in variables.",
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

/** A package may keep under symbols what only its own code finds. */
export function checkSymbols(encoder: Encoder, value: object, path: Path): void {
  const symbols = symbolsOf(value).filter(isLocal);
  if (symbols.length > 0) encoder.hooks.checkSymbols(encoder, value, symbols, path);
}
