/**
 * Functions whose captures can never change: all bindings constant, all values immutable. From its second
 * sight on such a function costs one look-up, and each worker gets it once.
 */

import type { Constant, Encoded, Special } from "../codec/Encoded.ts";
import { Encoder } from "../codec/encode/Encoder.ts";
import { nameOf } from "../codec/encode/objects.ts";
import { homeId } from "../codec/homes.ts";
import { Capture, search } from "./Capture.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { Script } from "./Script.ts";
import { isSameFile } from "./importedVariables.ts";
import { importsOf } from "./importsOf.ts";
import { knownConstant, sights, type KnownConstant } from "./knownConstants.ts";
import type { BoundName } from "./resolveNames.ts";
import { bindingOf } from "./Site.ts";

/** Called at the second sight of a stable function: decides once whether it is a constant. */
export function considerConstant(fn: Function): KnownConstant | undefined {
  if (sights.has(fn)) return knownConstant(fn);
  sights.set(fn, undefined);
  const constant = makeConstant(fn);
  sights.set(fn, constant);
  return constant;
}

function makeConstant(fn: Function): KnownConstant | undefined {
  const capture = new Capture({ given: search, modules: [], known: undefined });
  const encoder = new Encoder(capture);
  const holder = { root: undefined };
  encoder.put(holder, "root", fn, { up: undefined, name: nameOf(fn) });
  capture.complete(encoder);
  const encoded = encoder.finish(holder);
  const { records } = capture;
  if (!hasConstantSpecials(encoded) || !records.every((record) => isConstant(record, records))) return undefined;
  const constant: Constant = { type: "constant", id: homeId(fn), encoded };
  const functions = records.map(({ fn: one, site, bound }) => ({
    fn: one,
    site,
    values: new Map(bound.map(({ name, value }) => [name, value])),
    keys: Reflect.ownKeys(one).length,
  }));
  return { id: constant.id, needs: [...encoder.needs.values(), constant], functions, uses: capture.constants };
}

const immutable = new Set([
  "function",
  "constant",
  "intrinsic",
  "import",
  "library",
  "require",
  "promisify",
  "symbol",
  "meta",
  "dynamicImport",
]);

/** Functions without anything but values: properties and prototypes are open to all. */
function hasConstantSpecials({ specials = [] }: Encoded): boolean {
  return specials.every((special: Special) => immutable.has(special[0]) && (special[0] !== "function" || special.length === 4));
}

function isConstant(record: FunctionRecord, records: readonly FunctionRecord[]): boolean {
  return (
    record.values.every((value) => value === null || typeof value !== "object") &&
    record.bound.every((bound) => isConstantBinding(record, bound, records))
  );
}

function isConstantBinding(
  { site }: FunctionRecord,
  { name, value, frame, assigned }: BoundName,
  records: readonly FunctionRecord[],
): boolean {
  // Given are only what stands for the place of the code. An `undefined` may be a variable that is not initialised yet.
  if (frame === undefined) return true;
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
  if (record === undefined) return true; // by reference
  const { script: home } = record.site;
  return (
    home !== undefined && isSameFile(new URL(binding.specifier, script.url).href, home.url) && isConstantExport(home, binding.imported)
  );
}

function isConstantExport({ facts, source }: Script, name: string): boolean {
  const local = facts?.exports.get(name);
  const declared = local === undefined ? undefined : facts?.bindingAt(source.length - 1, local);
  return declared !== undefined && !declared.assigned;
}
