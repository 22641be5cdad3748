/**
 * Variables that captured functions share and one of them writes stay one variable (a cell), and a constant that is
 * written stays one. Scopes do not tell whether two closures share a frame: equal places and values are necessary,
 * a probe decides.
 */

import type { Encoder } from "../codec/encode/Encoder.ts";
import { sharingDebugger } from "../platform/scripts.ts";
import { framesOf } from "./framesOf.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { joinImporters } from "./importedVariables.ts";
import { selfVariable } from "./resolveNames.ts";
import { bindingOf, type Site } from "./Site.ts";
import { ambiguous, refuseSharedGivens, type Declaration, type Group, type Use } from "./variables.ts";

type Cells = Map<FunctionRecord, Set<string>>;
/** Specials that replace values, by container and key. */
type Places = Map<object, Map<PropertyKey, number>>;

/** For each record the names that are cells; their values are replaced by the cells. */
export function sharedCells(encoder: Encoder, records: readonly FunctionRecord[]): Cells {
  const cells: Cells = new Map();
  if (!records.some(({ bound }) => bound.some(({ assigned, own }) => assigned || own))) return cells;
  refuseSharedGivens(records);
  const written = new Set(records.flatMap(({ bound }) => bound.filter(({ assigned }) => assigned).map(({ name }) => name)));
  addSelfVariables(encoder, records, written);
  const uses = records.flatMap((record) =>
    record.bound.map((bound, slot): Use => ({ record, bound, slot })).filter(({ bound }) => bound.frame !== undefined),
  );
  const candidates = uses.filter(({ bound }) => written.has(bound.name) || bound.own);
  if (candidates.length === 0) return cells;
  // Scripts are read for it, and questions asked.
  const groups = sharingDebugger(() => {
    const found = [...declarations(candidates).values()];
    const frames = framesOf(found.filter(({ isConstant, isSingle }) => !isConstant && !isSingle));
    return found.flatMap((declaration) => groupsOf(declaration, frames));
  });
  joinImporters(groups, uses);
  const places: Places = new Map();
  for (const group of groups) if (needsCell(group)) makeCell(encoder, cells, places, group);
  putAgain(encoder, places);
  return cells;
}

/** Functions that refer to themselves by a variable which others write. */
function addSelfVariables(encoder: Encoder, records: readonly FunctionRecord[], written: ReadonlySet<string>): void {
  for (const { fn, site, scopes, bound, values, path } of records) {
    const { ownName } = site.facts;
    if (ownName === undefined || !written.has(ownName) || bound.some(({ own }) => own)) continue;
    const self = selfVariable({ fn, site, scopes }, ownName);
    if (self === undefined) continue;
    // Values of private fields come after those of names: there are none, since it is no class.
    encoder.put(values, bound.push(self) - 1, self.value, path);
  }
}

function declarations(uses: readonly Use[]): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  const places = new Map<Site, Map<string, Place>>();
  for (const use of uses) {
    const { key, ...made } = placeOf(use, places);
    const declaration = found.get(key);
    if (declaration !== undefined) declaration.uses.push(use);
    else found.set(key, { ...made, uses: [use] });
  }
  return found;
}

type Place = Omit<Declaration, "uses"> & { readonly key: string };

/** Where the variable is declared: the same for all closures of a site, and worth remembering. */
function placeOf({ record: { site }, bound }: Use, places: Map<Site, Map<string, Place>>): Place {
  if (bound.frame?.description === "Global") return { key: bound.name, isConstant: false, isSingle: true };
  let names = places.get(site);
  if (names === undefined) places.set(site, (names = new Map()));
  let place = names.get(bound.name);
  if (place === undefined) names.set(bound.name, (place = declarationPlace(site, bound.name)));
  return place;
}

function declarationPlace(site: Site, name: string): Place {
  const { script } = site;
  const binding = bindingOf(site, name);
  const isTop = binding?.scope.start === 0 && script?.isModule === true;
  const isConstant = binding?.kind === "const" || binding?.kind === "import";
  return { key: `${script?.id}:${binding?.declaredAt}:${name}`, isConstant, isSingle: isTop };
}

/** One group per variable. */
function groupsOf({ uses, isConstant, isSingle }: Declaration, frames: ReadonlyMap<object, unknown>): Group[] {
  if (isConstant) return uses.map((use) => ({ uses: [use], isConstant }));
  if (isSingle) return [{ uses, isConstant }];
  const groups = new Map<unknown, Group>();
  for (const use of uses) {
    const frame = frames.get(use.bound.frame ?? use) ?? use;
    const group = groups.get(frame);
    if (group === undefined) groups.set(frame, { uses: [use], isConstant });
    else group.uses.push(use);
  }
  return [...groups.values()];
}

function needsCell({ uses, isConstant }: Group): boolean {
  if (uses.some(({ bound }) => bound.own)) return true;
  const isWritten = uses.some(({ bound }) => bound.assigned);
  return isWritten && (isConstant || uses.length > 1);
}

/** `["cell", { v: value }, is const]`. */
function makeCell(encoder: Encoder, cells: Cells, places: Places, { uses, isConstant }: Group): void {
  const [first] = uses;
  if (first === undefined) return;
  const evaluating = uses.find(({ record }) => record.site.facts.directEval);
  if (evaluating !== undefined) throw ambiguous([evaluating, ...uses.filter((use) => use !== evaluating)]);
  const holder: { v: unknown } = { v: undefined };
  encoder.put(holder, "v", first.bound.value, { up: first.record.path, name: first.bound.name, variable: true });
  const cell = encoder.special(["cell", holder, isConstant]);
  for (const { record, bound, slot } of uses) {
    record.values[slot] = undefined;
    const slots = places.get(record.values) ?? new Map<PropertyKey, number>();
    places.set(record.values, slots.set(slot, cell));
    const names = cells.get(record) ?? new Set<string>();
    names.add(bound.name);
    cells.set(record, names);
  }
}

/** Puts specials into places that may have been put before: by container and key. */
function putAgain({ fixups }: Encoder, places: ReadonlyMap<object, Map<PropertyKey, number>>): void {
  for (let at = 0; at < fixups.length; at += 3) {
    const keys = places.get(fixups[at] as object);
    const key = fixups[at + 1] as PropertyKey; // triples of the encoder's making
    const index = keys?.get(key);
    if (index === undefined) continue;
    fixups[at + 2] = index;
    keys?.delete(key);
  }
  for (const [container, keys] of places) for (const [key, index] of keys) fixups.push(container, key, index);
}
