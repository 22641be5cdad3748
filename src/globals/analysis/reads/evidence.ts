/**
 * Variables whose values come from outside are taken for numbers if the code treats them as such: it calculates with
 * them or compares them with numbers, and nowhere treats them as text or object. No proof, but who calls `k - 1` a number
 * does not mean the word "buffer" by `k`.
 */

import type { AnyNode, Identifier } from "acorn";
import type { Binding } from "../Scope.ts";
import { byType, type ByType } from "./byType.ts";
import { isArithmetic, isIndex, type Assumptions } from "./judgeIndex.ts";

type Evidence = "number" | "other" | undefined;

/** Whether there is evidence for numbers and none against them. */
export function looksLikeIndex(binding: Binding, given: Assumptions): boolean {
  const evidence = given.code.usesOf(binding).map(({ node }) => byType(evidences, given.code.parentOf(node), node, given));
  return evidence.includes("number") && !evidence.includes("other");
}

const evidences: ByType<[node: Identifier, given: Assumptions], Evidence> = {
  UpdateExpression: () => "number",
  UnaryExpression: ({ operator }) => (/^[-+~]$/.test(operator) ? "number" : operator === "typeof" ? "other" : undefined),
  AssignmentExpression: ({ operator }) => (isArithmetic(operator) ? "number" : undefined),
  MemberExpression: ({ object }, node) => (object === node ? "other" : undefined),
  BinaryExpression: ({ operator, left, right }, node, given) => ofOperator(operator, left === node ? right : left, given),
};

/** `-` makes numbers of texts, too, but nobody subtracts those. */
function ofOperator(operator: string, other: AnyNode, given: Assumptions): Evidence {
  if (isArithmetic(operator)) return "number";
  const literal = other.type === "Literal" ? typeof other.value : undefined;
  if (literal === "number") return "number";
  if (literal === "string") return operator === "+" ? undefined : "other";
  if (/^[<>]=?$/.test(operator)) return isIndex(other, given) ? "number" : undefined;
  return operator === "in" || operator === "instanceof" ? "other" : undefined;
}
