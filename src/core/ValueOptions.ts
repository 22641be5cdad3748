/** Options of `value()`, parsed. */

import { OptionReader, type Rule } from "../plans/OptionReader.ts";
import { aBoolean } from "../plans/rules.ts";
import { refuseOption } from "./FutureOptions.ts";
import type { Gathered } from "./valuesOf.ts";

const reducer: Rule<(accumulated: unknown, value: unknown) => unknown> = {
  expected: "a function of what was accumulated and a value",
  accepts: (value): value is (accumulated: unknown, value: unknown) => unknown => typeof value === "function",
};

const anything: Rule<unknown> = { expected: "anything", accepts: (value): value is unknown => value !== undefined };

const standard: Gathered = { cancel: true, inOrder: true, drop: false, fold: undefined };

/** Throws `OptionInvalid`. */
export function parseValueOptions(input: unknown): Gathered {
  if (input === undefined) return standard;
  const read = new OptionReader(input, "value()", refuseOption);
  const reduce = read.read("reduce", reducer, undefined);
  const initial = read.read("initial", anything, undefined);
  const parsed: Gathered = {
    cancel: read.read("cancel", aBoolean, true),
    inOrder: read.read("inOrder", aBoolean, true),
    drop: read.read("drop", aBoolean, false),
    fold: reduce === undefined ? undefined : { reduce, initial: initial === undefined ? [] : [initial] },
  };
  read.done();
  return parsed;
}
