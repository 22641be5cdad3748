/** The programs of the conformance suite, for running without a backend. */

import type { Program } from "./Program.ts";
import * as classes from "../../../../src/conformance/programs/classes.ts";
import * as functions from "../../../../src/conformance/programs/functions.ts";
import * as names from "../../../../src/conformance/programs/names.ts";
import * as references from "../../../../src/conformance/programs/references.ts";
import * as scopes from "../../../../src/conformance/programs/scopes.ts";
import * as values from "../../../../src/conformance/programs/values.ts";

type Files = Readonly<Record<string, string>>;

export const inModule = (body: string): Files => ({ "program.mjs": `export function make() {\n${body}\n}\n` });
export const inScript = (body: string): Files => ({ "program.cjs": `exports.make = function () {\n${body}\n};\n` });

function filesOf(table: string, entry: unknown): Files {
  if (Array.isArray(entry)) return table === "fileRefusals" ? { "main.mjs": String(entry[0]) } : inModule(String(entry[0]));
  if (typeof entry !== "string") return entry as Files;
  if (table === "roundTrips") return inModule(`const v = ${entry}; return () => v`);
  return table.startsWith("sloppy") ? inScript(entry) : inModule(entry);
}

export const conformancePrograms: readonly Program[] = Object.entries({
  ...functions,
  ...names,
  ...references,
  ...scopes,
  ...values,
  ...classes,
}).flatMap(([table, entries]: [string, object]) =>
  Object.entries(entries).map(([title, entry]): Program => ({
    title: `${table}: ${title}`,
    files: filesOf(table, entry),
    kind: /efusals$/.test(table) ? "refused" : table.endsWith("OrRefused") ? "either" : "same",
  })),
);
