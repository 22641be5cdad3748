/** The last step of a capture: which variables functions share, then one unit and one special per function. */

import type { FunctionExtras } from "../codec/decode/decodeFunction.ts";
import type { Special } from "../codec/Encoded.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { fillWeak } from "../codec/encode/encodeWeak.ts";
import { nameOf } from "../codec/encode/objects.ts";
import { homeId } from "../codec/homes.ts";
import { functionExtras } from "./functionExtras.ts";
import { classPrivates } from "./classPrivates.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { sharedCells } from "./sharedCells.ts";
import { unitOf } from "./Site.ts";

/** What a capture tells of the functions that it met. */
interface Met {
  readonly records: readonly FunctionRecord[];
  /** Asks for what arrows take from around them; that may lead to further functions. */
  settle(encoder: Encoder): void;
}

/** Where the functions go. */
export interface Destination {
  /** What is encoded is all that can refer to them. */
  readonly isWhole: boolean;
  /** They may come back: then they are themselves again. Those that a worker made may not. */
  readonly mayReturn: boolean;
}

/** Completes the functions met; what they are tied to and their own properties may lead to further ones, which join `records`. */
export function completeFunctions(encoder: Encoder, capture: Met, { isWhole, mayReturn }: Destination): void {
  const { records } = capture;
  const extras: (FunctionExtras | undefined)[] = [];
  capture.settle(encoder);
  do {
    for (let at = extras.length; at < records.length; at += 1) {
      const record = records[at];
      if (record !== undefined) extras.push(functionExtras(encoder, record));
      encoder.drain();
      if (at === records.length - 1) capture.settle(encoder);
    }
  } while (encoder.weak.length > 0 && fillWeak(encoder));
  const cells = sharedCells(encoder, records);
  const stays = !mayReturn || (isWhole && isOutOfReach(encoder, records));
  records.forEach((record, at) => complete(encoder, record, { cells: cells.get(record) ?? none, extras: extras[at], stays }));
}

/** Whether the only function is an arrow that stands in one place, the root: its own code has no way to return it. */
function isOutOfReach({ specials, fixups }: Encoder, [record]: readonly FunctionRecord[]): boolean {
  return specials.length === 1 && fixups.length === 3 && record?.site.facts.form === "arrow";
}

interface Completion {
  /** Names of shared variables. */
  readonly cells: ReadonlySet<string>;
  readonly extras: FunctionExtras | undefined;
  /** It cannot come back, so that nobody need know it here. */
  readonly stays: boolean;
}

const none: ReadonlySet<string> = new Set();

/** `["function", unit, values, home, extras, ties, privates]`. */
function complete(encoder: Encoder, record: FunctionRecord, { cells, extras, stays }: Completion): void {
  const { fn, index, site, bound, values, ties } = record;
  const unit = unitOf(record, cells, nameOf(fn));
  encoder.needs.set(unit.id, unit);
  const facts = site.originalFacts.classFacts;
  // Classes always come home as themselves: instances must. Other functions unless they have a state that may change.
  const isStateless = cells.size === 0 && !bound.some(({ assigned }) => assigned);
  const home = !stays && (isStateless || facts !== undefined) ? homeId(fn) : undefined;
  const special: Special =
    extras === undefined && ties === undefined && facts === undefined
      ? ["function", unit.id, values, home]
      : ["function", unit.id, values, home, extras, ties, classPrivates(fn, site, record.scopes)];
  encoder.replace(index, special);
}
