/**
 * The variables around a function that its code writes for others to see, and where it first does. A cache is for itself, and may
 * be lost: `x ??= …`, `x ||= …`, and plain assignments of what the code also finds empty, as in `if (!x) x = …`.
 */

import type { AnyNode, Identifier } from "acorn";
import { parseFunction } from "./parseFunction.ts";
import { resolve } from "./resolve.ts";
import { Scope } from "./Scope.ts";
import { childrenOf, walkTree } from "./walkTree.ts";

/** Name → offset in the text. `strict` as in `analyseFunction`. Nothing is found in what is nested too deeply. */
export function lossyWrites(text: string, strict: boolean): ReadonlyMap<string, number> {
  try {
    return find(text, strict);
  } catch (error) {
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

function find(text: string, strict: boolean): ReadonlyMap<string, number> {
  const { node, shift } = parseFunction(text, strict);
  const free = resolve(walkTree(node, new Scope("outside", node, undefined, { strict }), shift));
  const places = new Set(free.map(({ start }) => start + shift));
  const found = new WritesFound((target) => places.has(target.start));
  found.visit(node);
  return new Map(found.result().map(({ name, start }) => [name, start - shift]));
}

class WritesFound {
  readonly #isFree: (target: Identifier) => boolean;
  readonly #sums: Identifier[] = [];
  readonly #plain: Identifier[] = [];
  /** Names that the code finds empty, or not. */
  readonly #tested = new Set<string>();

  constructor(isFree: (target: Identifier) => boolean) {
    this.#isFree = isFree;
  }

  /** The first of each name, in any order. */
  result(): readonly Identifier[] {
    const writes = [...this.#sums, ...this.#plain.filter(({ name }) => !this.#tested.has(name))];
    return writes.toSorted((a, b) => b.start - a.start); // of one name the last entry stays
  }

  visit(node: AnyNode): void {
    if (node.type === "UpdateExpression") this.#note(this.#sums, node.argument);
    else if (node.type === "AssignmentExpression") this.#assignment(node);
    else if (node.type === "ForInStatement" || node.type === "ForOfStatement") this.#targets(node.left);
    else for (const tested of testedBy(node)) if (tested.type === "Identifier") this.#tested.add(tested.name);
    for (const child of childrenOf(node)) this.visit(child);
  }

  #assignment({ operator, left, right }: Extract<AnyNode, { type: "AssignmentExpression" }>): void {
    if (operator === "=" && left.type === "Identifier" && names(unlessSet(right, left.name), left.name)) this.#note(this.#sums, left);
    else if (operator === "=") this.#targets(left);
    else if (!["??=", "||=", "&&="].includes(operator)) this.#note(this.#sums, left);
  }

  /** What a pattern assigns. */
  #targets(pattern: AnyNode): void {
    if (pattern.type === "Identifier") this.#note(this.#plain, pattern);
    else if (pattern.type === "ArrayPattern") for (const each of pattern.elements) if (each !== null) this.#targets(each);
    if (pattern.type === "ObjectPattern")
      for (const each of pattern.properties) this.#targets(each.type === "Property" ? each.value : each.argument);
    if (pattern.type === "AssignmentPattern") this.#targets(pattern.left);
    if (pattern.type === "RestElement") this.#targets(pattern.argument);
  }

  #note(list: Identifier[], target: AnyNode): void {
    if (target.type === "Identifier" && this.#isFree(target)) list.push(target);
  }
}

/** What a node asks whether it is empty. */
function testedBy(node: AnyNode): readonly AnyNode[] {
  if (node.type === "UnaryExpression" && (node.operator === "!" || node.operator === "typeof")) return [node.argument];
  if (node.type === "LogicalExpression") return [node.left];
  if (node.type === "IfStatement" || node.type === "ConditionalExpression") return [node.test];
  if (node.type !== "BinaryExpression" || !/^[!=]==?$/.test(node.operator)) return [];
  if (isNothing(node.right)) return [node.left];
  return isNothing(node.left) ? [node.right] : [];
}

function isNothing(node: AnyNode): boolean {
  return (
    (node.type === "Literal" && node.value === null && node.raw === "null") || (node.type === "Identifier" && node.name === "undefined")
  );
}

/** Of `x ?? …` and `x || …` what `x` is given where it is empty. */
function unlessSet(value: AnyNode, name: string): AnyNode {
  const asks = value.type === "LogicalExpression" && value.operator !== "&&";
  return asks && value.left.type === "Identifier" && value.left.name === name ? value.right : value;
}

/** Whether it uses a variable. */
function names(node: AnyNode, name: string): boolean {
  if (node.type === "Identifier") return node.name === name;
  if (node.type === "MemberExpression" && !node.computed) return names(node.object, name);
  if (node.type === "Property" && !node.computed) return names(node.value, name);
  return childrenOf(node).some((child) => names(child, name));
}
