/**
 * Code units from function texts. The text keeps its place: edits keep its length where they can, and what
 * stands before it on its line is counted off the column, so that stack traces show the user's positions.
 * The names that units add are single letters of a script that no one programs in.
 */

import type { CodeUnit } from "../codec/Encoded.ts";
import { currentSession } from "../session/currentSession.ts";
import type { FunctionFacts } from "./analysis/analyseFunction.ts";
import { rewriteFree } from "./analysis/rewriteFree.ts";

/** The heritage of a class, or the home object's prototype of a method with `super`. */
const heritageName = "ǁ";
const keyName = "ǃ";
const valuesName = "ǀ";
const cellName = "ǂ";
/** As long as `import.meta`. */
export const metaName = "ǁimportmeta";

export interface UnitPlan {
  readonly text: string;
  /** Facts about exactly this text. */
  readonly facts: FunctionFacts;
  readonly strict: boolean;
  /** The names bound from outside, in the order of their values. */
  readonly names: readonly string[];
  /** Those of `names` that are shared variables: the value is a cell. */
  readonly cells: ReadonlySet<string>;
  /** What `fn.name` is to be when the text has no name of its own. */
  readonly inferredName: string;
  readonly homeObject: boolean;
  readonly url: string;
  readonly line: number;
  readonly column: number;
  readonly touchesGlobals: boolean;
}

export function buildUnit(plan: UnitPlan): CodeUnit {
  const replacements = new Map([...plan.cells].map((name) => [name, `${cellName}${name}.v`]));
  const text = replacements.size === 0 ? plan.text : rewriteFree(plan.text, plan.facts, replacements);
  const names = plan.names.map((name) => (plan.cells.has(name) ? `${cellName}${name}` : name));
  const declared = names.length === 0 ? "" : `let ${names.join(", ")}; `;
  const before = `(() => {${plan.strict ? '"use strict"; ' : ""}${declared}return [function (${parameters(plan.facts)}) { return ${opening(plan)}`;
  const bind = names.map((name, index) => `${name} = ${valuesName}[${index}];`).join(" ");
  const source = `${before}${text}${closing(plan)}; }, function (${valuesName}) { ${bind} }]; })`;
  const column = plan.column - before.length;
  return {
    type: "unit",
    id: nextUnitId(),
    source,
    url: plan.url,
    line: plan.line,
    column,
    touchesGlobals: plan.touchesGlobals,
    imports: plan.facts.dynamicImport,
  };
}

/** Sites keep their units, so a number is enough. */
function nextUnitId(): string {
  const session = currentSession();
  session.count += 1;
  return `${session.id}:${session.count}`;
}

/** Arrows take `this` and `arguments` from `make`, which therefore has no parameters of its own. */
function parameters(facts: FunctionFacts): string {
  if (facts.form === "arrow") return "";
  const keys = facts.classFacts?.computedKeys.length ?? (facts.key?.computed === true ? 1 : 0);
  const names = Array.from({ length: keys }, (_, index) => `${keyName}${index}`);
  return keys === 0 ? heritageName : `${heritageName}, [${names.join(", ")}]`;
}

function opening(plan: UnitPlan): string {
  const { facts } = plan;
  if (facts.wrap === "expression") return facts.ownName === undefined ? `({ ${JSON.stringify(plan.inferredName)}: ` : "(";
  const accessor = facts.form === "getter" || facts.form === "setter";
  return `${accessor ? "Object.getOwnPropertyDescriptor" : ""}({ ${plan.homeObject ? `__proto__: ${heritageName}, ` : ""}`;
}

function closing(plan: UnitPlan): string {
  const { facts } = plan;
  if (facts.wrap === "expression") return facts.ownName === undefined ? ` })[${JSON.stringify(plan.inferredName)}]` : ")";
  const key = facts.key?.computed === true ? `${keyName}0` : JSON.stringify(facts.key?.name ?? "");
  switch (facts.form) {
    case "getter":
      return ` }, ${key}).get`;
    case "setter":
      return ` }, ${key}).set`;
    case "arrow":
    case "function":
    case "class":
    case "method":
      return ` })[${key}]`;
  }
}

/** One replacement that keeps the lines, and the length where it fits. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    const blank = text.slice(edit.start, edit.end).replace(/[^\n\r\u2028\u2029]/g, " ");
    result = result.slice(0, edit.start) + edit.text + blank.slice(edit.text.length) + result.slice(edit.end);
  }
  return result;
}

/** The edits that make a text independent of its place: `import.meta`, heritage, computed keys, what classes evaluate at once. */
export function placeEdits(facts: FunctionFacts): Edit[] {
  const edits: Edit[] = facts.importMeta.map(({ start, end }) => ({ start, end, text: metaName }));
  if (facts.key?.computed === true) edits.push({ ...facts.key, text: `${keyName}0` });
  const parts = facts.classFacts;
  if (parts === undefined) return edits;
  if (parts.heritage !== undefined) edits.push({ ...parts.heritage, text: heritageName });
  parts.computedKeys.forEach((range, index) => edits.push({ ...range, text: `${keyName}${index}` }));
  for (const part of parts.statics) {
    if (part.type === "block") edits.push({ ...part.range, text: "" });
    else if (part.value !== undefined && !part.private) edits.push({ ...part.value, text: "0" });
  }
  return edits;
}

