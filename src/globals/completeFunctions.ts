/** The last step of a capture: which variables functions share, then one unit and one special per function. */

import type { Special } from "../codec/Encoded.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { homeId } from "../codec/homes.ts";
import { sharedCells } from "./sharedCells.ts";
import { functionExtras } from "./functionExtras.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { unitOf } from "./Site.ts";

/** Completes `batch`, whose variables may be shared with any of `all`. */
export function completeFunctions(encoder: Encoder, batch: readonly FunctionRecord[], all: readonly FunctionRecord[]): void {
  const cells = sharedCells(encoder, all);
  for (const record of batch) {
    const shared = cells.get(record) ?? new Set<string>();
    const names = record.names.bound.map(({ name }) => name);
    const unit = unitOf(record.site, names, shared, inferredName(record.fn), record.names.writesGlobal);
    encoder.needs.set(unit.id, unit);
    encoder.replace(record.index, special(encoder, record, unit.id, shared.size === 0));
  }
}

function special(encoder: Encoder, record: FunctionRecord, unit: string, alone: boolean): Special {
  const { fn, site, values, heritage, keys, self, args } = record;
  const pure = alone && !record.names.bound.some(({ assigned }) => assigned);
  const extras = functionExtras(encoder, record);
  const facts = site.originalFacts.classFacts;
  const tag = facts === undefined ? "function" : "class";
  const plain = extras === undefined && heritage === undefined && keys === undefined && self === undefined && args === undefined && facts === undefined;
  // Classes always come home as themselves: instances must.
  const home = pure || facts !== undefined ? homeId(fn) : undefined;
  return plain ? [tag, unit, values, home] : [tag, unit, values, home, extras, heritage, keys, facts?.hasPrivate, self, args];
}

function inferredName(fn: Function): string {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, "name")?.value;
  return typeof name === "string" ? name : "";
}
