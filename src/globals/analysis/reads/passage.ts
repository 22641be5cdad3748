/**
 * What the surroundings of an expression make of its value, as far as that is the same for any value: look at it, hand
 * it on as their own value, or something else.
 */

import type { AnyNode, Identifier, MemberExpression } from "acorn";
import { byType, type ByType } from "./byType.ts";
import type { Code } from "./Code.ts";

export type Passage = "looked at" | "handed on" | "taken";

const lookedAt = (): Passage => "looked at";
const when = (is: boolean, passage: Passage, otherwise: Passage): Passage => (is ? passage : otherwise);

const passages: ByType<[node: AnyNode, code: Code], Passage> = {
  ChainExpression: () => "handed on",
  ConditionalExpression: ({ test }, node) => when(test === node, "looked at", "handed on"),
  // Arrays are true: `array && x` is x.
  LogicalExpression: ({ operator, left }, node) => when(operator === "&&" && left === node, "looked at", "handed on"),
  SequenceExpression: ({ expressions }, node) => when(expressions.at(-1) === node, "handed on", "looked at"),
  BinaryExpression: ({ operator }) => when(operator === "instanceof", "taken", "looked at"),
  UnaryExpression: lookedAt,
  SpreadElement: lookedAt,
  TemplateLiteral: (parent, _node, code) => when(code.parentOf(parent)?.type === "TaggedTemplateExpression", "taken", "looked at"),
  MemberExpression: ({ property, computed }, node) => when(computed && property === node, "looked at", "taken"),
  AssignmentExpression: ({ operator, right }, node) =>
    when(right === node && operator !== "=" && !isLogicalAssignment(operator), "looked at", "taken"),
  YieldExpression: ({ delegate }) => when(delegate, "looked at", "taken"),
  ForInStatement: ({ right }, node) => when(right === node, "looked at", "taken"),
  ForOfStatement: ({ right }, node) => when(right === node, "looked at", "taken"),
  ForStatement: lookedAt,
  ExpressionStatement: lookedAt,
  IfStatement: lookedAt,
  WhileStatement: lookedAt,
  DoWhileStatement: lookedAt,
  SwitchStatement: lookedAt,
  SwitchCase: lookedAt,
};

export function passage(node: AnyNode, code: Code): Passage {
  return byType(passages, code.parentOf(node), node, code) ?? "taken";
}

function isLogicalAssignment(operator: string): boolean {
  return operator === "&&=" || operator === "||=" || operator === "??=";
}

const isLeft = ({ left }: { readonly left: AnyNode }, node: AnyNode): boolean => left === node;

const targets: ByType<[node: AnyNode, code: Code], boolean> = {
  AssignmentExpression: isLeft,
  AssignmentPattern: isLeft,
  ForInStatement: isLeft,
  ForOfStatement: isLeft,
  UpdateExpression: () => true,
  ArrayPattern: () => true,
  RestElement: () => true,
  UnaryExpression: ({ operator }) => operator === "delete",
  ChainExpression: (parent, _node, code) => isTarget(parent, code),
  Property: (parent, node, code) => code.parentOf(parent)?.type === "ObjectPattern" && parent.value === node,
};

/** Whether something is written to, or removed from, where this expression points. */
export function isTarget(node: AnyNode, code: Code): boolean {
  return byType(targets, code.parentOf(node), node, code) === true;
}

/** Whether an expression is what is called, constructed or used as a tag. */
export function isCalled(node: AnyNode, code: Code): boolean {
  const parent = code.parentOf(node);
  if (parent?.type === "TaggedTemplateExpression") return parent.tag === node;
  return (parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent.callee === node;
}

/** The name of a property that the text tells. */
export function propertyName({ property, computed }: MemberExpression): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined;
}

/** The name of something that the text does not declare. */
export function freeName(node: AnyNode | null | undefined, code: Code): string | undefined {
  return isFree(node, code) ? node.name : undefined;
}

function isFree(node: AnyNode | null | undefined, code: Code): node is Identifier {
  return node?.type === "Identifier" && code.bindingOf(node) === undefined;
}
