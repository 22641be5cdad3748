/**
 * What every JavaScript realm and every Node process has already, by identity: intrinsics, globals and
 * built-in modules travel as a path, never by value. No getter is run to find them.
 */

/** Where a receiver finds the same thing: keys to follow from a root. `get x`/`set x` name halves of accessors. */
export type IntrinsicPath = readonly [root: string, ...keys: readonly string[]];

const globalNames = new Set(
  (
    "Object Function Array Number Boolean String Symbol BigInt Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError " +
  "JSON Math Intl Reflect Proxy Map Set WeakMap WeakSet WeakRef FinalizationRegistry ArrayBuffer SharedArrayBuffer DataView Atomics " +
  "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Iterator " +
  "parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval globalThis WebAssembly " +
  "Buffer process console setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask structuredClone performance " +
  "URL URLSearchParams TextEncoder TextDecoder AbortController AbortSignal Event EventTarget MessageChannel MessagePort MessageEvent BroadcastChannel DOMException " +
  "Blob fetch Headers Request Response FormData crypto Crypto CryptoKey SubtleCrypto atob btoa ReadableStream WritableStream TransformStream " +
  "CompressionStream DecompressionStream PerformanceObserver navigator WebSocket File"
  ).split(" "),
);

const hidden: Readonly<Record<string, () => unknown>> = {
  "%AsyncFunction%": () => (async () => undefined).constructor,
  "%GeneratorFunction%": () => function* () {}.constructor,
  "%AsyncGeneratorFunction%": () => async function* () {}.constructor,
  "%TypedArray%": () => Object.getPrototypeOf(Uint8Array),
  "%ArrayIterator%": () => Object.getPrototypeOf([][Symbol.iterator]()),
  "%MapIterator%": () => Object.getPrototypeOf(new Map()[Symbol.iterator]()),
  "%SetIterator%": () => Object.getPrototypeOf(new Set()[Symbol.iterator]()),
  "%StringIterator%": () => Object.getPrototypeOf(""[Symbol.iterator]()),
};

let globals: Map<unknown, IntrinsicPath> | undefined;
const builtins = new Map<unknown, IntrinsicPath>();
const scanned = new Set<string>();
let scannedLength = 0;

/** The path of a built-in thing, or `undefined` when `value` is none. */
export function intrinsicPath(value: object): IntrinsicPath | undefined {
  globals ??= scanGlobals();
  const found = globals.get(value) ?? builtins.get(value) ?? lazyGlobal(value);
  if (found !== undefined) return found;
  return scanBuiltins() ? builtins.get(value) : undefined;
}

/** The thing at the end of a path, in this realm. Throws a `TypeError` that names what is missing. */
export function followIntrinsic(path: IntrinsicPath): unknown {
  const [root, ...keys] = path;
  let at: unknown = root.startsWith("node:") ? builtinModule(root) : root.startsWith("%") ? hidden[root]?.() : Reflect.get(globalThis, root);
  for (const key of keys) {
    if (at === null || (typeof at !== "object" && typeof at !== "function")) break;
    at = followKey(at, key);
  }
  if (at === undefined) throw new TypeError(`${path.join(".")} does not exist in this version of Node (${process.version})`);
  return at;
}

function followKey(holder: object, key: string): unknown {
  const half = /^(get|set) (.*)$/.exec(key);
  if (half === null) return Reflect.get(holder, symbolKey(key));
  const descriptor = Object.getOwnPropertyDescriptor(holder, symbolKey(half[2] ?? ""));
  return half[1] === "get" ? descriptor?.get : descriptor?.set;
}

function symbolKey(key: string): string | symbol {
  if (!key.startsWith("@@")) return key;
  const known: unknown = Reflect.get(Symbol, key.slice(2));
  return typeof known === "symbol" ? known : key;
}

function keyName(key: string | symbol): string | undefined {
  if (typeof key === "string") return key;
  return key.description?.startsWith("Symbol.") === true ? `@@${key.description.slice(7)}` : undefined;
}

function scanGlobals(): Map<unknown, IntrinsicPath> {
  const found = new Map<unknown, IntrinsicPath>();
  for (const name of globalNames) {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
    if (descriptor !== undefined && "value" in descriptor) note(found, descriptor.value, [name], name === "globalThis" ? 0 : 3);
  }
  note(found, globalThis, ["globalThis"], 0);
  note(found, globalThis.process, ["process"], 1);
  note(found, globalThis.Buffer, ["Buffer"], 2);
  note(found, console, ["console"], 1);
  for (const [name, make] of Object.entries(hidden)) note(found, make(), [name], 2);
  return found;
}

/** Notes `value` and what hangs below it, nearest name first. */
function note(found: Map<unknown, IntrinsicPath>, value: unknown, path: IntrinsicPath, depth: number): void {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return;
  if (found.has(value)) return;
  found.set(value, path);
  if (depth === 0) return;
  for (const key of Reflect.ownKeys(value)) {
    const name = keyName(key);
    const descriptor = name === undefined || key === "constructor" ? undefined : Object.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined) continue;
    if ("value" in descriptor) note(found, descriptor.value, [...path, name ?? ""], depth - 1);
    note(found, descriptor.get, [...path, `get ${name}`], 0);
    note(found, descriptor.set, [...path, `set ${name}`], 0);
  }
}

/** Globals behind lazy getters (`fetch`, `crypto`, …): looked at only when the name of the value says so. */
function lazyGlobal(value: object): IntrinsicPath | undefined {
  const name = typeof value === "function" ? ownName(value) : ownName(Object.getPrototypeOf(value)?.constructor)?.toLowerCase();
  if (name === undefined || !globalNames.has(name)) return undefined;
  return Reflect.get(globalThis, name) === value ? [name] : undefined;
}

function ownName(fn: object | undefined): string | undefined {
  const name: unknown = fn === undefined ? undefined : Object.getOwnPropertyDescriptor(fn, "name")?.value;
  return typeof name === "string" ? name : undefined;
}

/** Notes built-in modules loaded since the last scan; `false` when there was none. */
function scanBuiltins(): boolean {
  const loaded = (process as unknown as { moduleLoadList?: readonly string[] }).moduleLoadList ?? [];
  if (loaded.length === scannedLength) return false;
  scannedLength = loaded.length;
  let news = false;
  for (const entry of loaded) {
    const name = /^NativeModule ([a-z0-9_/]+)$/.exec(entry)?.[1];
    if (name === undefined || scanned.has(name) || name.startsWith("internal/") || name.startsWith("_")) continue;
    scanned.add(name);
    const module = builtinModule(`node:${name}`);
    if (module === undefined) continue;
    news = true;
    note(builtins, module, [`node:${name}`], 3);
  }
  return news;
}

function builtinModule(name: string): object | undefined {
  return process.getBuiltinModule(name) as object | undefined; // typed by literal names only
}
