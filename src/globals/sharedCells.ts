/**
 * Variables that several captured functions use and one of them writes: they stay one variable (a cell).
 * Scopes do not tell whether two closures share a frame: equal places and values are necessary, a probe decides.
 */

import type { Encoder } from "../codec/encode/Encoder.ts";
import { NotPortable } from "../errors/errors.ts";
import { renderPath } from "../codec/encode/Path.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { sharesVariable } from "../platform/probe.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";

interface Use {
  readonly record: FunctionRecord;
  readonly name: string;
  /** Position among the record's values. */
  readonly slot: number;
  readonly value: unknown;
  readonly frame: ScopeFrame;
  readonly assigned: boolean;
}

/** For each record the names that are cells; their values are replaced by the cells. */
export function sharedCells(encoder: Encoder, records: readonly FunctionRecord[]): Map<FunctionRecord, Set<string>> {
  const cells = new Map<FunctionRecord, Set<string>>();
  if (records.length < 2 || !records.some(({ names }) => names.bound.some(({ assigned }) => assigned))) return cells;
  const groups = groupUses(records);
  for (const group of groups) {
    if (group.length < 2 || !group.some(({ assigned }) => assigned)) continue;
    makeCell(encoder, group);
    for (const { record, name } of group) {
      const names = cells.get(record) ?? new Set<string>();
      names.add(name);
      cells.set(record, names);
    }
  }
  return cells;
}

/** Uses of one variable stand in one group. */
function groupUses(records: readonly FunctionRecord[]): readonly Use[][] {
  const groups: Use[][] = [];
  const written = new Set(records.flatMap(({ names }) => names.bound.filter(({ assigned }) => assigned).map(({ name }) => name)));
  for (const use of records.flatMap(usesOf)) {
    if (!written.has(use.name)) continue;
    const group = groups.find((candidates) => candidates.some((other) => sameVariable(use, other)));
    if (group === undefined) groups.push([use]);
    else group.push(use);
  }
  return groups;
}

function usesOf(record: FunctionRecord): readonly Use[] {
  return record.names.bound.flatMap(({ name, value, frame, assigned }, slot) => (frame === undefined ? [] : [{ record, name, slot, value, frame, assigned }]));
}

function sameVariable(a: Use, b: Use): boolean {
  if (a.name !== b.name || !Object.is(a.value, b.value) || a.record.site.script !== b.record.site.script) return false;
  if (!sameFrameContents(a.frame.object, b.frame.object) || declaredAt(a) !== declaredAt(b)) return false;
  if (/^(Module|Script)/.test(a.frame.description)) return true;
  return probe(a, b);
}

function sameFrameContents(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && Object.is(a[name], b[name]));
}

/** Where the variable is declared; `undefined` in scripts that cannot be parsed. */
function declaredAt({ record, name }: Use): number | undefined {
  const { script, place } = record.site;
  return script?.facts?.bindingAt(place.offset, name)?.declaredAt;
}

/** Writes the variable through one function, reads it through the other, puts it back; neither body runs. */
function probe(a: Use, b: Use): boolean {
  const [writer, reader] = isCallable(a) ? [a, b] : [b, a];
  try {
    return sharesVariable(writer.record.fn, reader.record.fn, writer.name);
  } catch (cause) {
    throw new NotPortable(
      `${renderPath(a.record.path)} and ${renderPath(b.record.path)} may share the variable ${a.name}, which one of them writes; that cannot be told here. ` +
        "Keep the shared state in an object that both capture.",
      { cause },
    );
  }
}

function isCallable({ record }: Use): boolean {
  const { form, generator } = record.site.facts;
  return form !== "class" && !generator;
}

function makeCell(encoder: Encoder, group: readonly Use[]): void {
  const [first] = group;
  if (first === undefined) return;
  const { script, place } = first.record.site;
  const constant = script?.facts?.bindingAt(place.offset, first.name)?.kind === "const";
  const holder: { v: unknown } = { v: undefined };
  encoder.put(holder, "v", first.value, { up: first.record.path, name: first.name });
  const cell = encoder.special(["cell", holder, constant]);
  for (const { record, slot } of group) {
    record.values[slot] = undefined;
    // A later fixup of the same place wins.
    encoder.fixups.push(record.values, slot, cell);
  }
}
