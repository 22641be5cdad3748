/**
 * Lists what every JavaScript realm and every Node process has already, by identity. Other realms of this process
 * (`vm` contexts, jest) are listed under the same names. No getter is run to find them.
 */

import { currentSession } from "../session/currentSession.ts";
import { isNative } from "./encode/objects.ts";
import { descriptorOf, hasOwn, keysOf, prototypeOf, types } from "./reflection.ts";

/** Where a receiver finds the same thing: keys to follow from a root. `get x`/`set x` name halves of accessors. */
export type IntrinsicPath = readonly [root: string, ...keys: readonly string[]];

/** The same as a chain, from the end: thousands are noted and few asked for. */
export interface Place {
  readonly up: Place | undefined;
  readonly name: string;
}

/** Weak where it is kept: other realms come and go. */
export type Places = Pick<WeakMap<object, Place>, "get" | "has" | "set">;

const ofLanguage = (
  "Object Function Array Number Boolean String Symbol BigInt Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError " +
  "JSON Math Intl Reflect Proxy Map Set WeakMap WeakSet WeakRef FinalizationRegistry ArrayBuffer SharedArrayBuffer DataView Atomics " +
  "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Iterator " +
  "parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval WebAssembly"
).split(" ");

const ofPlatform = (
  "setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask structuredClone performance " +
  "URL URLSearchParams TextEncoder TextDecoder AbortController AbortSignal Event EventTarget MessageChannel MessagePort MessageEvent BroadcastChannel DOMException " +
  "Blob fetch Headers Request Response FormData crypto Crypto CryptoKey SubtleCrypto atob btoa ReadableStream WritableStream TransformStream " +
  "CompressionStream DecompressionStream PerformanceObserver navigator WebSocket File CustomEvent"
).split(" ");

/** Loaded at first use. On Node 20 accessors say so; later ones look like values, and asking for their descriptors loads them (50 ms). */
const ofFetch = new Set("Headers Request Response FormData MessageEvent WebSocket".split(" "));

/** Names of globals that a receiver has, whatever became of them here. */
export const globalNames: ReadonlySet<string> = new Set([
  ...ofLanguage,
  ...ofPlatform,
  "Buffer",
  "process",
  "console",
  "globalThis",
  "global",
]);

/** Things without a name, by how to get at them. Each must make sense as text in another realm. */
export const hidden: Readonly<Record<string, () => unknown>> = {
  "%AsyncFunction%": () => (async () => undefined).constructor,
  "%GeneratorFunction%": () => function* () {}.constructor,
  "%AsyncGeneratorFunction%": () => async function* () {}.constructor,
  "%TypedArray%": () => Object.getPrototypeOf(Uint8Array),
  "%ArrayIterator%": () => Object.getPrototypeOf([][Symbol.iterator]()),
  "%MapIterator%": () => Object.getPrototypeOf(new Map()[Symbol.iterator]()),
  "%SetIterator%": () => Object.getPrototypeOf(new Set()[Symbol.iterator]()),
  "%StringIterator%": () => Object.getPrototypeOf(""[Symbol.iterator]()),
  "%Iterator%": () => Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())),
  "%AsyncIterator%": () => Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)),
};

const mathRandom: Place = { up: { up: undefined, name: "Math" }, name: "random" };

/** Notes the intrinsics and globals of the realm that this code runs in. */
export function scanRealm(found: Places): void {
  for (const { functions } of currentSession().feeders) for (const fn of functions) found.set(fn, mathRandom);
  scanLanguage(found, globalThis, (make) => make());
  for (const name of ofPlatform) if (!ofFetch.has(name)) noteGlobal(found, globalThis, name);
  for (const name of ["process", "console"] as const) note(found, globalThis[name], name, 1);
  note(found, globalThis.Buffer, "Buffer", 2);
}

function scanLanguage(found: Places, global: object, find: (make: () => unknown) => unknown): void {
  for (const name of ofLanguage) noteGlobal(found, global, name);
  note(found, global, "globalThis", 0);
  for (const [name, make] of Object.entries(hidden)) note(found, find(make), name, 2);
}

/** Notes the intrinsics of the realm of `value`, if it is another; `false` when there was nothing new to note. */
export function scanForeignRealm(found: Places, scanned: WeakSet<object>, value: object): boolean {
  const root = rootOf(value);
  if (root === undefined || scanned.has(root)) return false;
  scanned.add(root);
  const make: unknown = descriptorOf(root, "constructor")?.value;
  const evaluate: unknown = typeof make === "function" ? descriptorOf(prototypeOf(make), "constructor")?.value : undefined;
  if (typeof evaluate !== "function" || !isNative(evaluate)) return false;
  const run = (expression: string): unknown => (evaluate(`return ${expression}`) as () => unknown)(); // `Function` of that realm
  try {
    scanLanguage(found, run("this") as object, (one) => run(`(${String(one)})()`)); // sloppy: its global object
    return true;
  } catch {
    return false; // a context that evaluates no text: its things then travel by value or are refused
  }
}

/** The `Object.prototype` of a value's realm. */
function rootOf(value: object): object | undefined {
  let root: object | undefined;
  for (let at: object | null = value; at !== null; at = prototypeOf(at) as object | null) {
    if (types.isProxy(at)) return undefined;
    root = at;
  }
  return root !== undefined && hasOwn(root, "__lookupGetter__") ? root : undefined;
}

/** Globals behind getters load something at first use: those are left for `lazyGlobal`. */
function noteGlobal(found: Places, global: object, name: string): void {
  const descriptor = descriptorOf(global, name);
  if (descriptor !== undefined && "value" in descriptor) note(found, descriptor.value, name, 3);
}

/** Notes the root `name` and what hangs below it, nearest name first. */
export function note(found: Places, value: unknown, name: string, depth: number): void {
  noteBelow(found, value, { up: undefined, name }, depth, language.has(name) && name !== "WebAssembly");
}

/** In the language itself nothing is enumerable but what the user's code added. */
function noteBelow(found: Places, value: unknown, place: Place, depth: number, isLanguage: boolean): void {
  if (!isNew(found, value)) return;
  found.set(value, place);
  if (depth === 0) return;
  for (const key of keysOf(value)) {
    const name = keyName(key);
    if (name === undefined || key === "constructor") continue;
    const descriptor = descriptorOf(value, key);
    if (descriptor === undefined || (isLanguage && descriptor.enumerable === true)) continue;
    if (!("value" in descriptor)) noteAccessor(found, descriptor, place, name);
    else if (isNew(found, descriptor.value) && !isUsers(place, name, descriptor.value)) {
      noteBelow(found, descriptor.value, { up: place, name }, depth - 1, isLanguage);
    }
  }
}

function isNew(found: Places, value: unknown): value is object {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && !found.has(value);
}

function noteAccessor(found: Places, { get, set }: PropertyDescriptor, up: Place, name: string): void {
  if (isNew(found, get)) found.set(get, { up, name: `get ${name}` });
  if (isNew(found, set)) found.set(set, { up, name: `set ${name}` });
}

/** What no other process has: the CommonJS modules loaded here; `process` holds few plain objects of its own, and is where some put theirs. */
function isUsers({ up, name }: Place, key: string, value: object): boolean {
  if (up === undefined && name === "node:module") return key === "_cache";
  if (up !== undefined || name !== "process" || typeof value === "function") return false;
  const own: readonly object[] = [
    process.env,
    process.versions,
    process.release,
    process.config,
    process.features,
    process.argv,
    process.execArgv,
  ];
  return !own.includes(value);
}

export function pathOf({ up, name }: Place): IntrinsicPath {
  return up === undefined ? [name] : [...pathOf(up), name];
}

const language = new Set([...ofLanguage, ...Object.keys(hidden)]);

/** Whether it is defined by ECMAScript itself. */
export function isOfLanguage([root]: IntrinsicPath): boolean {
  return language.has(root) && root !== "Intl" && root !== "WebAssembly";
}

/** Symbols only by their well-known names, and registered ones by their key: `exec[util.promisify.custom]` hangs below one. */
function keyName(key: string | symbol): string | undefined {
  if (typeof key === "string") return key;
  const registered = Symbol.keyFor(key);
  if (registered !== undefined) return `@@for ${registered}`;
  return key.description?.startsWith("Symbol.") === true ? `@@${key.description.slice(7)}` : undefined;
}
