/** Where in a text V8 says that the function is: the `(` of its parameters, but the beginning of arrows and of classes without a constructor. */

import type { ParsedFunction } from "./parseFunction.ts";

const between = /(?:\s|\/\*[^]*?\*\/|\/\/.*|[\]*]|async\b|function\b)*/y;

/** The offset in `text`, which was parsed as given. */
export function locationOf(text: string, { node, member, shift }: ParsedFunction): number {
  if (node.type === "ArrowFunctionExpression") return 0;
  if (node.type === "FunctionExpression") return parenthesisAfter(text, (member?.key ?? node.id)?.end ?? shift, shift);
  const constructor = node.body.body.find((element) => element.type === "MethodDefinition" && element.kind === "constructor");
  return constructor?.type === "MethodDefinition" ? parenthesisAfter(text, constructor.key.end, shift) : 0;
}

function parenthesisAfter(text: string, end: number, shift: number): number {
  between.lastIndex = end - shift;
  return end - shift + (between.exec(text)?.[0].length ?? 0);
}
