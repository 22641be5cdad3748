/**
 * What travels by reference: intrinsics, built-in modules, the library itself, and everything that a package
 * in `node_modules` exports. The user's own modules do not: their functions travel by value.
 */

import { types } from "node:util";
import type { Special } from "../codec/Encoded.ts";
import { dataProperty, nameOf, prototypeOwner } from "../codec/encode/objects.ts";
import { intrinsicPath, knownIntrinsic } from "../codec/intrinsics.ts";
import { libraryReference } from "../codec/Linker.ts";
import { isObject } from "../codec/reflection.ts";
import { isLocal } from "../codec/symbols.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { isPackage, isPackageUrl, loadedCommonJs, loadedExports, loadedFiles, loadedNamespace, scriptUrl } from "../platform/packages.ts";
import { exportedVariables } from "./analysis/analyseScript.ts";
import { getterExports } from "./getterExports.ts";
import { importsOf, topValue } from "./importsOf.ts";
import { importedTarget } from "./mockedModules.ts";
import type { Script } from "./Script.ts";
import { FileImport, FileMeta, FileRequire } from "./standIns.ts";

const references = new WeakMap<WeakKey, Special>();
/** What the user's own CommonJS modules export: of these only what is used travels. */
const ownExports = new WeakSet();
const noted = new Set<string>();
const gettersNoted = new Set<string>();
let commonJsFiles = 0;

/** The special that stands for `value` at every receiver; `undefined`: it travels by value. Must not be asked about proxies. */
export function homeReference(value: object): Special | undefined {
  const known = references.get(value);
  if (known !== undefined) return known;
  const path = intrinsicPath(value);
  if (path !== undefined) return ["intrinsic", path];
  return standIn(value) ?? (typeof value === "function" ? (libraryReference(value) ?? consoleReference(value)) : undefined);
}

/** A symbol that a package exports. */
export function symbolReference(symbol: symbol): Special | undefined {
  return references.get(symbol);
}

/** The same for a function written in JavaScript, as far as it is known without looking for it. */
export function knownReference(fn: Function): Special | undefined {
  const known = references.get(fn);
  if (known !== undefined) return known;
  const path = knownIntrinsic(fn);
  return path === undefined ? (libraryReference(fn) ?? consoleReference(fn)) : ["intrinsic", path];
}

const consoleMethod = Symbol.for("futureplan/console");
/** What stood on `console` when this was loaded: programs and test runners keep a method and then replace it. */
const consoleNames = new Map(Object.keys(console).map((name) => [dataProperty(console, name), name]));

/** A method that stands on `console`, stood there at first, or was put there by us for a while. */
function consoleReference(fn: Function): Special | undefined {
  const ours: unknown = Object.getOwnPropertyDescriptor(fn, consoleMethod)?.value;
  const known = typeof ours === "string" ? ours : consoleNames.get(fn);
  const name = known ?? nameOf(fn);
  return known !== undefined || (name !== "" && dataProperty(console, name) === fn) ? ["intrinsic", ["console", name]] : undefined;
}

function standIn(value: object): Special | undefined {
  if (value instanceof FileMeta) return value.isVite ? ["meta", value.url, true] : ["meta", value.url];
  if (value instanceof FileImport) return ["dynamicImport", value.url, process.cwd()];
  return value instanceof FileRequire ? ["require", value.url] : undefined;
}

/** A function of a package, by the script that it stands in. */
export function packageReference(fn: Function, script: Script, scopes: readonly ScopeFrame[]): Special | undefined {
  noteFile(script.url);
  if (!references.has(fn)) noteVariables(script, scopes);
  return references.get(fn);
}

/** The same, wherever in its package it is exported: a file may export what functions of another made. */
export function anyPackageReference(value: object, url: string): Special | undefined {
  for (const file of loadedFiles(url)) noteFile(file);
  return references.get(value);
}

function noteFile(url: string): void {
  noteNamespace(url);
  if (gettersNoted.has(url)) return;
  gettersNoted.add(url);
  const module = loadedExports(url);
  if (module?.kind !== "require" || !isObject(module.exports)) return;
  for (const [name, value] of getterExports(module.exports)) noteExports(value, (keys) => ["require", url, keys], [name]);
}

/** Whether it is all that a module of the user's exports. */
export function isOwnExports(value: object): boolean {
  return ownExports.has(value);
}

/** Notes what CommonJS modules loaded since the last call export; call once per snapshot. */
export function noteCommonJs(): void {
  const files = Object.keys(loadedCommonJs());
  if (files.length === commonJsFiles) return;
  commonJsFiles = files.length;
  for (const file of files) {
    const url = scriptUrl(file);
    const exports: unknown = loadedCommonJs()[file]?.exports;
    if (!isObject(exports) || types.isProxy(exports)) continue;
    if (!isPackageUrl(url)) ownExports.add(exports);
    // ES modules that were required stand in the cache, too.
    else if (types.isModuleNamespaceObject(exports)) noteNamed(url, exports);
    else if (!noted.has(url)) noteExports(exports, (keys) => ["require", url, keys]);
    noted.add(url);
  }
}

function noteNamespace(url: string): void {
  if (noted.has(url)) return;
  noted.add(url);
  const namespace = namespaceOf(url);
  if (namespace !== undefined) noteNamed(url, namespace);
}

function namespaceOf(url: string): object | undefined {
  return url.startsWith("file:") ? loadedNamespace(url) : undefined;
}

/** Where Node does not give the namespace (tsx has replaced `require`): a module's own frame holds what it exports. */
function noteVariables(script: Script, scopes: readonly ScopeFrame[]): void {
  const key = `variables of ${script.id}`;
  if (!script.isModule || noted.has(key) || namespaceOf(script.url) !== undefined) return;
  noted.add(key);
  for (const [name, local] of exportedVariables(script.source))
    noteExports(topValue(script, scopes, local), (keys) => ["import", script.url, script.url, [name, ...keys]]);
}

function noteNamed(url: string, namespace: object): void {
  noteExports(namespace, (keys) => ["import", url, url, keys]);
}

/** How far below a module's exports things are found: `lodash.fp.map`. */
const depth = 2;

/** Notes a module's exports and what hangs below them; the first name of a thing stays. */
function noteExports(value: unknown, special: (keys: readonly string[]) => Special, keys: readonly string[] = []): void {
  if (typeof value === "symbol") noteSymbol(value, special(keys));
  if (!isObject(value) || types.isProxy(value) || references.has(value) || intrinsicPath(value) !== undefined) return;
  references.set(value, special(keys));
  if (typeof value === "function") notePrototype(value, special([...keys, "prototype"]));
  if (keys.length <= depth && !Array.isArray(value)) noteMembers(value, special, keys);
}

function noteMembers(value: object, special: (keys: readonly string[]) => Special, keys: readonly string[]): void {
  for (const key of Object.keys(value)) {
    const descriptor = descriptorOf(value, key);
    if (descriptor !== undefined && "value" in descriptor) noteExports(descriptor.value, special, [...keys, key]);
  }
}

function noteSymbol(symbol: symbol, special: Special): void {
  if (isLocal(symbol) && !references.has(symbol)) references.set(symbol, special);
}

/** A `prototype` that names another function, or none. */
function notePrototype(fn: Function, special: Special): void {
  const own: unknown = Object.getOwnPropertyDescriptor(fn, "prototype")?.value;
  if (isObject(own) && !types.isProxy(own) && prototypeOwner(own) !== fn && homeReference(own) === undefined) references.set(own, special);
}

/** `undefined` also for exports that are not initialised. */
function descriptorOf(value: object, key: string): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(value, key);
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** At first sight of a script: every import binding from a package names its value. */
export function noteImports(script: Script, scopes: readonly ScopeFrame[]): void {
  if (noted.has(script.id)) return;
  noted.add(script.id);
  for (const { local, specifier, imported } of importsOf(script)) {
    if (!isPackage(specifier, script.url)) continue;
    const value = importedTarget(topValue(script, scopes, local));
    const keys = imported === "*" ? [] : [imported];
    noteImport(value, keys, (below) => ["import", specifier, script.url, below]);
  }
}

function noteImport(value: unknown, keys: readonly string[], special: (keys: readonly string[]) => Special): void {
  if (typeof value === "symbol") noteSymbol(value, special(keys));
  if (!isObject(value) || types.isProxy(value) || homeReference(value) !== undefined) return;
  references.set(value, special(keys));
  if (typeof value === "function") notePrototype(value, special([...keys, "prototype"]));
}
