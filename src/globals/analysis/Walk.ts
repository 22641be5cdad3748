/** What one pass over a syntax tree collects, and the shape of the handlers that collect it. */

import type { AnyNode, Identifier } from "acorn";
import type { Place, Range, Reference, Scope, Use } from "./Scope.ts";

/** One `import.meta`; `member` tells the property read from it and where that expression ends. */
export interface ImportMeta extends Range {
  readonly member: { readonly name: string; readonly end: number } | undefined;
}

/** A name together with the place it stands at. */
export interface NameInScope {
  readonly name: string;
  readonly scope: Scope;
  readonly start: number;
}

/** `text`: what is evaluated, where that is a literal. */
export interface Evaluation extends NameInScope {
  readonly text: string | undefined;
}

export interface Walk {
  /** Subtracted from the parser's offsets: the length of what was put before the text. */
  readonly shift: number;
  readonly references: Reference[];
  /** Functions declared in sloppy blocks, which may also be visible as `var` (ECMAScript, Annex B.3.2). */
  readonly blockFunctions: NameInScope[];
  readonly privateUses: NameInScope[];
  readonly importMeta: ImportMeta[];
  /** Callees of what would be a direct `eval`, if the name turns out to be free. */
  readonly evals: Evaluation[];
  /** Where expression statements begin that follow other statements: `(` there could join them. */
  readonly statementStarts: Set<number>;
  dynamicImport: boolean;
  /** A sloppy function uses `this`, which may be the global object. */
  sloppyThis: boolean;
  visit(node: AnyNode, scope: Scope): void;
}

export type Handler<Node> = (node: Node, scope: Scope, walk: Walk) => void;

/** Handlers by node type; nodes without one have their children visited. */
export type Handlers = { readonly [Type in AnyNode["type"]]?: Handler<Extract<AnyNode, { type: Type }>> };

/** Notes one use of a name. */
export function refer(
  walk: Walk,
  scope: Scope,
  node: Identifier,
  use: Use,
  place: Place = "plain",
  members?: readonly string[],
): Reference {
  const reference: Reference = { name: node.name, start: node.start - walk.shift, end: node.end - walk.shift, scope, use, place, members };
  walk.references.push(reference);
  return reference;
}
