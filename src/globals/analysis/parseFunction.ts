/**
 * Parses what `Function.prototype.toString` gives: an expression, or a method, which is one only inside an object
 * or class. The ways are tried from the commonest to the rarest; a reading counts only if it covers the whole text.
 */

import type { ArrowFunctionExpression, ClassExpression, Expression, FunctionExpression, MethodDefinition, Options, Property } from "acorn";
import { loadAcorn } from "../../platform/acorn.ts";
import { UnparsableFunction } from "./UnparsableFunction.ts";

/** How a text becomes part of an expression: `(text)`, `({ text })` or `(class { text })`. */
export type Wrap = "expression" | "objectMember" | "classMember";

export type Member = Property | MethodDefinition;

export interface ParsedFunction {
  readonly node: ArrowFunctionExpression | FunctionExpression | ClassExpression;
  readonly wrap: Wrap;
  /** The method that `node` is the value of. */
  readonly member: Member | undefined;
  /** The parser's offsets minus this are offsets in the text. */
  readonly shift: number;
}

interface Way {
  readonly wrap: Wrap;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly options: Partial<Options>;
}

/** The last two read what only its surroundings make legal: `super` in arrows, `await` in a class's heritage. */
const ways: readonly Way[] = [
  { wrap: "expression", title: "as an expression", before: "", after: "", options: {} },
  { wrap: "objectMember", title: "as a method of an object", before: "{", after: "}", options: {} },
  { wrap: "classMember", title: "as a method of a class", before: "class{", after: "}", options: {} },
  { wrap: "expression", title: "as an expression with super", before: "", after: "", options: { allowSuperOutsideMethod: true } },
  { wrap: "expression", title: "as a part of a module", before: "", after: "", options: { sourceType: "module" } },
];

/** Parses the text of a function or class; `strict` when the code around it is. Throws `UnparsableFunction`. */
export function parseFunction(text: string, strict: boolean): ParsedFunction {
  const failures: string[] = [];
  for (const way of ways) {
    const outcome = attempt(text, strict, way);
    if (typeof outcome !== "string") return outcome;
    failures.push(`${way.title}: ${outcome}`);
  }
  throw new UnparsableFunction(text, failures);
}

function attempt(text: string, strict: boolean, way: Way): ParsedFunction | string {
  const shift = way.before.length;
  let root: Expression;
  try {
    root = loadAcorn().parseExpressionAt(way.before + text + way.after, 0, {
      ecmaVersion: "latest",
      sourceType: "commonjs", // which allows new.target at the top
      strict,
      checkPrivateFields: false,
      allowImportExportEverywhere: true,
      ...way.options,
    });
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
  const member = way.wrap === "expression" ? undefined : onlyMember(root);
  const node = way.wrap === "expression" ? root : member?.value;
  if (!isFunction(node) || node.end !== shift + text.length) return "the text is not one function";
  return { node, wrap: way.wrap, member, shift };
}

function onlyMember(root: Expression): Member | undefined {
  if (root.type === "ObjectExpression") {
    const [first] = root.properties;
    return first?.type === "Property" && (first.method || first.kind !== "init") ? first : undefined;
  }
  if (root.type !== "ClassExpression") return undefined;
  const [first] = root.body.body;
  return first?.type === "MethodDefinition" ? first : undefined;
}

function isFunction(node: Expression | undefined): node is ParsedFunction["node"] {
  return node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression" || node?.type === "ClassExpression";
}
