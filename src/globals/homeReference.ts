/**
 * What travels by reference: intrinsics, built-in modules, the library itself, and everything that a package
 * in `node_modules` exports. The user's own modules do not: their functions travel by value.
 */

import type { Special } from "../codec/Encoded.ts";
import { intrinsicPath } from "../codec/intrinsics.ts";
import { libraryReference } from "../codec/Linker.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { isPackage, isPackageUrl, loadedCommonJs, loadedNamespace, scriptUrl, viteSpecifier } from "../platform/packages.ts";
import type { Script } from "./Script.ts";
import { FileImport, FileMeta, FileRequire } from "./standIns.ts";

const references = new WeakMap<object, Special>();
const noted = new Set<string>();
let commonJsFiles = 0;

/** The special that stands for `value` at every receiver; `undefined`: it travels by value. */
export function homeReference(value: object, script?: Script): Special | undefined {
  const path = intrinsicPath(value);
  if (path !== undefined) return ["intrinsic", path];
  return references.get(value) ?? standIn(value) ?? (typeof value === "function" ? libraryReference(value) : undefined) ?? packageReference(value, script);
}

function standIn(value: object): Special | undefined {
  if (value instanceof FileMeta) return ["meta", value.url];
  if (value instanceof FileImport) return ["dynamicImport", value.url, process.cwd()];
  return value instanceof FileRequire ? ["require", value.url] : undefined;
}

/** Exports of packages, by the script that the function stands in. */
function packageReference(value: object, script: Script | undefined): Special | undefined {
  if (typeof value !== "function" || script?.inPackage !== true) return undefined;
  noteNamespace(script.url);
  return references.get(value);
}

/** Notes what CommonJS packages loaded since the last call export; call once per snapshot. */
export function noteCommonJs(): void {
  const files = Object.keys(loadedCommonJs());
  if (files.length === commonJsFiles) return;
  commonJsFiles = files.length;
  for (const file of files) {
    const url = scriptUrl(file);
    if (!isPackageUrl(url) || noted.has(url)) continue;
    noted.add(url);
    note(loadedCommonJs()[file]?.exports, (keys) => ["require", url, keys]);
  }
}

function noteNamespace(url: string): void {
  if (noted.has(url)) return;
  noted.add(url);
  const namespace = url.startsWith("file:") ? loadedNamespace(url) : undefined;
  if (namespace !== undefined) note(namespace, (keys) => ["import", url, url, keys]);
}

/** Notes a module's exports and their own functions; the first name of a thing stays. */
function note(exports: unknown, special: (keys: readonly string[]) => Special): void {
  noteOne(exports, special([]));
  if (!isObject(exports)) return;
  for (const key of Object.keys(exports)) {
    const descriptor = Object.getOwnPropertyDescriptor(exports, key);
    if (descriptor !== undefined && "value" in descriptor) noteOne(descriptor.value, special([key]));
  }
}

function noteOne(value: unknown, special: Special): void {
  if (isObject(value) && !references.has(value) && intrinsicPath(value) === undefined) references.set(value, special);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** At first sight of a script: every import binding from a package names its value. */
export function noteImports(script: Script, scopes: readonly ScopeFrame[]): void {
  if (noted.has(script.id)) return;
  noted.add(script.id);
  for (const { local, specifier, imported } of importsOf(script)) {
    if (!isPackage(specifier, script.url)) continue;
    const frame = scopes.find(({ object }) => local in object);
    const value = frame?.object[local];
    const keys = imported === "*" ? [] : [imported];
    if (isObject(value) && homeReference(value) === undefined) references.set(value, ["import", specifier, script.url, keys]);
  }
}

interface ImportBinding {
  readonly local: string;
  readonly specifier: string;
  readonly imported: string;
}

const viteImport = /const (__vite_ssr_import_\d+__) = await __vite_ssr_import__\(("(?:[^"\\]|\\.)*")/g;

function importsOf(script: Script): readonly ImportBinding[] {
  const { source } = script;
  if (script.isModule) return /\bimport\b/.test(source) ? (script.facts?.imports ?? []) : [];
  // Modules that vitest runs: functions whose imports are awaited calls.
  return [...source.matchAll(viteImport)].map(([, local, specifier]) => ({
    local: local ?? "",
    specifier: viteSpecifier(JSON.parse(specifier ?? '""') as string), // a JSON string literal, by the pattern
    imported: "*",
  }));
}
