/**
 * Which expressions are an *index*: their value is no text and no object, so that `array[value]` is an element or
 * nothing. Numbers, above all; anything else could be the word "buffer".
 */

import type { AnyNode, CallExpression, Expression, Identifier, MemberExpression } from "acorn";
import type { AnyFunction } from "../functions.ts";
import type { Binding } from "../Scope.ts";
import { byType, type ByType } from "./byType.ts";
import { isFunction, type Code } from "./Code.ts";
import type { Condition } from "./Condition.ts";
import { freeName, propertyName } from "./passage.ts";
import { numberFunctions, numberMethods, isOfNumbers, sizes, typedArrays, typedResults } from "./vocabulary.ts";

/** What is assumed of the parts: asked for each binding, each local function's results, and each condition on a free name. */
export interface Assumptions {
  readonly code: Code;
  readonly binding: (binding: Binding) => boolean;
  readonly results: (fn: AnyFunction) => boolean;
  readonly condition: (condition: Condition) => boolean;
}

const always = (): boolean => true;

const judges: ByType<[given: Assumptions], boolean> = {
  Literal: ({ value }) => typeof value !== "string",
  UpdateExpression: always,
  UnaryExpression: always, // no property is named by a type
  // What is joined to a number is a number, or a text that no property is named by.
  BinaryExpression: ({ operator, left, right }, given) =>
    operator !== "+" || (left.type !== "PrivateIdentifier" && isIndex(left, given)) || isIndex(right, given),
  LogicalExpression: ({ left, right }, given) => isIndex(left, given) && isIndex(right, given),
  ConditionalExpression: ({ consequent, alternate }, given) => isIndex(consequent, given) && isIndex(alternate, given),
  SequenceExpression: ({ expressions }, given) => isIndex(expressions.at(-1), given),
  ChainExpression: ({ expression }, given) => isIndex(expression, given),
  AssignmentExpression: ({ operator, right }, given) => isArithmetic(operator) || (/^\+?=$/.test(operator) && isIndex(right, given)),
  Identifier(node, given) {
    const binding = given.code.bindingOf(node);
    return binding === undefined ? given.condition({ type: "index", name: node.name }) : given.binding(binding);
  },
  MemberExpression: isIndexMember,
  CallExpression: isIndexCall,
};

export function isIndex(node: AnyNode | undefined, given: Assumptions): boolean {
  return byType(judges, node, given) === true;
}

/** Operators of assignment and of expressions that give numbers, whatever they are given. */
export function isArithmetic(operator: string): boolean {
  return /^(?:[-*/%&|^]|\*\*|<<|>>>?)=?$/.test(operator);
}

function isIndexMember(node: MemberExpression, given: Assumptions): boolean {
  const name = propertyName(node);
  if (name === undefined) return node.computed && isTyped(node.object, given) && isIndex(node.property, given);
  return sizes.has(name) || isNumberMember(node, name, given);
}

/** `Math.PI`, `Math.floor`, … */
function isNumberMember(node: MemberExpression, member: string, given: Assumptions): boolean {
  const name = freeName(node.object, given.code);
  return name !== undefined && isOfNumbers(name, member) && given.condition({ type: "global", name });
}

function isIndexCall({ callee }: CallExpression, given: Assumptions): boolean {
  const fn = callee.type === "SequenceExpression" ? callee.expressions.at(-1) : callee;
  if (isFunction(fn)) return given.results(fn);
  if (fn?.type === "Identifier") return isIndexFunction(fn, given);
  return fn?.type === "MemberExpression" && isIndexMethod(fn, given);
}

function isIndexFunction(callee: Identifier, { code, condition, results }: Assumptions): boolean {
  const { name } = callee;
  const binding = code.bindingOf(callee);
  const fn = binding && code.functionOf(binding);
  if (binding === undefined && numberFunctions.has(name)) return condition({ type: "global", name });
  // The name of the whole function may be that of the variable around it.
  if (binding === undefined || fn === code.root) return condition({ type: "returns", name, member: undefined });
  return fn !== undefined && results(fn);
}

function isIndexMethod(callee: MemberExpression, given: Assumptions): boolean {
  const member = propertyName(callee);
  if (member === undefined) return false;
  if (isNumberMember(callee, member, given) || numberMethods.has(member)) return true;
  if (member === "at" && isTyped(callee.object, given)) return true;
  const name = freeName(callee.object, given.code);
  return name !== undefined && given.condition({ type: "returns", name, member });
}

/** Whether an expression is a typed array. */
export function isTyped(node: AnyNode, given: Assumptions): boolean {
  const { code } = given;
  if (node.type === "Identifier") {
    const binding = code.bindingOf(node);
    if (binding === undefined) return given.condition({ type: "typedArray", name: node.name });
    const declarator = declaratorOf(binding, code);
    return declarator !== undefined && isTyped(declarator, given);
  }
  if (node.type === "NewExpression") return isTypedClass(node.callee, given);
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { object } = node.callee;
  const name = propertyName(node.callee) ?? "";
  if (name === "from" || name === "of") return isTypedClass(object, given);
  return typedResults.has(name) && isTyped(object, given);
}

export function isTypedClass(node: AnyNode, given: Assumptions): boolean {
  const name = freeName(node, given.code);
  return name !== undefined && typedArrays.has(name) && given.condition({ type: "global", name });
}

/** What a binding always stands for. */
function declaratorOf(binding: Binding, code: Code): Expression | undefined {
  const name = code.declarationOf(binding);
  const parent = name && code.parentOf(name);
  if (binding.assigned || code.isSplit(binding) || parent?.type !== "VariableDeclarator" || parent.id !== name) return undefined;
  return parent.init ?? undefined;
}
