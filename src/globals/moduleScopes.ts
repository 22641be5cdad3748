/**
 * What modules keep to themselves: found by identity in the scopes of the functions that they export, which hold the variables of the
 * module that some inner function uses. Such a place means the same wherever the same file is loaded; hashes of what stands there and of
 * the file around it see to that. A variable that no function uses is in no scope.
 */

import type { Special } from "../codec/Encoded.ts";
import { importFrom } from "../codec/importFrom.ts";
import { followKeys, required } from "../codec/decode/decodeReference.ts";
import { text, texts } from "../codec/decode/damage.ts";
import { nameOf, textOf } from "../codec/encode/objects.ts";
import { NotPortable } from "../errors/errors.ts";
import { InspectorAbsent, lookAt } from "../platform/inspector.ts";
import { loadedExports, loadedFiles } from "../platform/packages.ts";
import { scopePlaces, type Place } from "./scopePlaces.ts";
import { scriptOf, type Script } from "./Script.ts";

interface Found extends Place {
  readonly url: string;
  readonly kind: "import" | "require";
}

const found = new WeakMap<WeakKey, Found>();
const specials = new WeakMap<WeakKey, Special>();
/** Files whose functions are being looked at, as far as was needed. */
const searches = new Map<string, Iterator<unknown>>();
/** What was looked for when all had been looked at. */
const missed = new WeakSet<WeakKey>();

/** `["scope", URL, URL, place]` for a class, a prototype or a symbol that stands in a file; `undefined`: it is found nowhere. */
export function scopeReference(value: WeakKey, url: string): Special | undefined {
  return knownScopeReference(value) ?? (search(value, url) ? knownScopeReference(value) : undefined);
}

/** The same for what was met already. */
export function knownScopeReference(value: WeakKey): Special | undefined {
  const place = found.get(value);
  const special = specials.get(value) ?? (place && specialOf(value, place));
  if (special !== undefined) specials.set(value, special);
  return special;
}

/** Looks through all files of the package that `url` belongs to. */
export function searchPackage(url: string): void {
  for (const file of loadedFiles(url)) search(undefined, file);
}

function search(value: WeakKey | undefined, url: string): boolean {
  if (value !== undefined && missed.has(value)) return false;
  try {
    if (advance(value, url)) return true;
    if (value === undefined) return false;
    missed.add(value);
    searches.delete(url); // variables may have got other values since
    return advance(value, url);
  } catch (error) {
    if (error instanceof InspectorAbsent) return false;
    throw error;
  }
}

/** Looks at further functions of a file until `value` is found. */
function advance(value: WeakKey | undefined, url: string): boolean {
  const steps = searches.get(url) ?? notePlaces(url);
  searches.set(url, steps);
  for (;;) {
    if (value !== undefined && found.has(value)) return true;
    if (steps.next().done === true) return false;
  }
}

function* notePlaces(url: string): Generator {
  const module = loadedExports(url);
  if (module === undefined) return;
  for (const { value, place } of scopePlaces(module.exports)) {
    if (!found.has(value)) found.set(value, { ...place, url, kind: module.kind });
    yield;
  }
}

/** What stands at a place, flat, for whoever receives it: kind, getter, level, variable, what of it, hashes, keys. */
function specialOf(value: WeakKey, { url, kind, keys, getter, level, variable, part, via }: Found): Special {
  const how = [kind, getter ? "get" : "", String(level), variable, part];
  return ["scope", url, url, [...how, fileHash(value, via), hashOf(printOf(value)), labelOf(value), ...keys]];
}

/** Gives what stands at a place of a module here. Throws `NotPortable` when that is something else, or the module is not there. */
export async function openScope([, url, , place]: readonly unknown[]): Promise<unknown> {
  const [kind, getter, level, variable = "", part = "", file, print, label, ...keys] = texts(place);
  const exports = await load(text(url), kind, label);
  const last = keys.at(-1) ?? "";
  const holder = getter === "get" ? followKeys(exports, keys.slice(0, -1)) : undefined;
  const via: unknown = holder === undefined ? followKeys(exports, keys) : Object.getOwnPropertyDescriptor(holder, last)?.get;
  const whole = level === "-1" ? via : typeof via === "function" ? lookAt(via).scopes[Number(level)]?.object[variable] : undefined;
  const value = part === "" || whole === undefined ? whole : followKeys(whole, [part]);
  const isThere = isReferent(value) && hashOf(printOf(value)) === print;
  if (isThere && fileHash(value, typeof via === "function" ? via : undefined) === file) return value;
  throw new NotPortable(
    `${label} of ${text(url)} is not the same here as where it comes from: the files differ. Install the same version of the package at both ends.`,
  );
}

async function load(url: string, kind: unknown, label: unknown): Promise<unknown> {
  try {
    return kind === "require" ? required(url, []) : await importFrom(url, url);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NotPortable(`${String(label)} stands in ${url}, which cannot be loaded here: ${why}`, { cause });
  }
}

function isReferent(value: unknown): value is WeakKey {
  return (typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "symbol";
}

function labelOf(value: WeakKey): string {
  if (typeof value === "function") return `the class ${nameOf(value)}`;
  return typeof value === "symbol" ? String(value) : "a prototype";
}

function printOf(value: WeakKey): string {
  if (typeof value === "function") return textOf(value);
  return typeof value === "symbol" ? String(value) : Reflect.ownKeys(value).map(String).join("\n");
}

const hashes = new WeakMap<Script, string>();

/** The hash of the file where `value` stands; of what is no function, the one where the function stands that has it in its scopes. */
function fileHash(value: WeakKey, via: Function | undefined): string {
  const code = typeof value === "function" ? value : via;
  const { scriptId } = code === undefined ? { scriptId: undefined } : lookAt(code);
  if (scriptId === undefined) return "";
  const script = scriptOf(scriptId);
  const hash = hashes.get(script) ?? hashOf(script.source);
  hashes.set(script, hash);
  return hash;
}

function hashOf(given: string): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(given).digest("base64");
}
