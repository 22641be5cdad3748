/**
 * Where V8 can stop in a piece of code: at calls, and at the beginning of most statements. Measured with `Debugger.getPossibleBreakpoints` of
 * Node 20 to 26. What is not known to have no such place counts as having one, and the other way round for statements.
 */

import type { AnyNode, Class, Statement } from "acorn";
import { childrenOf } from "./walkTree.ts";

/** Whether V8 may stop somewhere in an expression. */
export function hasStop(node: AnyNode): boolean {
  if (isFunction(node)) return false;
  return !passed.has(node.type) || childrenOf(node).some(hasStop);
}

const passed: ReadonlySet<string> = new Set<AnyNode["type"]>([
  "Literal",
  "Identifier",
  "PrivateIdentifier",
  "ThisExpression",
  "Super",
  "MetaProperty",
  "TemplateLiteral",
  "TemplateElement",
  "UnaryExpression",
  "BinaryExpression",
  "LogicalExpression",
  "ConditionalExpression",
  "MemberExpression",
  "ChainExpression",
  "ArrayExpression",
  "ObjectExpression",
  "Property",
]);

/** A class declaration that runs code of the user's, and may do so before V8 can stop at a statement. */
export function classBeforeStop(statements: readonly Statement[]): Class | undefined {
  for (const statement of statements) {
    if (isStop(statement)) return undefined;
    const found = classIn(statement);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** V8 drops statements that do nothing, and tests that are known. */
function isStop(statement: Statement): boolean {
  if (statement.type === "ExpressionStatement") return stopping.has(statement.expression.type);
  if (statement.type === "VariableDeclaration") return statement.kind !== "var" || statement.declarations.some(({ init }) => Boolean(init));
  return stopping.has(statement.type);
}

const stopping: ReadonlySet<string> = new Set<AnyNode["type"]>([
  "ReturnStatement",
  "ThrowStatement",
  "ForInStatement",
  "ForOfStatement",
  "CallExpression",
  "NewExpression",
  "AssignmentExpression",
  "UpdateExpression",
  "AwaitExpression",
]);

function classIn(node: AnyNode): Class | undefined {
  if (node.type === "ClassDeclaration") return runsCode(node) ? node : undefined;
  if (node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression")
    return undefined;
  for (const child of childrenOf(node)) {
    const found = classIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether declaring it does more than making it. */
function runsCode({ superClass, body }: Class): boolean {
  return (
    Boolean(superClass) ||
    body.body.some(
      (element) => element.type === "StaticBlock" || element.computed || (element.static && element.type === "PropertyDefinition"),
    )
  );
}

/**
 * An optional chain where V8 stops at the expression itself: it takes a chain to stand at the beginning of the script, which comes before
 * everything, so that it would be found in place of the beginning.
 */
export function misplacedChain(node: AnyNode): AnyNode | undefined {
  const own = stepsOf(node).find((step) => step?.type === "ChainExpression");
  if (own) return own;
  for (const child of childrenOf(node)) {
    const found = isFunction(child) ? undefined : misplacedChain(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stepsOf(node: AnyNode): readonly (AnyNode | null | undefined)[] {
  if (node.type === "WhileStatement" || node.type === "DoWhileStatement") return [node.test];
  if (node.type === "ForStatement") return [node.test, node.update];
  if (node.type === "ForInStatement" || node.type === "ForOfStatement") return [node.right];
  if (node.type === "SequenceExpression") return node.expressions;
  return node.type === "MethodDefinition" || node.type === "PropertyDefinition" ? [node.key] : [];
}

function isFunction({ type }: AnyNode): boolean {
  return type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
}
