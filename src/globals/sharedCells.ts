/**
 * Variables that captured functions share and one of them writes stay one variable (a cell), and a constant that is
 * written stays one. Scopes do not tell whether two closures share a frame: equal places and values are necessary,
 * a probe decides.
 */

import type { Encoder } from "../codec/encode/Encoder.ts";
import { sharersOf, type Stoppable } from "../platform/probe.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { joinImporters } from "./importedVariables.ts";
import { selfVariable } from "./resolveNames.ts";
import { bindingOf } from "./Site.ts";
import { stoppableOf } from "./stoppableOf.ts";
import { ambiguous, type Group, type Use } from "./variables.ts";

/** Uses of one declaration; in several instances of its scope these are several variables. */
interface Declaration {
  readonly uses: Use[];
  readonly isConstant: boolean;
  /** It exists once: it stands at the top of a module. */
  readonly isSingle: boolean;
}

type Cells = Map<FunctionRecord, Set<string>>;

/** For each record the names that are cells; their values are replaced by the cells. */
export function sharedCells(encoder: Encoder, records: readonly FunctionRecord[]): Cells {
  const cells: Cells = new Map();
  if (!records.some(({ bound }) => bound.some(({ assigned, own }) => assigned || own))) return cells;
  const written = new Set(records.flatMap(({ bound }) => bound.filter(({ assigned }) => assigned).map(({ name }) => name)));
  addSelfVariables(encoder, records, written);
  const uses = records.flatMap((record) =>
    record.bound.map((bound, slot): Use => ({ record, bound, slot })).filter(({ bound }) => bound.frame !== undefined),
  );
  const candidates = uses.filter(({ bound }) => written.has(bound.name) || bound.own);
  const groups = [...declarations(candidates).values()].flatMap(groupsOf);
  joinImporters(groups, uses);
  for (const group of groups) if (needsCell(group)) makeCell(encoder, cells, group);
  return cells;
}

/** Functions that refer to themselves by a variable which others write. */
function addSelfVariables(encoder: Encoder, records: readonly FunctionRecord[], written: ReadonlySet<string>): void {
  for (const { fn, site, scopes, bound, values, path } of records) {
    const { ownName } = site.facts;
    if (ownName === undefined || !written.has(ownName) || bound.some(({ own }) => own)) continue;
    const self = selfVariable(fn, site, scopes, ownName);
    if (self === undefined) continue;
    // Values of private fields come after those of names: there are none, since it is no class.
    encoder.put(values, bound.push(self) - 1, self.value, path);
  }
}

function declarations(uses: readonly Use[]): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const use of uses) {
    const { key, ...made } = declarationOf(use);
    const declaration = found.get(key);
    if (declaration !== undefined) declaration.uses.push(use);
    else found.set(key, made);
  }
  return found;
}

function declarationOf(use: Use): Declaration & { readonly key: string } {
  const { record, bound } = use;
  const { script } = record.site;
  if (bound.frame?.description === "Global") return { key: bound.name, uses: [use], isConstant: false, isSingle: true };
  const binding = bindingOf(record.site, bound.name);
  const isTop = binding?.scope.start === 0 && script?.isModule === true;
  const isConstant = binding?.kind === "const" || binding?.kind === "import";
  return { key: `${script?.id}:${binding?.declaredAt}:${bound.name}`, uses: [use], isConstant, isSingle: isTop };
}

/** One group per variable. */
function groupsOf({ uses, isConstant, isSingle }: Declaration): Group[] {
  if (isConstant) return uses.map((use) => ({ uses: [use], isConstant }));
  if (isSingle) return [{ uses, isConstant }];
  return equalFrames(uses).flatMap((alike) => separate(alike).map((group) => ({ uses: group, isConstant })));
}

function equalFrames(uses: readonly Use[]): readonly Use[][] {
  const classes: Use[][] = [];
  for (const use of uses) {
    const alike = classes.find(([other]) => other !== undefined && haveEqualFrames(use, other));
    if (alike === undefined) classes.push([use]);
    else alike.push(use);
  }
  return classes;
}

function haveEqualFrames(one: Use, other: Use): boolean {
  const [a, b] = [one.bound.frame?.object ?? {}, other.bound.frame?.object ?? {}];
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && isSame(a, b, name));
}

/** Variables in their dead zone throw when read. */
function isSame(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>, name: string): boolean {
  try {
    return Object.is(a[name], b[name]);
  } catch {
    return true; // decided by the other variables, or by the probe
  }
}

/** Asks which of the uses are of one variable, as long as several remain and it matters. */
function separate(uses: readonly Use[]): readonly Use[][] {
  if (uses.length < 2 || !uses.some(({ record, bound }) => bound.assigned || record.site.facts.directEval)) return uses.map((use) => [use]);
  const asked = uses.map((use) => ({ use, given: stoppableOf(use.record) })).find(({ given }) => given !== undefined);
  if (asked?.given === undefined) throw ambiguous(uses);
  const others = uses.filter((use) => use !== asked.use);
  const sharing = probe(asked.given, asked.use, others);
  const group = [asked.use, ...others.filter((_, at) => sharing[at])];
  const rest = others.filter((_, at) => sharing[at] !== true);
  return [group, ...separate(rest)];
}

function probe(given: Stoppable, use: Use, others: readonly Use[]): readonly boolean[] {
  try {
    return sharersOf(
      given,
      use.bound.name,
      others.map(({ record }) => record.fn),
    );
  } catch (cause) {
    throw ambiguous([use, ...others], cause);
  }
}

function needsCell({ uses, isConstant }: Group): boolean {
  if (uses.some(({ bound }) => bound.own)) return true;
  const isWritten = uses.some(({ bound }) => bound.assigned);
  return isWritten && (isConstant || uses.length > 1);
}

/** `["cell", { v: value }, is const]`. */
function makeCell(encoder: Encoder, cells: Cells, { uses, isConstant }: Group): void {
  const [first] = uses;
  if (first === undefined) return;
  const evaluating = uses.find(({ record }) => record.site.facts.directEval);
  if (evaluating !== undefined) throw ambiguous([evaluating, ...uses.filter((use) => use !== evaluating)]);
  const holder: { v: unknown } = { v: undefined };
  encoder.put(holder, "v", first.bound.value, { up: first.record.path, name: first.bound.name, variable: true });
  const cell = encoder.special(["cell", holder, isConstant]);
  for (const { record, bound, slot } of uses) {
    record.values[slot] = undefined;
    encoder.putAgain(record.values, slot, cell);
    const names = cells.get(record) ?? new Set<string>();
    names.add(bound.name);
    cells.set(record, names);
  }
}
