/** One function literal of one script: text, facts and the units built from it. Cached, for closures of one literal are many. */

import type { CodeUnit } from "../codec/Encoded.ts";
import { NotPortable } from "../errors/errors.ts";
import { analyseFunction, type FunctionFacts } from "./analysis/analyseFunction.ts";
import { applyEdits, buildUnit, placeEdits } from "./buildUnit.ts";
import type { Place, Script } from "./Script.ts";

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
  readonly place: Place;
  readonly units: Map<string, CodeUnit>;
}

const sites = new Map<string, Site>();

/** The site of a function whose text and position are known. Throws `NotPortable` for text that cannot be read. */
export function siteOf(fn: Function, text: string, script: Script | undefined, line: number, column: number): Site {
  const key = `${script?.id}:${line}:${column}`;
  const known = script === undefined ? undefined : sites.get(key);
  if (known !== undefined && known.original === text) return known;
  const site = makeSite(fn, text, script, line, column);
  sites.set(key, site);
  return site;
}

function makeSite(fn: Function, original: string, script: Script | undefined, line: number, column: number): Site {
  const strict = isStrict(fn, script);
  const originalFacts = analyse(original, strict);
  const edits = placeEdits(originalFacts);
  const text = edits.length === 0 ? original : applyEdits(original, edits);
  return {
    script,
    original,
    text,
    facts: edits.length === 0 ? originalFacts : analyse(text, strict),
    originalFacts,
    strict: strict || originalFacts.strict,
    place: script?.startOf(original, line, column) ?? { line, column, offset: 0 },
    units: new Map(),
  };
}

function analyse(text: string, strict: boolean): FunctionFacts {
  try {
    return analyseFunction(text, strict);
  } catch (cause) {
    throw new NotPortable(`The text of a function cannot be read: ${String(cause)}`, { cause });
  }
}

/** Sloppy functions have an own `caller`; for arrows and methods the script tells. */
function isStrict(fn: Function, script: Script | undefined): boolean {
  if (script?.isModule === true) return true;
  if (Object.hasOwn(fn, "caller")) return false;
  return script === undefined || /^(?:\s|\/\*[^]*?\*\/|\/\/.*|\(function[^{]*\{)*["']use strict["']/.test(script.source);
}

/** The unit of a site for these bound names; built once per combination. */
export function unitOf(site: Site, names: readonly string[], cells: ReadonlySet<string>, inferredName: string, unresolved: boolean): CodeUnit {
  const key = `${names.join()}|${[...cells].join()}|${inferredName}|${unresolved}`;
  let unit = site.units.get(key);
  if (unit === undefined) {
    const { text, facts, strict, place } = site;
    unit = buildUnit({
      text,
      facts,
      strict,
      names,
      cells,
      inferredName,
      homeObject: facts.usesSuper && facts.wrap === "objectMember",
      url: site.script?.url ?? "futureplan:unknown",
      line: place.line,
      column: place.column,
      touchesGlobals: facts.touchesGlobals || unresolved,
    });
    site.units.set(key, unit);
  }
  return unit;
}
