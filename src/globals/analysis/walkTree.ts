/** One pass over a syntax tree that builds its scopes and notes all uses of names; `resolve` then links the two. */

import type { AnyNode } from "acorn";
import { expressions } from "./expressions.ts";
import { functions } from "./functions.ts";
import type { Scope } from "./Scope.ts";
import { statements } from "./statements.ts";
import type { Handler, Handlers, Walk } from "./Walk.ts";

const handlers: Handlers = { ...expressions, ...statements, ...functions };

/** Walks `root`, whose scopes become children of `scope`. `shift` is the length of what was put before the text. */
export function walkTree(root: AnyNode, scope: Scope, shift: number): Walk {
  const walk: Walk = {
    shift,
    references: [],
    blockFunctions: [],
    privateUses: [],
    importMeta: [],
    evals: [],
    statementStarts: new Set(),
    dynamicImport: false,
    sloppyThis: false,
    visit(node, inner) {
      const handler = handlers[node.type] as Handler<AnyNode> | undefined; // the table pairs each type with its own handler
      if (handler === undefined) for (const child of childrenOf(node)) walk.visit(child, inner);
      else handler(node, inner, walk);
    },
  };
  walk.visit(root, scope);
  return walk;
}

/** The nodes directly below one, in the order of the text. */
export function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value;
}
