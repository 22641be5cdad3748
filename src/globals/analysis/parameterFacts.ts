/**
 * Whether a call of a function can be stopped before it evaluates anything of the user's. V8 stops where its bytecode first has a place for
 * that. The call gets arguments that answer everything (`codec/answer`): patterns find what they look for, and no default is wanted.
 * Left are defaults that have such a place (it would come first, and never be reached), and what is worked out in any case.
 */

import type { ArrayPattern, BlockStatement, Expression, ObjectPattern, Pattern, Property } from "acorn";
import { mostElements } from "../../codec/answer.ts";
import { classBeforeStop, hasStop, misplacedChain } from "./stops.ts";
import type { ParsedFunction } from "./parseFunction.ts";
import type { Range } from "./Scope.ts";

/** Of a class, those of its constructor. */
export interface ParameterFacts {
  /** What `length` is. */
  readonly length: number;
  /** What stands in the way of stopping a call. */
  readonly obstacle: Obstacle | undefined;
  /** A call to be stopped takes so many arguments that answer everything. */
  readonly answers: number;
  /** Patterns take arrays of the function's own realm apart: those of rest elements. */
  readonly iterates: boolean;
  /** Variables from outside that are keys in patterns: they must hold texts, numbers or symbols. */
  readonly keys: readonly string[];
}

export interface Obstacle {
  readonly type: "default" | "key" | "rest" | "class" | "chain";
  /** The code. */
  readonly text: string;
}

interface Found extends Range {
  readonly type: Obstacle["type"];
}

interface Reading {
  readonly keys: Set<string>;
  iterates: boolean;
}

const none: ParameterFacts = { length: 0, obstacle: undefined, answers: 0, iterates: false, keys: [] };

/** `textOf` gives the text of a part. `isFree`: whether a name comes from outside. */
export function parameterFacts(
  node: ParsedFunction["node"],
  textOf: (range: Range) => string,
  isFree: (name: string) => boolean,
): ParameterFacts {
  if (node.type === "ClassExpression") {
    const constructor = node.body.body.find((element) => element.type === "MethodDefinition" && element.kind === "constructor");
    return constructor?.type === "MethodDefinition" ? parameterFacts(constructor.value, textOf, isFree) : none;
  }
  const { params, body } = node;
  const stop = params.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  const reading: Reading = { keys: new Set(), iterates: false };
  const found = first(params, (param) => look(param, "answer", reading)) ?? lookAtBody(body, textOf(body));
  const own = [...reading.keys].find((name) => !isFree(name));
  const obstacle = found ?? (own === undefined ? undefined : { type: "key" as const, text: own });
  return {
    length: stop < 0 ? params.length : stop,
    obstacle: obstacle && { type: obstacle.type, text: "text" in obstacle ? obstacle.text : textOf(obstacle) },
    answers: answersFor(params),
    iterates: reading.iterates,
    keys: [...reading.keys],
  };
}

function lookAtBody(body: BlockStatement | Expression, text: string): Found | undefined {
  const declared = body.type === "BlockStatement" ? classBeforeStop(body.body) : undefined;
  if (declared !== undefined) return { ...range(declared), type: "class" };
  const chain = text.includes("?.") ? misplacedChain(body) : undefined;
  return chain && { ...range(chain), type: "chain" };
}

function answersFor(params: readonly Pattern[]): number {
  const last = params.at(-1);
  const plain = params.findLastIndex(({ type }) => type !== "Identifier" && type !== "RestElement") + 1;
  const rest = last?.type === "RestElement" ? elementsOf(last.argument) : 0;
  return rest === 0 ? plain : params.length - 1 + rest;
}

/** How many elements a pattern takes from an array. */
function elementsOf(pattern: Pattern): number {
  if (pattern.type !== "ArrayPattern") return 0;
  return pattern.elements.reduce((sum, element) => sum + (element?.type === "RestElement" ? elementsOf(element.argument) : 1), 0);
}

/** What stands in the way in a pattern that is given something that answers, or an array of answers. */
function look(pattern: Pattern, given: "answer" | "array", reading: Reading): Found | undefined {
  switch (pattern.type) {
    case "Identifier":
    case "MemberExpression": // not in parameters
      return undefined;
    case "AssignmentPattern":
      if (hasStop(pattern.right)) return { ...range(pattern.right), type: "default" };
      return look(pattern.left, given, reading);
    case "RestElement":
      return look(pattern.argument, "array", reading);
    case "ArrayPattern":
      return lookAtElements(pattern, given, reading);
    case "ObjectPattern":
      return lookAtProperties(pattern, given, reading);
  }
}

function lookAtElements(pattern: ArrayPattern, given: "answer" | "array", reading: Reading): Found | undefined {
  if (elementsOf(pattern) > mostElements) return { ...range(pattern), type: "rest" };
  reading.iterates ||= given === "array";
  return first(pattern.elements, (element) => (element === null ? undefined : look(element, "answer", reading)));
}

function lookAtProperties(pattern: ObjectPattern, given: "answer" | "array", reading: Reading): Found | undefined {
  // An array has a length of its own; other keys may lead to its prototypes.
  if (given === "array" && !pattern.properties.every(isLength)) return { ...range(pattern), type: "rest" };
  return first(pattern.properties, (property) => {
    if (property.type === "RestElement") return undefined; // nothing is left
    if (property.computed && !isKey(property.key, reading)) return { ...range(property.key), type: "key" };
    return look(property.value, "answer", reading);
  });
}

function isLength(property: ObjectPattern["properties"][number]): boolean {
  if (property.type === "RestElement" || property.computed || property.key.type !== "Identifier") return false;
  return property.key.name === "length" && property.value.type === "Identifier";
}

function isKey(key: Property["key"], { keys }: Reading): boolean {
  if (key.type === "Identifier") keys.add(key.name);
  return key.type === "Identifier" || key.type === "Literal" || (key.type === "TemplateLiteral" && key.expressions.length === 0);
}

function range({ start, end }: Range): Range {
  return { start, end };
}

function first<T>(items: readonly T[], find: (item: T) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
