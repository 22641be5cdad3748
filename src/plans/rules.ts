/** The rules that options of plans, futures and maps share. */

import type { Rule } from "./OptionReader.ts";
import type { RngMisuseMode } from "./PlanSpec.ts";

export const aBoolean: Rule<boolean> = { expected: "true or false", accepts: (value) => typeof value === "boolean" };

export const aString: Rule<string> = { expected: "a string", accepts: (value) => typeof value === "string" };

export const strings: Rule<readonly string[]> = {
  expected: "an array of strings",
  accepts: (value): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === "string"),
};

export const positiveInteger: Rule<number> = {
  expected: "a whole number of at least 1",
  accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 1,
};

export const count: Rule<number> = {
  expected: "a whole number of at least 0",
  accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
};

/** Milliseconds or bytes; `Infinity` means no limit. */
export const positiveNumber: Rule<number> = {
  expected: "a number above 0 (Infinity: no limit)",
  accepts: (value): value is number => typeof value === "number" && value > 0,
};

export const duration: Rule<number> = {
  expected: "a number of milliseconds, 0 or more",
  accepts: (value): value is number => typeof value === "number" && value >= 0,
};

/** A whole number of at least 1, or `Infinity`. */
export const limit: Rule<number> = {
  expected: "a whole number of at least 1, or Infinity",
  accepts: (value): value is number => value === Infinity || positiveInteger.accepts(value),
};

export const aFunction: Rule<() => unknown> = {
  expected: "a function",
  accepts: (value): value is () => unknown => typeof value === "function",
};

export const aRecord: Rule<Readonly<Record<string, unknown>>> = { expected: "an object", accepts: isRecord };

/** What the system can hand to a process. */
export const environment: Rule<Readonly<Record<string, string>>> = {
  expected: "an object of strings without NUL, none of whose names is empty or contains =",
  mayBeSecret: true,
  accepts: (value): value is Readonly<Record<string, string>> => isEnvironment(value, /^[^=\0]+$/),
};

/** What a shell can set before it starts one. */
export const shellEnvironment: Rule<Readonly<Record<string, string>>> = {
  expected: "an object of strings without NUL, whose names are letters, digits and _, not beginning with a digit",
  mayBeSecret: true,
  accepts: (value): value is Readonly<Record<string, string>> => isEnvironment(value, /^[A-Za-z_]\w*$/),
};

function isEnvironment(value: unknown, names: RegExp): boolean {
  return (
    isRecord(value) && Object.entries(value).every(([name, item]) => names.test(name) && typeof item === "string" && !item.includes("\0"))
  );
}

export function oneOf<const T extends string>(...names: readonly T[]): Rule<T> {
  const allowed: ReadonlySet<unknown> = new Set(names);
  return { expected: `one of ${names.map((name) => `"${name}"`).join(", ")}`, accepts: (value): value is T => allowed.has(value) };
}

export const rngMisuseRule: Rule<RngMisuseMode> = oneOf("ignore", "warn", "error");

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
