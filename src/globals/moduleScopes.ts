/**
 * What modules keep to themselves: found by identity in the scopes of the functions that they export, which hold the variables of the
 * module that some inner function uses. Such a place means the same wherever the same file is loaded; hashes of what stands there and of
 * the file around it see to that. A variable that no function uses is in no scope.
 */

import type { Special } from "../codec/Encoded.ts";
import { nameOf, textOf } from "../codec/encode/objects.ts";
import { lookAt } from "../platform/inspector.ts";
import { InspectorAbsent } from "../platform/inspectorSession.ts";
import { loadedExports, loadedFiles } from "../platform/packages.ts";
import { fileHash, valueHash } from "./placeHashes.ts";
import { scriptOf } from "./Script.ts";
import { scopePlaces, type Place } from "./scopePlaces.ts";

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
  const place = placeOf(value);
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
    if (value !== undefined && placeOf(value) !== undefined) return true;
    if (steps.next().done === true) return false;
  }
}

/** Where a value stands; what a variable holds that functions assign was there by chance, and may be another elsewhere. */
function placeOf(value: WeakKey): Found | undefined {
  const place = found.get(value);
  if (place === undefined || specials.has(value) || isSettled(place)) return place;
  found.delete(value);
  return undefined;
}

function* notePlaces(url: string): Generator {
  const module = loadedExports(url);
  if (module === undefined) return;
  for (const { value, place } of scopePlaces(module.exports)) {
    if (!found.has(value)) found.set(value, { ...place, url, kind: module.kind });
    yield;
  }
}

/** Whether its variable holds the same in every thread that has loaded the file. */
function isSettled({ via, level, variable }: Found): boolean {
  if (via === undefined || level < 0) return true;
  const { scriptId, line, column } = lookAt(via);
  if (scriptId === undefined) return false;
  const script = scriptOf(scriptId);
  if (isOnlyConstant(script.source, variable)) return true;
  return script.facts?.bindingAt(script.offsetOf(textOf(via), line, column), variable)?.changes === false;
}

/** By a look at the text, which costs less than a parse. */
function isOnlyConstant(source: string, variable: string): boolean {
  const name = variable.replaceAll("$", String.raw`\$`);
  const declared = (words: string): boolean => new RegExp(String.raw`${words}\s*${name}(?![\w$])`).test(source);
  return declared(String.raw`\b(?:const|class|function)\b`) && !declared(String.raw`(?:\b(?:let|var)\b|,)`);
}

/** What stands at a place, flat, for whoever receives it: kind, getter, level, variable, what of it, hashes, keys. */
function specialOf(value: WeakKey, { url, kind, keys, getter, level, variable, part, via }: Found): Special {
  const how = [kind, getter ? "get" : "", String(level), variable, part];
  return ["scope", url, url, [...how, fileHash(codeOf(value, via)), valueHash(value), labelOf(value), ...keys]];
}

function labelOf(value: WeakKey): string {
  if (typeof value === "function") return `the class ${nameOf(value)}`;
  return typeof value === "symbol" ? String(value) : "a prototype";
}

/** Where a class or function stands by itself; of what is neither, the function that has it in its scopes. */
function codeOf(value: WeakKey, via: Function | undefined): Function | undefined {
  return typeof value === "function" ? value : via;
}
