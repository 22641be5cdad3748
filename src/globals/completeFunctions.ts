/** The last step of a capture: which variables functions share, then one unit and one special per function. */

import type { FunctionExtras } from "../codec/decode/decodeFunction.ts";
import type { Special } from "../codec/Encoded.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { nameOf } from "../codec/encode/objects.ts";
import { homeId } from "../codec/homes.ts";
import { functionExtras } from "./functionExtras.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { sharedCells } from "./sharedCells.ts";
import { unitOf } from "./Site.ts";

/** Completes the functions met; their own properties may lead to further ones, which join `records`. */
export function completeFunctions(encoder: Encoder, records: readonly FunctionRecord[]): void {
  const extras: (FunctionExtras | undefined)[] = [];
  for (let at = 0; at < records.length; at += 1) {
    const record = records[at];
    if (record !== undefined) extras.push(functionExtras(encoder, record));
    encoder.drain();
  }
  const cells = sharedCells(encoder, records);
  records.forEach((record, at) => complete(encoder, record, cells.get(record) ?? none, extras[at]));
}

const none: ReadonlySet<string> = new Set();

/** `["function", unit, values, home, extras, ties, has private names]`. */
function complete(encoder: Encoder, record: FunctionRecord, cells: ReadonlySet<string>, extras: FunctionExtras | undefined): void {
  const { fn, index, site, bound, values, ties } = record;
  const unit = unitOf(
    site,
    bound.map(({ name }) => name),
    cells,
    nameOf(fn),
    record.writesGlobal,
  );
  encoder.needs.set(unit.id, unit);
  const facts = site.originalFacts.classFacts;
  // Classes always come home as themselves: instances must. Other functions unless they have a state that may change.
  const isStateless = cells.size === 0 && !bound.some(({ assigned }) => assigned);
  const home = isStateless || facts !== undefined ? homeId(fn) : undefined;
  const special: Special =
    extras === undefined && ties === undefined && facts === undefined
      ? ["function", unit.id, values, home]
      : ["function", unit.id, values, home, extras, ties, facts?.hasPrivate];
  encoder.replace(index, special);
}
