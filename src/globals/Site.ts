/** One function literal of one script: text, facts and the units built from it. Cached, for closures of one literal are many. */

import { types } from "node:util";
import type { CodeUnit } from "../codec/Encoded.ts";
import { NotPortable } from "../errors/errors.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { isSloppy } from "../platform/sloppyFunctions.ts";
import { analyseFunction, type FunctionFacts } from "./analysis/analyseFunction.ts";
import type { BindingFacts } from "./analysis/analyseScript.ts";
import { UnparsableFunction } from "./analysis/UnparsableFunction.ts";
import { buildUnit } from "./buildUnit.ts";
import { applyEdits, placeEdits } from "./placeEdits.ts";
import type { Script } from "./Script.ts";

export interface Site {
  readonly script: Script | undefined;
  /** As `toString` gives it. */
  readonly original: string;
  /** Edited to be independent of its place; `facts` are about this. */
  readonly text: string;
  readonly facts: FunctionFacts;
  /** Facts about `original`: heritage, computed keys, `import.meta`. */
  readonly originalFacts: FunctionFacts;
  readonly strict: boolean;
  /** Names of the private static fields whose values travel, in the order of the text. */
  readonly privates: readonly string[];
  /** V8's position: within the text, not where it begins. */
  readonly line: number;
  readonly column: number;
  /** By the name that the function is to have. */
  readonly units: Map<string, BuiltUnit[]>;
}

/** A unit with what it was built for. */
interface BuiltUnit {
  readonly unit: CodeUnit;
  readonly names: readonly string[];
  readonly cells: ReadonlySet<string>;
  readonly writesGlobal: boolean;
}

const sites = new Map<string, Site>();
const kept = 10_000;

/** What is known of a function before its text is read. */
export interface Found {
  readonly fn: Function;
  readonly text: string;
  readonly script: Script | undefined;
  readonly scopes: readonly ScopeFrame[];
  readonly line: number;
  readonly column: number;
}

/** The site of a function. Throws `NotPortable` for text that cannot be read. */
export function siteOf(found: Found): Site {
  const { text, script, line, column } = found;
  const key = `${script?.id}:${line}:${column}`;
  const known = script === undefined ? undefined : sites.get(key);
  if (known !== undefined && known.original === text) return known;
  const site = makeSite(found);
  if (sites.size >= kept) sites.clear();
  sites.set(key, site);
  return site;
}

function makeSite(found: Found): Site {
  const { text: original, script, line, column } = found;
  const strict = isStrict(found);
  const originalFacts = analyse(original, strict);
  const { edits, privates } = placeEdits(original, originalFacts);
  const text = edits.length === 0 ? original : applyEdits(original, edits);
  const facts = edits.length === 0 ? originalFacts : analyse(text, strict);
  return { script, original, text, facts, originalFacts, strict: strict || originalFacts.strict, privates, line, column, units: new Map() };
}

function analyse(text: string, strict: boolean): FunctionFacts {
  try {
    return analyseFunction(text, strict);
  } catch (cause) {
    if (!(cause instanceof UnparsableFunction)) throw cause;
    throw new NotPortable(`The text of a function cannot be read: ${cause.message}`, { cause });
  }
}

/** Whether the code around it is strict, or its own. V8 tells of plain functions; of arrows, methods and generators the script. */
function isStrict({ fn, text, script, scopes, line, column }: Found): boolean {
  if (/^class\b(?!\s*\()/.test(text) || scopes.some(({ description }) => description.startsWith("Module"))) return true;
  const isPlain = text.startsWith("function") && Object.hasOwn(fn, "prototype") && !types.isGeneratorFunction(fn); // methods may be called so
  const sloppy = isPlain ? isSloppy(fn) : undefined;
  if (sloppy !== undefined || script === undefined) return sloppy !== true;
  const { source } = script;
  if (!/\bclass\b|use strict/.test(source)) return script.isModule;
  return script.isModule || script.facts?.functionAt(script.offsetAt(line, column))?.strict === true;
}

/** What `name` means to the code of a site; `undefined` where its script cannot be parsed. */
export function bindingOf({ script, original, line, column }: Site, name: string): BindingFacts | undefined {
  return script?.facts?.bindingAt(script.offsetOf(original, line, column), name);
}

/** The offset of a site in its script. */
export function offsetOf({ script, original, line, column }: Site): number {
  return script?.offsetOf(original, line, column) ?? 0;
}

/** The unit of a site for these bound names; built once per combination. */
export function unitOf({ site, bound, writesGlobal }: Bound, cells: ReadonlySet<string>, inferredName: string): CodeUnit {
  const built = site.units.get(inferredName) ?? [];
  const known = built.find((one) => one.writesGlobal === writesGlobal && isBuiltFor(one, bound, cells));
  if (known !== undefined) return known.unit;
  const names = bound.map(({ name }) => name);
  const touchesGlobals = site.facts.touchesGlobals || writesGlobal;
  const unit = buildUnit({ site, names, cells, inferredName, ...startOf(site), touchesGlobals });
  site.units.set(inferredName, [...built, { names, cells, writesGlobal, unit }]);
  return unit;
}

interface Bound {
  readonly site: Site;
  readonly bound: readonly { readonly name: string }[];
  readonly writesGlobal: boolean;
}

/** Compared rather than looked up: a key would have to be written for every capture. */
function isBuiltFor({ names, cells }: BuiltUnit, bound: Bound["bound"], wanted: ReadonlySet<string>): boolean {
  if (names.length !== bound.length || cells.size !== wanted.size) return false;
  for (const [at, name] of names.entries()) if (bound[at]?.name !== name) return false;
  for (const cell of cells) if (!wanted.has(cell)) return false;
  return true;
}

/** V8's position of the beginning of the text. */
function startOf(site: Site): { readonly line: number; readonly column: number } {
  const { script, original, originalFacts, line, column } = site;
  const before = original.slice(0, originalFacts.location);
  if (!/[\n\r\u2028\u2029]/.test(before)) return { line, column: column - before.length };
  return script?.positionAt(offsetOf(site)) ?? { line, column };
}
