/**
 * What every JavaScript realm and every Node process has already: intrinsics, globals and built-in modules
 * travel as a path, never by value.
 */

import { Missing } from "./decode/damage.ts";
import {
  globalNames,
  hidden,
  note,
  pathOf,
  scanForeignRealm,
  scanRealm,
  type IntrinsicPath,
  type Place,
  type Places,
} from "./scanIntrinsics.ts";
import { currentSession } from "../session/currentSession.ts";
import { descriptorOf, prototypeOf, read, types } from "./reflection.ts";

export type { IntrinsicPath };

let known: Places | undefined;
const scannedModules = new Set<string>();
let scannedLength = 0;
const scannedRealms = new WeakSet<object>();
/** Prototypes of objects that turned out to be none: instances are many, and globals among them have classes of their own. */
const settled = new WeakSet<object>([Object.prototype]);

/** The path of a built-in thing, or `undefined` when `value` is none. Must not be asked about proxies. */
export function intrinsicPath(value: object): IntrinsicPath | undefined {
  const places = (known ??= scanHome());
  const found = places.get(value);
  if (found !== undefined) return pathOf(found);
  const prototype = prototypeOf(value) as object | null;
  const isSettled = typeof value === "object" && prototype !== null && settled.has(prototype);
  const isNews = scanLoaded(places) || (!isSettled && scanForeignRealm(places, scannedRealms, value));
  const fresh = isNews ? places.get(value) : undefined;
  if (fresh !== undefined) return pathOf(fresh);
  if (isSettled) return undefined;
  const lazy = lazyGlobal(value);
  if (lazy === undefined && prototype !== null) settled.add(prototype);
  return lazy;
}

/** Of `process.env`, also where it is a proxy. */
export const environmentPath: IntrinsicPath = ["process", "env"];

/** The same, without looking for what is not known yet. */
export function knownIntrinsic(value: object): IntrinsicPath | undefined {
  const found = known?.get(value);
  return found && pathOf(found);
}

let all: readonly object[] | undefined;

/** All of this realm's that can be listed without running a getter: what code can name without capturing it. */
export function listIntrinsics(): readonly object[] {
  if (all === undefined) {
    const found = new Map<object, Place>();
    scanRealm(found);
    all = [...found.keys()];
  }
  return all;
}

/** The same for what Node has in modules that nothing loaded by name: their members are reached through getters of others. */
export function internalPath(value: object): IntrinsicPath | undefined {
  const places = (known ??= scanHome());
  for (const name of lazyModules) scanModule(places, name);
  const found = places.get(value);
  return found && pathOf(found);
}

const lazyModules = [
  "fs/promises",
  "dns/promises",
  "timers/promises",
  "stream/promises",
  "readline/promises",
  "stream/web",
  "util/types",
  "path/posix",
  "path/win32",
  "assert/strict",
];

/** The thing at the end of a path, in this realm. Throws a `TypeError` that names what is missing. */
export function followIntrinsic(path: readonly string[]): unknown {
  const [root = "", ...keys] = path;
  let at: unknown = root.startsWith("node:")
    ? process.getBuiltinModule(root)
    : root.startsWith("%")
      ? hidden[root]?.()
      : read(globalThis, root);
  for (const key of keys) {
    if (at === null || (typeof at !== "object" && typeof at !== "function")) break;
    at = followKey(at, key);
  }
  if (at === undefined) throw new Missing(`${path.join(".")} does not exist in this version of Node (${process.version})`);
  return at;
}

function followKey(holder: object, key: string): unknown {
  const half = /^(get|set) (.*)$/.exec(key);
  if (half === null) return read(holder, symbolKey(key));
  const descriptor = descriptorOf(holder, symbolKey(half[2] ?? ""));
  return half[1] === "get" ? descriptor?.get : descriptor?.set;
}

function symbolKey(key: string): string | symbol {
  if (!key.startsWith("@@")) return key;
  if (key.startsWith("@@for ")) return Symbol.for(key.slice(6));
  const symbol: unknown = read(Symbol, key.slice(2));
  return typeof symbol === "symbol" ? symbol : key;
}

function scanHome(): Places {
  const places: Places = new WeakMap();
  scanRealm(places);
  const { watched } = currentSession().environment;
  if (watched !== undefined) places.set(watched.real, { up: { up: undefined, name: "process" }, name: "env" }); // the proxy stands there
  scannedRealms.add(Object.prototype);
  return places;
}

/** Notes built-in modules loaded since the last scan; `false` when there was none. */
function scanLoaded(places: Places): boolean {
  const loaded = (process as unknown as { moduleLoadList?: readonly string[] }).moduleLoadList ?? []; // Node's own, untyped
  if (loaded.length === scannedLength) return false;
  let isNews = false;
  for (const entry of loaded.slice(scannedLength)) {
    const name = /^NativeModule ([a-z0-9_/]+)$/.exec(entry)?.[1];
    if (name !== undefined && !name.startsWith("internal/") && !name.startsWith("_")) isNews = scanModule(places, name) || isNews;
  }
  scannedLength = loaded.length;
  return isNews;
}

function scanModule(places: Places, name: string): boolean {
  if (scannedModules.has(name)) return false;
  scannedModules.add(name);
  const module = process.getBuiltinModule(`node:${name}`) as object | undefined; // typed by literal names only
  if (module !== undefined) note(places, module, `node:${name}`, 3);
  return module !== undefined;
}

/** Globals behind lazy getters (`fetch`, `crypto`, …): looked at only when the name of the value says so. */
function lazyGlobal(value: object): IntrinsicPath | undefined {
  const name = typeof value === "function" ? ownName(value) : classNameOf(value)?.toLowerCase();
  if (name === undefined || !globalNames.has(name)) return undefined;
  return read(globalThis, name) === value ? [name] : undefined;
}

function classNameOf(value: object): string | undefined {
  const prototype = prototypeOf(value) as object | null;
  if (prototype === null || types.isProxy(prototype)) return undefined;
  const owner: unknown = descriptorOf(prototype, "constructor")?.value;
  return typeof owner === "function" && !types.isProxy(owner) ? ownName(owner) : undefined;
}

function ownName(fn: object): string | undefined {
  const name: unknown = descriptorOf(fn, "name")?.value;
  return typeof name === "string" ? name : undefined;
}
