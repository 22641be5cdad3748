/** Tables of what to do with a node, by its type. */

import type { AnyNode } from "acorn";

export type ByType<Rest extends readonly unknown[], Result> = {
  readonly [Type in AnyNode["type"]]?: (node: Extract<AnyNode, { type: Type }>, ...rest: Rest) => Result;
};

/** `undefined`: the table has no entry for it. */
export function byType<Rest extends readonly unknown[], Result>(
  table: ByType<Rest, Result>,
  node: AnyNode | undefined,
  ...rest: Rest
): Result | undefined {
  const entry = node && (table[node.type] as ((one: AnyNode, ...more: Rest) => Result) | undefined); // the table pairs each type with its own
  return node && entry?.(node, ...rest);
}
