/**
 * Writes that are lost: the function of a map gives a variable around the call a new value, and code after the call reads it. It
 * finds the old one, since every element's function runs on a copy. Worked out only for functions that write what they capture.
 */

import type { AnyNode, Options } from "acorn";
import { loadAcorn } from "../platform/acorn.ts";
import type { CallPosition } from "../platform/callPosition.ts";
import { scriptUrl } from "../platform/packages.ts";
import { sourcePosition } from "../platform/sourceMaps.ts";
import { lossyWrites } from "./analysis/lossyWrites.ts";
import { childrenOf } from "./analysis/walkTree.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { Script } from "./Script.ts";
import { offsetOf, type Site } from "./Site.ts";
import type { LostWrite } from "./snapshots.ts";

const none: readonly never[] = [];

/** What is known of a function literal. */
interface Known {
  /** Its lossy writes: name → offset in its text. */
  readonly writes: ReadonlyMap<string, number>;
  /** By the place of the call. */
  readonly lost: Map<string, readonly LostWrite[]>;
}

const known = new WeakMap<Site, Known>();

export function lostWrites(record: FunctionRecord | undefined, call: () => CallPosition | undefined): readonly LostWrite[] {
  const written = record?.bound.filter(({ assigned, frame }) => assigned && frame !== undefined) ?? none;
  if (record === undefined || written.length === 0) return none;
  const { site } = record;
  const { script } = site;
  if (script === undefined || script.inPackage) return none;
  const { writes, lost } = knownOf(site);
  const names = written.map(({ name }) => name).filter((name) => writes.has(name));
  const place = names.length === 0 ? undefined : call();
  if (place === undefined) return none;
  const key = `${place.url}:${place.line}:${place.column}`;
  const found = lost.get(key) ?? find(site, script, names, place);
  lost.set(key, found);
  return found;
}

function knownOf(site: Site): Known {
  const it = known.get(site) ?? { writes: lossyWrites(site.original, site.strict), lost: new Map() };
  known.set(site, it);
  return it;
}

function find(site: Site, script: Script, names: readonly string[], call: CallPosition): readonly LostWrite[] {
  const { facts } = script;
  if (facts === undefined || scriptUrl(call.url) !== script.url) return none;
  const start = offsetOf(site);
  const writer = { start, end: start + site.original.length };
  const called = script.offsetAt(call.line, call.column);
  const range = { start: called, end: endOfCall(script, called) };
  const { writes } = knownOf(site);
  return names
    .filter((name) => facts.isReadAfter(name, writer, range))
    .map((name) => ({ name, place: placeAt(script, start + (writes.get(name) ?? 0)) }));
}

/** V8's position of a call is that of the name called; where the call cannot be read from there, the position itself. */
function endOfCall({ source, isModule }: Script, called: number): number {
  const options: Options = { ecmaVersion: "latest", sourceType: isModule ? "module" : "script", allowAwaitOutsideFunction: true };
  try {
    return callAt(loadAcorn().parseExpressionAt(source, called, options), called)?.end ?? called;
  } catch (error) {
    if (error instanceof SyntaxError) return called;
    throw error;
  }
}

function callAt(node: AnyNode, called: number): AnyNode | undefined {
  if (node.start !== called) return undefined;
  if (node.type === "CallExpression" && node.callee.type === "Identifier") return node;
  for (const child of childrenOf(node)) {
    const found = callAt(child, called);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeAt(script: Script, offset: number): string {
  const { line, column } = script.positionAt(offset);
  const position = { url: script.url, line: line + 1, column: column + 1 };
  const { url, line: row, column: at } = sourcePosition(position) ?? position;
  return `${url}:${row}:${at}`;
}
