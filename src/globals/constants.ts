/**
 * Functions whose captures can never change: all bindings constant, all values immutable. From its second
 * sight on such a function costs one look-up, and each worker gets it once.
 */

import type { Constant, Definition, Encoded, Special } from "../codec/Encoded.ts";
import { Encoder } from "../codec/encode/Encoder.ts";
import { homeId } from "../codec/homes.ts";
import { Capture } from "./Capture.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";

export interface KnownConstant {
  readonly id: string;
  readonly needs: readonly Definition[];
}

interface Sight {
  constant: KnownConstant | undefined;
}

const sights = new WeakMap<Function, Sight>();

/** The constant of `fn`, if it is known to be one. */
export function knownConstant(fn: Function): KnownConstant | undefined {
  return sights.get(fn)?.constant;
}

/** Called at the second sight of a stable function: decides once whether it is a constant. */
export function considerConstant(fn: Function): KnownConstant | undefined {
  const sight = sights.get(fn);
  if (sight !== undefined) return sight.constant;
  const made: Sight = { constant: undefined };
  sights.set(fn, made);
  made.constant = makeConstant(fn);
  return made.constant;
}

function makeConstant(fn: Function): KnownConstant | undefined {
  const capture = new Capture({ exact: undefined, add: {}, ignore: new Set() }, () => undefined);
  const encoder = new Encoder(capture);
  const holder = { root: undefined };
  encoder.put(holder, "root", fn, { up: undefined, name: fn.name });
  capture.complete(encoder);
  const encoded = encoder.finish(holder);
  if (!isConstant(encoded, capture.records)) return undefined;
  const constant: Constant = { type: "constant", id: homeId(fn), encoded };
  return { id: constant.id, needs: [...encoder.needs.values(), constant] };
}

const immutable = new Set(["function", "constant", "intrinsic", "import", "library", "require", "symbol", "meta", "dynamicImport"]);

function isConstant(encoded: Encoded, records: readonly FunctionRecord[]): boolean {
  if (!(encoded.specials ?? []).every((special: Special) => immutable.has(special[0]) && special.length <= 4)) return false;
  return records.every((record) => record.values.every(isPrimitive) && record.names.bound.every((bound) => isConstantBinding(record, bound)));
}

function isPrimitive(value: unknown): boolean {
  return value === null || typeof value !== "object";
}

function isConstantBinding({ site }: FunctionRecord, { name, value, frame, assigned }: FunctionRecord["names"]["bound"][number]): boolean {
  // An `undefined` may be a variable that is not initialised yet.
  if (assigned || frame === undefined || value === undefined) return false;
  const binding = site.script?.facts?.bindingAt(site.place.offset, name);
  return binding !== undefined && !binding.assigned;
}
