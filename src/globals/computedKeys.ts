/** Computed keys of classes and methods, which no scope holds: found by the members that have them, or worked out again where nothing can have changed. */

import type { Expression, PrivateIdentifier, Super, TemplateLiteral } from "acorn";
import { textOf } from "../codec/encode/objects.ts";
import { loadAcorn } from "../platform/acorn.ts";
import type { Range } from "./analysis/Scope.ts";
import { frameOf } from "./resolveNames.ts";
import { bindingOf, type Site } from "./Site.ts";
import type { Placed } from "./surroundings.ts";

type Key = string | symbol;

/** The key of `holder` under which it has `fn`. */
export function keyIn(holder: object, fn: Function): Key | undefined {
  return Reflect.ownKeys(holder).find((key) => membersAt(holder, key).includes(fn));
}

function membersAt(holder: object, key: Key): readonly unknown[] {
  const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
  return [value, get, set];
}

/** The key of the method or accessor of a class that has this range in its text. */
export function memberKey(fn: Function, { original }: Site, range: Range): Key | undefined {
  for (const [text, keys] of membersByText([fn, fn.prototype as object])) {
    const starts = occurrences(original, text);
    const at = starts.findIndex((start) => start <= range.start && range.end <= start + text.length);
    // Members of equal text stand in the order of the text.
    if (at >= 0) return keys.length === starts.length ? keys[at] : undefined;
  }
  return undefined;
}

function membersByText(holders: readonly object[]): Map<string, Key[]> {
  const byText = new Map<string, Key[]>();
  for (const holder of holders) {
    for (const key of Reflect.ownKeys(holder)) {
      if (key === "constructor" || key === "prototype") continue;
      for (const member of membersAt(holder, key)) {
        if (typeof member !== "function") continue;
        const text = textOf(member);
        byText.set(text, [...(byText.get(text) ?? []), key]);
      }
    }
  }
  return byText;
}

function occurrences(whole: string, text: string): readonly number[] {
  const starts: number[] = [];
  for (let start = whole.indexOf(text); start >= 0; start = whole.indexOf(text, start + text.length)) starts.push(start);
  return starts;
}

/** The key of a field, where it consists of literals, symbols of the language and variables that never change. */
export function fieldKey(placed: Placed, range: Range): Key | undefined {
  const text = placed.site.original.slice(range.start, range.end);
  const value = evaluate(placed, loadAcorn().parseExpressionAt(text, 0, { ecmaVersion: "latest" }));
  if (value === undefined) return undefined;
  return typeof value.value === "symbol" ? value.value : String(value.value);
}

type Value = { readonly value: string | number | symbol } | undefined;

function evaluate(placed: Placed, node: Expression | PrivateIdentifier | Super): Value {
  if (node.type === "Literal") return typeof node.value === "string" || typeof node.value === "number" ? { value: node.value } : undefined;
  if (node.type === "Identifier") return variable(placed, node.name);
  if (node.type === "TemplateLiteral") return template(placed, node);
  if (node.type === "BinaryExpression" && node.operator === "+") return sum(evaluate(placed, node.left), evaluate(placed, node.right));
  return node.type === "MemberExpression" ? wellKnown(placed, node.object, node.property, node.computed) : undefined;
}

function template(placed: Placed, { quasis, expressions }: TemplateLiteral): Value {
  const parts = [...quasis, ...expressions].toSorted((a, b) => a.start - b.start);
  return concatenated(parts.map((part) => (part.type === "TemplateElement" ? { value: part.value.cooked ?? "" } : evaluate(placed, part))));
}

function variable({ site, scopes }: Placed, name: string): Value {
  const frame = frameOf(scopes, name);
  const binding = bindingOf(site, name);
  const value = frame?.object[name];
  if (binding === undefined || binding.assigned || binding.kind === "import" || binding.kind === "functionName") return undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "symbol" ? { value } : undefined;
}

function concatenated(parts: readonly Value[]): Value {
  return parts.reduce<Value>((before, part) => sum(before, part), { value: "" });
}

function sum(left: Value, right: Value): Value {
  if (left === undefined || right === undefined || typeof left.value === "symbol" || typeof right.value === "symbol") return undefined;
  return {
    value: typeof left.value === "number" && typeof right.value === "number" ? left.value + right.value : `${left.value}${right.value}`,
  };
}

function wellKnown({ scopes }: Placed, object: Expression | Super, property: Expression | PrivateIdentifier, computed: boolean): Value {
  if (
    object.type !== "Identifier" ||
    object.name !== "Symbol" ||
    computed ||
    property.type !== "Identifier" ||
    frameOf(scopes, "Symbol") !== undefined
  )
    return undefined;
  const value: unknown = Reflect.get(Symbol, property.name);
  return typeof value === "symbol" ? { value } : undefined;
}
