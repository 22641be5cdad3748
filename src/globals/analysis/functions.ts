/** Functions and classes: where scopes with parameters, a `this` and private names of their own begin. */

import type {
  AnonymousClassDeclaration,
  AnonymousFunctionDeclaration,
  ArrowFunctionExpression,
  ClassDeclaration,
  ClassExpression,
  Function as FunctionNode,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  ModuleDeclaration,
  Statement,
} from "acorn";
import { hasExpressions, visitPattern } from "./patterns.ts";
import { Scope } from "./Scope.ts";
import type { Handlers, Walk } from "./Walk.ts";

export type AnyFunction = ArrowFunctionExpression | FunctionExpression | FunctionDeclaration | AnonymousFunctionDeclaration;
export type AnyClass = ClassDeclaration | AnonymousClassDeclaration | ClassExpression;

export const functions: Handlers = {
  ArrowFunctionExpression: (node, scope, walk) => visitFunction(node, scope, walk),
  FunctionExpression: (node, scope, walk) => visitFunction(node, scope, walk),
  FunctionDeclaration(node, scope, walk) {
    if (node.id !== null) declareFunction(node, scope, walk);
    visitFunction(node, scope, walk);
  },
  ClassExpression: visitClass,
  ClassDeclaration(node, scope, walk) {
    if (node.id !== null) scope.declare(node.id.name, "class", node.id.start, true);
    visitClass(node, scope, walk);
  },
  MethodDefinition(node, scope, walk) {
    if (node.computed) walk.visit(node.key, scope);
    visitFunction(node.value, scope, walk, node.start);
  },
  PropertyDefinition(node, scope, walk) {
    if (node.computed) walk.visit(node.key, scope);
    if (node.value) walk.visit(node.value, new Scope("initialiser", node.value, scope, { ownsThis: true, holdsVars: true }));
  },
  StaticBlock(node, scope, walk) {
    visitStatements(node.body, new Scope("initialiser", node, scope, { ownsThis: true, holdsVars: true }), walk);
  },
};

function declareFunction(node: FunctionDeclaration, scope: Scope, walk: Walk): void {
  const { name, start } = node.id;
  const inBlock = scope.vars !== scope;
  scope.declare(name, "function", start, inBlock);
  if (inBlock && !scope.strict && !node.async && !node.generator) walk.blockFunctions.push({ name, scope, start });
}

/** Visits a function; `textStart` is where its text begins when it is a method. */
export function visitFunction(node: AnyFunction, scope: Scope, walk: Walk, textStart: number = node.start): void {
  const strict = scope.strict || isStrict(node);
  const named = node.type === "FunctionExpression" && node.id ? nameScope(node.id, node, scope) : scope;
  const ownsThis = node.type !== "ArrowFunctionExpression";
  const inner = new Scope("function", node, named, { strict, ownsThis, holdsVars: true, textStart });
  for (const param of node.params) {
    visitPattern(param, inner, walk, (target) => {
      if (target.type === "Identifier") inner.declare(target.name, "param", target.start, false);
    });
  }
  const body = node.params.some(hasExpressions) ? new Scope("body", node.body, inner, { holdsVars: true }) : inner;
  if (node.body.type === "BlockStatement") visitStatements(node.body.body, body, walk);
  else walk.visit(node.body, body);
}

function nameScope(id: Identifier, node: FunctionNode, scope: Scope): Scope {
  const own = new Scope("functionName", node, scope);
  own.declare(id.name, "functionName", id.start, false);
  return own;
}

function isStrict(node: FunctionNode): boolean {
  if (node.body.type !== "BlockStatement") return false;
  return hasUseStrict(node.body.body);
}

/** Whether statements begin with the directive "use strict". */
export function hasUseStrict(statements: readonly { readonly type: string; readonly directive?: string }[]): boolean {
  for (const statement of statements) {
    if (statement.directive === undefined) return false;
    if (statement.directive === "use strict") return true;
  }
  return false;
}

function visitClass(node: AnyClass, scope: Scope, walk: Walk): void {
  const inner = new Scope("class", node, scope, { strict: true });
  if (node.id) inner.declare(node.id.name, "class", node.id.start, true);
  if (node.superClass) walk.visit(node.superClass, inner);
  for (const element of node.body.body) {
    if (element.type !== "StaticBlock" && element.key.type === "PrivateIdentifier") inner.privates.add(element.key.name);
    walk.visit(element, inner);
  }
}

/** Visits a list of statements, noting where an expression that comes to begin with `(` would need a semicolon. */
export function visitStatements(statements: readonly (Statement | ModuleDeclaration)[], scope: Scope, walk: Walk): void {
  for (const statement of statements) {
    if (statement.type === "ExpressionStatement") walk.statementStarts.add(statement.start);
    walk.visit(statement, scope);
  }
}
