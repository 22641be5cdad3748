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

export function lostWrites(record: FunctionRecord | undefined, call: () => CallPosition | undefined): readonly LostWrite[] {
  if (record?.bound.some(({ assigned, frame }) => assigned && frame !== undefined) !== true) return none;
  const { site } = record;
  const { script } = site;
  const place = script === undefined || script.inPackage ? undefined : call();
  if (script?.facts === undefined || place === undefined || scriptUrl(place.url) !== script.url) return none;
  const { facts } = script;
  const start = offsetOf(site);
  const called = script.offsetAt(place.line, place.column);
  const range = { start, end: start + site.original.length };
  const after = endOfCall(script, called);
  return record.bound.flatMap(({ name, assigned, frame }) => {
    const write = assigned && frame !== undefined ? writesOf(site).get(name) : undefined;
    if (write === undefined || !facts.isReadAfter(name, range, { start: called, end: after })) return [];
    return [{ name, place: placeAt(script, start + write) }];
  });
}

const known = new WeakMap<Site, ReadonlyMap<string, number>>();

function writesOf(site: Site): ReadonlyMap<string, number> {
  const writes = known.get(site) ?? lossyWrites(site.original, site.strict);
  known.set(site, writes);
  return writes;
}

/** V8's position of a call is that of the name called; where the call cannot be read from there, the position itself. */
function endOfCall({ source, isModule }: Script, called: number): number {
  const options: Options = { ecmaVersion: "latest", sourceType: isModule ? "module" : "commonjs", allowAwaitOutsideFunction: true };
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
