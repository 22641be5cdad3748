/**
 * Functions whose captures can never change: all bindings constant, all values immutable, and nothing gives them properties. Such a
 * function costs one look-up, and each worker gets it once: a future's own from its second sight on, others once that pays.
 */

import type { Constant, Encoded, Special } from "../codec/Encoded.ts";
import { Encoder } from "../codec/encode/Encoder.ts";
import { nameOf } from "../codec/encode/objects.ts";
import { homeId } from "../codec/homes.ts";
import { NotPortable } from "../errors/errors.ts";
import { onlyCalls } from "./analysis/onlyCalls.ts";
import { Capture } from "./Capture.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { Script } from "./Script.ts";
import { isSameFile } from "./importedVariables.ts";
import { importsOf } from "./importsOf.ts";
import { constantPart, knownConstant, sights, type KnownConstant } from "./knownConstants.ts";
import { search, type BoundName } from "./resolveNames.ts";
import { bindingOf } from "./Site.ts";

/** Called at the second sight of a stable function: decides once whether it is a constant. */
export function considerConstant(fn: Function): KnownConstant | undefined {
  if (sights.has(fn)) return knownConstant(fn);
  sights.set(fn, undefined);
  const constant = makeConstant(fn);
  sights.set(fn, constant);
  return constant;
}

/** So many looks take about as long as reading a script and parsing it. */
const patience = 256;
/** A longer script takes longer. */
const bytesPerLook = 64;
/** Of larger programs each function would have to be considered with all that it uses. */
const programLimit = 32;
const looks = new WeakMap<Function, number>();

/** The functions of a future's capture, its own first, had to be looked at: finds out which others are constants once that pays. */
export function noteUses(records: readonly FunctionRecord[]): void {
  if (records.length > programLimit) return;
  // What is used comes after what uses it, which can then refer to it.
  for (const { fn, site } of records.slice(1).toReversed()) {
    if (sights.has(fn) || site.script === undefined) continue;
    const count = (looks.get(fn) ?? 0) + 1;
    looks.set(fn, count);
    if (count >= patience && count * bytesPerLook >= site.script.source.length) tryConstant(fn);
  }
}

/** By itself a function may not be portable that was within its surroundings, such as a method with `super` outside its object. */
function tryConstant(fn: Function): void {
  try {
    considerConstant(fn);
  } catch (error) {
    if (!(error instanceof NotPortable)) throw error;
  }
}

function makeConstant(fn: Function): KnownConstant | undefined {
  const capture = new Capture({ given: search, modules: [], known: undefined });
  const encoder = new Encoder(capture);
  const holder = { root: undefined };
  encoder.put(holder, "root", fn, { up: undefined, name: nameOf(fn) });
  capture.complete(encoder);
  const encoded = encoder.finish(holder);
  const { records, constants } = capture;
  if (!hasConstantSpecials(encoded) || !records.every((record) => isConstant(record, records))) return undefined;
  const constant: Constant = { type: "constant", id: homeId(fn), encoded };
  const own = records.map(({ fn: one, site, bound }) => {
    const values = new Map(bound.map(({ name, value }) => [name, value]));
    return { ...constantPart(one), site, values };
  });
  const parts = [...own, ...constants.flatMap((used) => used.parts)];
  const distinct = [...new Map(parts.map((part) => [part.fn, part])).values()];
  const { configured } = capture;
  return { id: constant.id, needs: [...encoder.needs.values(), constant], parts: distinct, script: records[0]?.site.script, configured };
}

const immutable = new Set([
  "function",
  "constant",
  "intrinsic",
  "import",
  "scope",
  "library",
  "require",
  "util",
  "symbol",
  "meta",
  "dynamicImport",
  "effect",
]);

/** Functions without anything but values: properties and prototypes are open to all. */
function hasConstantSpecials({ specials = [] }: Encoded): boolean {
  return specials.every((special: Special) => immutable.has(special[0]) && (special[0] !== "function" || special.length === 4));
}

function isConstant(record: FunctionRecord, records: readonly FunctionRecord[]): boolean {
  return (
    record.values.every((value) => value === null || typeof value !== "object") &&
    record.bound.every((bound) => isConstantBinding(record, bound, records)) &&
    leavesFunctions(record, records)
  );
}

/** Whether its code gives no properties to functions of the user's, itself among them: a worker would keep them from one future to the next. */
function leavesFunctions({ site, bound }: FunctionRecord, records: readonly FunctionRecord[]): boolean {
  const { text, facts } = site;
  const isUsers = (value: unknown): boolean =>
    typeof value === "function" && (sights.get(value) !== undefined || records.some(({ fn }) => fn === value));
  const uses = bound.flatMap(({ name, value }) => (isUsers(value) ? (facts.free.get(name) ?? []) : []));
  return [...uses, ...(facts.ownUses === undefined ? [] : [facts.ownUses])].every((use) => onlyCalls(text, use));
}

function isConstantBinding(
  { site }: FunctionRecord,
  { name, value, frame, assigned }: BoundName,
  records: readonly FunctionRecord[],
): boolean {
  // Given are only what stands for the place of the code. An `undefined` may be a variable that is not initialised yet.
  if (frame === undefined) return true;
  // Other scripts, such as the next input of a REPL, may write these.
  if (/^(Global|Script)/.test(frame.description)) return false;
  if (assigned || value === undefined) return false;
  const binding = bindingOf(site, name);
  if (binding?.kind === "import") return isConstantImport({ site, name, value }, records);
  return binding !== undefined && !binding.assigned;
}

/** Imports are live: the variable behind one must be constant in its own module. Packages are named, so theirs may change. */
function isConstantImport(
  { site, name, value }: Pick<FunctionRecord, "site"> & Pick<BoundName, "name" | "value">,
  records: readonly FunctionRecord[],
): boolean {
  const { script } = site;
  const binding = script && importsOf(script).find(({ local }) => local === name);
  if (script === undefined || binding === undefined || typeof value !== "function") return false;
  const record = records.find(({ fn }) => fn === value);
  const known = sights.get(value);
  if (record === undefined && known === undefined) return true; // by reference
  const home = record?.site.script ?? known?.script;
  return (
    home !== undefined && isSameFile(new URL(binding.specifier, script.url).href, home.url) && isConstantExport(home, binding.imported)
  );
}

function isConstantExport({ facts, source }: Script, name: string): boolean {
  const local = facts?.exports.get(name);
  const declared = local === undefined ? undefined : facts?.bindingAt(source.length - 1, local);
  return declared !== undefined && !declared.assigned;
}
