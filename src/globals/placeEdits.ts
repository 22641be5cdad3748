/**
 * Edits that make the text of a function independent of its place: `import.meta`, heritage, computed keys, and what
 * classes evaluate at once (their static fields travel as values). They keep the lines, and the length where it fits.
 */

import type { FunctionFacts } from "./analysis/analyseFunction.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";
import type { ClassFacts, StaticPart } from "./analysis/classFacts.ts";
import type { Range } from "./analysis/Scope.ts";
import { UnparsableFunction } from "./analysis/UnparsableFunction.ts";
import { privateEdits } from "./privateEdits.ts";
import { heritageName, keyName, metaName, settersName } from "./unitNames.ts";

export interface Edit extends Range {
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

/** The edits, and the names of the private static fields that are set from outside. */
export function placeEdits(text: string, facts: FunctionFacts): { readonly edits: readonly Edit[]; readonly privates: readonly string[] } {
  const edits: Edit[] = facts.importMeta.map(({ start, end }) => ({ start, end, text: metaName }));
  if (facts.key?.computed === true) edits.push({ ...facts.key, text: `${keyName}0` });
  const fields = (facts.classFacts?.statics ?? []).filter((part) => part.type === "field").filter((part) => !keepsInitialiser(text, part));
  if (facts.classFacts !== undefined) edits.push(...classEdits(text, facts.classFacts, fields));
  return { edits: outermost(edits), privates: fields.flatMap((field) => (field.private ? [field.key ?? ""] : [])) };
}

type StaticField = Extract<StaticPart, { type: "field" }>;

function classEdits(text: string, facts: ClassFacts, fields: readonly StaticField[]): readonly Edit[] {
  const { heritage, computedKeys, statics } = facts;
  return [
    ...(heritage === undefined ? [] : [{ ...heritage, text: heritageName }]),
    ...computedKeys.map((range, index) => ({ ...range, text: `${keyName}${index}` })),
    ...statics.filter(({ type }) => type === "block").map(({ range }) => ({ ...range, text: "" })),
    ...fields.flatMap(fieldEdits),
    ...privateEdits(text, facts),
  ];
}

/** Private fields are set by the receiver, through a function made inside the class. */
function fieldEdits({ key, value, range, private: isPrivate }: StaticField): readonly Edit[] {
  if (isPrivate) return [{ ...range, text: `static ${key} = void ${settersName}.push((ǀ) => { this.${key} = ǀ; });` }];
  return value === undefined ? [] : [{ ...value, text: "0" }];
}

function outermost(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter((edit) => !edits.some((other) => other !== edit && contains(other, edit)));
}

/** What is inserted before or behind a part does not belong to it. */
function contains({ start, end }: Range, inner: Range): boolean {
  return inner.start === inner.end ? start < inner.start && inner.end < end : start <= inner.start && inner.end <= end;
}

/** A function that uses private names can only be made inside its class. */
export function keepsInitialiser(text: string, { value }: StaticField): boolean {
  const initialiser = value === undefined ? "" : text.slice(value.start, value.end);
  if (!initialiser.includes("#")) return false;
  try {
    return analyseFunction(initialiser, true).undeclaredPrivate.length > 0;
  } catch (error) {
    if (error instanceof UnparsableFunction) return false; // no function
    throw error;
  }
}
