/**
 * Whether working out an expression runs no code of the user's and changes nothing that was there before: literals, functions, new
 * objects of the language. What it takes for granted about names is noted, for whoever knows what they mean.
 */

import type { CallExpression, Expression, NewExpression, PrivateIdentifier, Property, SpreadElement, Super } from "acorn";

export interface Harmless {
  /** Names that must mean the language's own. */
  readonly globals: Set<string>;
  /** Names that must be variables, or the language's own. */
  readonly reads: Set<string>;
}

type Node = Expression | SpreadElement | PrivateIdentifier | Super;

interface Terms {
  readonly noted: Harmless;
  /** Private fields of `this`. */
  readonly fields: readonly string[];
  /** Variables whose value answers everything asked of it, and is a text where one is wanted. */
  readonly answering: ReadonlySet<string>;
}

/** By the type of an expression. */
type Rules = { readonly [T in Node["type"]]?: (node: Extract<Node, { readonly type: T }>, terms: Terms) => boolean };

const nothing: ReadonlySet<string> = new Set();
const makes =
  /^(?:Weak)?(?:Map|Set)$|^(?:Array|Object|Date|ArrayBuffer|RegExp|AbortController|EventTarget|URLSearchParams)$|^(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array$|Error$/;
const calls = new Set(["Symbol", "Date.now", "performance.now", "Object.create", "Object.freeze", "BigInt", "Array", "Symbol.for"]);
const constants = /^(?:Math\.[A-Z]|Number\.[A-Z]|Symbol\.[a-z])/;

/** Whether, for a `this` without prototype, whose private names among `fields` are fields. Variables in `answering` hold what answers everything. */
export function isHarmless(
  expression: Expression,
  noted: Harmless,
  fields: readonly string[],
  answering: ReadonlySet<string> = nothing,
): boolean {
  return isQuiet(expression, { noted, fields, answering });
}

/** Runs no code of the user's. */
function isQuiet(node: Node, terms: Terms): boolean {
  return follow(quiet, node, terms) || isPrimitive(node, terms);
}

/** The same, and its value is no object, or one that is turned into a text without asking anybody. */
function isPrimitive(node: Node, terms: Terms): boolean {
  return follow(primitive, node, terms) || isConstant(node, terms) || answers(node, terms);
}

function follow(rules: Rules, node: Node, terms: Terms): boolean {
  const rule = rules[node.type] as ((node: Node, terms: Terms) => boolean) | undefined; // the table pairs each type with its own rule
  return rule?.(node, terms) === true;
}

const always = (): boolean => true;

const quiet: Rules = {
  Literal: always,
  ThisExpression: always,
  ArrowFunctionExpression: always,
  FunctionExpression: always,
  Identifier: ({ name }, { answering, noted }) => {
    if (!answering.has(name)) noted.reads.add(name);
    return true;
  },
  ArrayExpression: ({ elements }, terms) =>
    elements.every((each) => each === null || (each.type === "SpreadElement" ? answers(each.argument, terms) : isQuiet(each, terms))),
  ObjectExpression: ({ properties }, terms) => properties.every((each) => each.type === "Property" && isQuietProperty(each, terms)),
  ConditionalExpression: ({ test, consequent, alternate }, terms) => [test, consequent, alternate].every((part) => isQuiet(part, terms)),
  LogicalExpression: ({ left, right }, terms) => isQuiet(left, terms) && isQuiet(right, terms),
  MemberExpression: ({ object, property, computed }, { fields }) =>
    object.type === "ThisExpression" && !computed && (property.type !== "PrivateIdentifier" || fields.includes(`#${property.name}`)),
  NewExpression: (node, terms) => isQuietCall(node, makes.test(pathOf(node.callee) ?? ""), terms),
  CallExpression: (node, terms) => isFilledArray(node, terms) || isQuietCall(node, calls.has(pathOf(node.callee) ?? ""), terms),
};

const primitive: Rules = {
  Literal: (node) => !("regex" in node && node.regex !== undefined),
  Identifier: ({ name }) => ["undefined", "NaN", "Infinity"].includes(name),
  TemplateLiteral: ({ expressions }, terms) => expressions.every((each) => isPrimitive(each, terms)),
  UnaryExpression: ({ operator, argument }, terms) => operator !== "delete" && isPrimitive(argument, terms),
  BinaryExpression: ({ operator, left, right }, terms) =>
    operator !== "in" && operator !== "instanceof" && isPrimitive(left, terms) && isPrimitive(right, terms),
  ConditionalExpression: ({ test, consequent, alternate }, terms) =>
    [test, consequent, alternate].every((part) => isPrimitive(part, terms)),
};

function isQuietProperty({ computed, key, value }: Property, terms: Terms): boolean {
  return (!computed || key.type === "Literal") && isQuiet(value, terms);
}

/** `Number.MAX_VALUE` */
function isConstant(node: Node, { noted }: Terms): boolean {
  const path = pathOf(node);
  if (path === undefined || !constants.test(path)) return false;
  noted.globals.add(path.slice(0, path.indexOf(".")));
  return true;
}

/** A variable that answers, and what is below it. */
function answers(node: Node, terms: Terms): boolean {
  if (node.type === "Identifier") return terms.answering.has(node.name);
  if (node.type === "ChainExpression") return answers(node.expression, terms);
  if (node.type === "MemberExpression") return answers(node.object, terms) && (!node.computed || isPrimitive(node.property, terms));
  return node.type === "CallExpression" && answers(node.callee, terms) && node.arguments.every((each) => isQuiet(each, terms));
}

function pathOf(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed || node.object.type !== "Identifier") return undefined;
  return node.property.type === "Identifier" ? `${node.object.name}.${node.property.name}` : undefined;
}

function isQuietCall(node: CallExpression | NewExpression, isKnown: boolean, terms: Terms): boolean {
  if (!isKnown) return false;
  const [root = ""] = (pathOf(node.callee) ?? "").split(".");
  terms.noted.globals.add(root);
  return node.arguments.every((each) => isPrimitive(each, terms) || (isFresh(each) && isQuiet(each, terms)));
}

/** `new Array(10).fill(0)` */
function isFilledArray({ callee, arguments: args }: CallExpression, terms: Terms): boolean {
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return false;
  const { object } = callee;
  if ((object.type !== "NewExpression" && object.type !== "CallExpression") || pathOf(object.callee) !== "Array") return false;
  return callee.property.name === "fill" && isQuiet(object, terms) && args.every((each) => isPrimitive(each, terms));
}

function isFresh(node: Node): boolean {
  return node.type === "ArrayExpression" || node.type === "ObjectExpression";
}
