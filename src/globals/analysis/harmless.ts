/**
 * Whether working out an expression runs no code of the user's and changes nothing that was there before: literals, functions, new
 * objects of the language. What it takes for granted about names is noted, for whoever knows what they mean.
 */

import type { Expression, PrivateIdentifier, Property, SpreadElement, Super } from "acorn";

export interface Harmless {
  /** Names that must mean the language's own. */
  readonly globals: Set<string>;
  /** Names that must be variables, or the language's own. */
  readonly reads: Set<string>;
}

type Node = Expression | SpreadElement | PrivateIdentifier | Super | null;

interface Terms {
  readonly noted: Harmless;
  /** Private fields of `this`. */
  readonly fields: readonly string[];
  /** Variables whose value answers everything asked of it, and is a text where one is wanted. */
  readonly answering: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();
const makes =
  /^(?:Weak)?(?:Map|Set)$|^(?:Array|Object|Date|ArrayBuffer|RegExp|AbortController|EventTarget|URLSearchParams)$|^(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array$|Error$/;
const calls = new Set(["Symbol", "Date.now", "performance.now", "Object.create", "Object.freeze", "BigInt", "Array", "Symbol.for"]);

export function isHarmless(
  expression: Expression,
  noted: Harmless,
  fields: readonly string[],
  answering: ReadonlySet<string> = nothing,
): boolean {
  return isQuiet(expression, { noted, fields, answering });
}

function isQuiet(node: Node, terms: Terms): boolean {
  switch (node?.type) {
    case undefined:
    case "Literal":
    case "ThisExpression":
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return true;
    case "Identifier":
      if (!terms.answering.has(node.name)) terms.noted.reads.add(node.name);
      return true;
    case "ArrayExpression":
      return node.elements.every((each) => (each?.type === "SpreadElement" ? answers(each.argument, terms) : isQuiet(each, terms)));
    case "ObjectExpression":
      return node.properties.every((property) => property.type === "Property" && isQuietProperty(property, terms));
    case "ConditionalExpression":
      return [node.test, node.consequent, node.alternate].every((part) => isQuiet(part, terms));
    case "LogicalExpression":
      return isQuiet(node.left, terms) && isQuiet(node.right, terms);
    default:
      return node !== null && (isQuietMember(node, terms) || isQuietCall(node, terms) || isPrimitive(node, terms));
  }
}

function isQuietProperty({ computed, key, value }: Property, terms: Terms): boolean {
  return (!computed || key.type === "Literal") && isQuiet(value, terms);
}

/** `this.#field`, `Number.MAX_VALUE`, what is below a variable that answers. */
function isQuietMember(node: NonNullable<Node>, terms: Terms): boolean {
  if (node.type === "ChainExpression") return isQuietMember(node.expression, terms) || isQuietCall(node.expression, terms);
  if (node.type !== "MemberExpression") return false;
  const { object, property, computed } = node;
  if (object.type === "ThisExpression") return property.type === "PrivateIdentifier" && terms.fields.includes(`#${property.name}`);
  if (answers(object, terms)) return !computed || isPrimitive(property, terms);
  return !computed && constant(node, terms);
}

const constants = /^(?:Math\.[A-Z]|Number\.[A-Z]|Symbol\.[a-z])/;

function constant(node: Node, { noted }: Terms): boolean {
  const path = pathOf(node);
  if (path === undefined || !constants.test(path)) return false;
  noted.globals.add(path.slice(0, path.indexOf(".")));
  return true;
}

function answers(node: Node, terms: Terms): boolean {
  if (node?.type === "Identifier") return terms.answering.has(node.name);
  if (node?.type === "ChainExpression") return answers(node.expression, terms);
  if (node?.type === "MemberExpression") return answers(node.object, terms) && isQuietMember(node, terms);
  return node?.type === "CallExpression" && answers(node.callee, terms) && node.arguments.every((each) => isQuiet(each, terms));
}

function pathOf(node: Node): string | undefined {
  if (node?.type === "Identifier") return node.name;
  if (node?.type !== "MemberExpression" || node.computed || node.object.type !== "Identifier") return undefined;
  return node.property.type === "Identifier" ? `${node.object.name}.${node.property.name}` : undefined;
}

function isQuietCall(node: NonNullable<Node>, terms: Terms): boolean {
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return false;
  if (answers(node, terms) || isFilledArray(node, terms)) return true;
  const path = pathOf(node.callee);
  if (path === undefined || !(node.type === "NewExpression" ? makes.test(path) : calls.has(path))) return false;
  const [root = ""] = path.split(".");
  terms.noted.globals.add(root);
  return node.arguments.every((each) => isPrimitive(each, terms) || (isFresh(each) && isQuiet(each, terms)));
}

/** `new Array(10).fill(0)` */
function isFilledArray({ callee, arguments: args }: { readonly callee: Node; readonly arguments: readonly Node[] }, terms: Terms): boolean {
  if (callee?.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return false;
  const { object } = callee;
  if ((object.type !== "NewExpression" && object.type !== "CallExpression") || pathOf(object.callee) !== "Array") return false;
  return callee.property.name === "fill" && isQuiet(object, terms) && args.every((each) => isPrimitive(each, terms));
}

function isFresh(node: Node): boolean {
  return node?.type === "ArrayExpression" || node?.type === "ObjectExpression";
}

/** Its value is no object, or one that is turned into a text without asking anybody. */
function isPrimitive(node: Node, terms: Terms): boolean {
  switch (node?.type) {
    case "Literal":
      return !("regex" in node && node.regex !== undefined);
    case "TemplateLiteral":
      return node.expressions.every((each) => isPrimitive(each, terms));
    case "UnaryExpression":
      return node.operator !== "delete" && isPrimitive(node.argument, terms);
    case "BinaryExpression":
      return !["in", "instanceof"].includes(node.operator) && isPrimitive(node.left, terms) && isPrimitive(node.right, terms);
    case "ConditionalExpression":
      return [node.test, node.consequent, node.alternate].every((part) => isPrimitive(part, terms));
    case "Identifier":
      return ["undefined", "NaN", "Infinity"].includes(node.name) || terms.answering.has(node.name);
    default:
      return constant(node ?? null, terms) || answers(node ?? null, terms);
  }
}
