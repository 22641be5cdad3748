/** Handlers for statements: blocks, loops, declarations, and the import and export forms of modules. */

import type { Expression, ForInStatement, ForOfStatement, Pattern, Statement, VariableDeclaration } from "acorn";
import { noteThis, visitMember } from "./expressions.ts";
import { visitStatements } from "./functions.ts";
import { staticKey, visitPattern } from "./patterns.ts";
import { Scope, type Use } from "./Scope.ts";
import { refer, type Handlers, type Walk } from "./Walk.ts";

const leaf = (): void => undefined;

export const statements: Handlers = {
  Program: (node, scope, walk) => visitStatements(node.body, scope, walk),
  BlockStatement: (node, scope, walk) => visitStatements(node.body, new Scope("block", node, scope), walk),
  LabeledStatement: (node, scope, walk) => walk.visit(node.body, scope),
  BreakStatement: leaf,
  ContinueStatement: leaf,

  IfStatement(node, scope, walk) {
    walk.visit(node.test, scope);
    visitBranch(node.consequent, scope, walk);
    if (node.alternate) visitBranch(node.alternate, scope, walk);
  },

  SwitchStatement(node, scope, walk) {
    walk.visit(node.discriminant, scope);
    const block = new Scope("block", node, scope);
    for (const { test, consequent } of node.cases) {
      if (test) walk.visit(test, block);
      visitStatements(consequent, block, walk);
    }
  },

  CatchClause(node, scope, walk) {
    const inner = new Scope("catch", node, scope);
    const { param } = node;
    if (param) {
      visitPattern(param, inner, walk, (target) => {
        if (target.type === "Identifier") inner.declare(target.name, "catch", target.start, param.type !== "Identifier");
      });
    }
    walk.visit(node.body, inner);
  },

  WhileStatement(node, scope, walk) {
    walk.visit(node.test, scope);
    walk.visit(node.body, new Scope("loop", node, scope));
  },

  DoWhileStatement(node, scope, walk) {
    walk.visit(node.body, new Scope("loop", node, scope));
    walk.visit(node.test, scope);
  },

  ForStatement(node, scope, walk) {
    const loop = new Scope("loop", node, scope);
    for (const part of [node.init, node.test, node.update, node.body]) if (part) walk.visit(part, loop);
  },

  ForInStatement: visitForEach,
  ForOfStatement: visitForEach,

  VariableDeclaration(node, scope, walk) {
    const use = node.kind === "var" && isInLoop(scope) ? "write" : "init";
    for (const { id, init } of node.declarations) {
      declareVariables(node, id, scope, walk, init ? use : undefined);
      if (init) visitInitialiser(id, init, scope, walk);
    }
  },

  ImportDeclaration(node, scope) {
    for (const { local } of node.specifiers) scope.declare(local.name, "import", local.start, true);
  },

  ExportNamedDeclaration(node, scope, walk) {
    if (node.declaration) walk.visit(node.declaration, scope);
    if (node.source) return;
    for (const { local } of node.specifiers) walk.visit(local, scope);
  },

  ExportAllDeclaration: leaf,
};

/** A function declared directly under `if` (sloppy code only) stands as if in a block. */
function visitBranch(branch: Statement, scope: Scope, walk: Walk): void {
  walk.visit(branch, branch.type === "FunctionDeclaration" ? new Scope("block", branch, scope) : scope);
}

function visitForEach(node: ForInStatement | ForOfStatement, scope: Scope, walk: Walk): void {
  const loop = new Scope("loop", node, scope);
  const { left } = node;
  if (left.type === "VariableDeclaration") {
    const use = left.kind === "var" ? "write" : "init";
    for (const { id, init } of left.declarations) {
      declareVariables(left, id, loop, walk, use);
      if (init) walk.visit(init, loop);
    }
  } else {
    visitPattern(left, loop, walk, (target, place) => {
      if (target.type === "Identifier") refer(walk, loop, target, "write", place);
      else visitMember(target, loop, walk, true);
    });
  }
  walk.visit(node.right, loop);
  walk.visit(node.body, loop);
}

function declareVariables(declaration: VariableDeclaration, id: Pattern, scope: Scope, walk: Walk, use: Use | undefined): void {
  const { kind } = declaration;
  visitPattern(id, scope, walk, (target, place) => {
    if (target.type !== "Identifier") return;
    if (kind === "var") scope.vars.declare(target.name, kind, target.start, false);
    else scope.declare(target.name, kind === "let" ? kind : "const", target.start, true);
    if (use !== undefined) refer(walk, scope, target, use, place);
  });
}

/** In `const { a, b } = value` nothing but these properties of the value is read. */
function visitInitialiser(id: Pattern, init: Expression, scope: Scope, walk: Walk): void {
  const members = keysOfPattern(id);
  if (members !== undefined && init.type === "Identifier") refer(walk, scope, init, "read", "plain", members);
  else if (members !== undefined && init.type === "ThisExpression") noteThis(scope, walk, members);
  else walk.visit(init, scope);
}

/** `undefined`: not known, or all. */
function keysOfPattern(pattern: Pattern): readonly string[] | undefined {
  if (pattern.type !== "ObjectPattern") return undefined;
  const keys: string[] = [];
  for (const property of pattern.properties) {
    const key = property.type === "RestElement" ? undefined : staticKey(property);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

function isInLoop(scope: Scope): boolean {
  for (let inner = scope; inner !== scope.vars && inner.parent !== undefined; inner = inner.parent) {
    if (inner.kind === "loop") return true;
  }
  return false;
}
