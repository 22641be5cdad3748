/** Uses of captured variables, and what to say when it cannot be told whether two are of one. */

import { renderPath } from "../codec/encode/Path.ts";
import { NotPortable } from "../errors/errors.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { BoundName } from "./resolveNames.ts";

/** One function's use of one variable. */
export interface Use {
  readonly record: FunctionRecord;
  readonly bound: BoundName;
  /** Position among the record's values. */
  readonly slot: number;
}

/** Uses of one declaration; in several instances of its scope these are several variables. */
export interface Declaration {
  readonly uses: Use[];
  readonly isConstant: boolean;
  /** It exists once: it stands at the top of a module. */
  readonly isSingle: boolean;
}

/** Uses of one and the same variable. */
export interface Group {
  readonly uses: Use[];
  readonly isConstant: boolean;
}

export function ambiguous(uses: readonly Use[], cause?: unknown): NotPortable {
  const [first, second] = uses;
  return new NotPortable(
    `${renderPath(first?.record.path)} and ${renderPath(second?.record.path)} may share the variable ${first?.bound.name}, which one of them writes; that cannot be told here. ` +
      "Keep the shared state in an object that both capture.",
    { cause },
  );
}

/** Without an inspector names that were given are those of all functions: whether two of them mean one variable, nobody can tell. */
export function refuseSharedGivens(records: readonly FunctionRecord[]): void {
  const uses = records.flatMap((record) => record.bound.map((bound, slot): Use => ({ record, bound, slot })));
  const given = uses.filter(({ bound }) => bound.frame === undefined);
  for (const use of given) {
    const other = use.bound.assigned && given.find(({ record, bound }) => record !== use.record && bound.name === use.bound.name);
    if (other) throw ambiguous([use, other]);
  }
}
