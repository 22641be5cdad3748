/** Where the values of a local variable come from: its initialiser, assignments, the elements of a loop, the arguments of calls. */

import type { AnyNode, CallExpression, Expression, Identifier, SpreadElement, VariableDeclarator } from "acorn";
import type { AnyFunction } from "../functions.ts";
import type { Binding } from "../Scope.ts";
import { byType, type ByType } from "./byType.ts";
import { isFunction } from "./Code.ts";
import { isArithmetic, isIndex, isTyped, isTypedClass, type Assumptions } from "./judgeIndex.ts";
import { freeName, propertyName } from "./passage.ts";
import { indexers } from "./vocabulary.ts";

/** Whether all that a variable ever holds is an index; `undefined` is one. */
export function holdsIndices(binding: Binding, given: Assumptions): boolean {
  const { kind } = binding;
  if (given.code.isSplit(binding)) return false;
  if (kind === "param" ? !isGivenIndices(binding, given) : kind !== "const" && kind !== "let" && kind !== "var") return false;
  return given.code.usesOf(binding).every(({ node, use }) => use === "read" || use === "typeof" || isGivenIndex(node, given));
}

const sources: ByType<[node: Identifier, given: Assumptions], boolean> = {
  UpdateExpression: () => true,
  AssignmentExpression: ({ left, operator, right }, node, given) => left === node && (isArithmetic(operator) || isIndex(right, given)),
  ForOfStatement: ({ left, right }, node, given) => left === node && hasIndices(right, given),
  VariableDeclarator: (declarator, node, given) =>
    declarator.init ? declarator.id === node && isIndex(declarator.init, given) : isLoopOverIndices(declarator, given),
};

/** Whether this use of a variable gives it an index. */
function isGivenIndex(node: Identifier, given: Assumptions): boolean {
  return byType(sources, given.code.parentOf(node), node, given) === true;
}

function isLoopOverIndices(declarator: VariableDeclarator, given: Assumptions): boolean {
  const declaration = given.code.parentOf(declarator);
  const loop = declaration && given.code.parentOf(declaration);
  return loop?.type === "ForOfStatement" && loop.left === declaration && hasIndices(loop.right, given);
}

/** Whether what an expression iterates over are indices. */
function hasIndices(node: AnyNode, given: Assumptions): boolean {
  if (node.type === "ArrayExpression") return node.elements.every((element) => element === null || isIndex(element, given));
  const callee = node.type === "CallExpression" ? node.callee : undefined;
  const isKeys = callee?.type === "MemberExpression" && propertyName(callee) === "keys";
  return isTyped(isKeys ? callee.object : node, given);
}

/** Whether every call gives a parameter an index. */
function isGivenIndices(binding: Binding, given: Assumptions): boolean {
  const { code } = given;
  const name = code.declarationOf(binding);
  const fn = name && code.parentOf(name);
  if (name === undefined || !isFunction(fn) || code.scopeOf(fn)?.bindings.has("arguments") === true) return false;
  const position = fn.params.indexOf(name);
  if (position < 0 || code.callsItself(fn)) return false;
  const call = code.parentOf(fn);
  if (call?.type === "CallExpression" && call.callee !== fn) return isCalledBack(call, fn, position, given);
  return code.callsOf(fn)?.every((one) => isArgumentIndex(one, position, given)) === true;
}

/** Whether an array's method, or `from`, calls the function with an index at `position`. */
function isCalledBack({ callee, arguments: args }: CallExpression, fn: AnyFunction, position: number, given: Assumptions): boolean {
  if (callee.type !== "MemberExpression") return false;
  const { object } = callee;
  const name = propertyName(callee) ?? "";
  if (name === "from") return args[1] === fn && isArrayClass(object, given) && (position === 1 || isIndexSource(args[0], given));
  return args[0] === fn && isElementOrIndex(name, position, () => isTyped(object, given));
}

/** Of a method's callback. Whose elements are no indices may still give indices beside them. */
function isElementOrIndex(method: string, position: number, ofTypedArray: () => boolean): boolean {
  const element = method.startsWith("reduce") ? 1 : 0;
  const isIndexer = indexers.has(method);
  if (position === element + 1 && isIndexer) return true;
  return (position === element || position === element + 1) && (isIndexer || method === "forEach") && ofTypedArray();
}

function isArrayClass(node: AnyNode, given: Assumptions): boolean {
  if (freeName(node, given.code) === "Array") return given.condition({ type: "global", name: "Array" });
  return isTypedClass(node, given);
}

/** Whether `from` takes indices from it: from a typed array, or `{ length }`, which gives `undefined`. */
function isIndexSource(node: Expression | SpreadElement | undefined, given: Assumptions): boolean {
  if (node === undefined || node.type === "SpreadElement") return false;
  if (node.type !== "ObjectExpression") return hasIndices(node, given);
  return node.properties.every((property) => property.type === "Property" && !property.computed && isLength(property.key));
}

function isLength(key: Expression): boolean {
  return key.type === "Identifier" && key.name === "length";
}

function isArgumentIndex({ arguments: args }: CallExpression, position: number, given: Assumptions): boolean {
  const upTo = args.slice(0, position + 1);
  if (upTo.some(({ type }) => type === "SpreadElement")) return false;
  const argument = upTo[position];
  return argument === undefined || isIndex(argument, given);
}
