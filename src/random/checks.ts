/** What the arguments of generators must be; every mistake is an `OptionInvalid` that says which argument, and what came. */

import { OptionInvalid } from "../errors/errors.ts";
import { optionText, unknownOptionText } from "../errors/words.ts";
import type { ChoiceOptions } from "./Generator.ts";

/** Bounds after the check: of one type, `low` below `high`. */
export type Bounds =
  | { readonly type: "number"; readonly low: number; readonly high: number }
  | { readonly type: "bigint"; readonly low: bigint; readonly high: bigint };

export function invalid(where: string, name: string, expected: string, came: unknown): OptionInvalid {
  return new OptionInvalid(optionText(where, name, expected, came));
}

/** A length or a count. */
export function checkCount(where: string, name: string, count: unknown): number {
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  throw invalid(where, name, "a whole number, 0 or more", count);
}

/** The half-open interval of `integers(low, high)`. */
export function checkBounds(low: unknown, high: unknown): Bounds {
  if (typeof low === "bigint" && typeof high === "bigint") return checkBigBounds(low, high);
  if (!Number.isSafeInteger(low))
    throw invalid("integers()", "low", typeof low === "bigint" ? "of the type of high" : "a safe whole number or a bigint", low);
  if (!Number.isSafeInteger(high))
    throw invalid("integers()", "high", typeof high === "bigint" ? "of the type of low" : "a safe whole number", high);
  const bounds: Bounds = { type: "number", low: Number(low), high: Number(high) };
  if (bounds.low >= bounds.high) throw invalid("integers()", "high", `above low, which is ${bounds.low}`, high);
  return bounds;
}

function checkBigBounds(low: bigint, high: bigint): Bounds {
  if (low >= high) throw invalid("integers()", "high", `above low, which is ${low}n`, high);
  if (low < -(2n ** 63n)) throw invalid("integers()", "low", "at least -(2n ** 63n)", low);
  if (high > (low < 0n ? 2n ** 63n : 2n ** 64n))
    throw invalid("integers()", "high", "at most 2n ** 63n, or 2n ** 64n if low is not negative", high);
  return { type: "bigint", low, high };
}

/** The arguments of `choice`; gives whether to draw with replacement. */
export function checkChoice(n: number, size: number, options: ChoiceOptions, standard: boolean): boolean {
  checkCount("choice()", "n", n);
  checkCount("choice()", "size", size);
  const unknown = Object.keys(options).find((name) => name !== "replace");
  if (unknown !== undefined) throw new OptionInvalid(unknownOptionText("choice()", unknown, ["replace"]));
  const replace: unknown = options.replace ?? standard;
  if (typeof replace !== "boolean") throw invalid("choice()", "replace", "true or false", replace);
  if (size > 0 && n === 0) throw invalid("choice()", "n", "at least 1 where something is to be chosen", n);
  if (!replace && size > n) throw invalid("choice()", "size", `at most n, which is ${n}, without replacement`, size);
  return replace;
}
