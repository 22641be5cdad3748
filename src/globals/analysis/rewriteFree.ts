/** Puts expressions in the place of free names, such as `cell.count` for `count`, without changing what the code means. */

import type { FunctionFacts } from "./analyseFunction.ts";
import type { FreePosition } from "./freeNames.ts";

/**
 * Replaces every occurrence of the given names by the given expressions, which must be names or properties of names
 * (`$0.c`). A name in `replacements` may also be the function's own, for declarations that use the outer variable.
 * Not kept: the `name` of an anonymous function assigned to a replaced name.
 */
export function rewriteFree(text: string, facts: FunctionFacts, replacements: ReadonlyMap<string, string>): string {
  const edits: { readonly position: FreePosition; readonly replacement: string }[] = [];
  for (const [name, replacement] of replacements) {
    const uses = name === facts.ownName ? facts.ownUses : facts.free.get(name);
    for (const position of uses?.positions ?? []) edits.push({ position, replacement });
  }
  edits.sort((a, b) => a.position.start - b.position.start);
  let result = "";
  let done = 0;
  for (const { position, replacement } of edits) {
    result += text.slice(done, position.start) + replace(text.slice(position.start, position.end), position, replacement);
    done = position.end;
  }
  return result + text.slice(done);
}

function replace(name: string, { kind }: FreePosition, replacement: string): string {
  switch (kind) {
    case "plain":
      return replacement;
    case "shorthand":
      return `${name}: ${replacement}`;
    case "callee":
      return `(0, ${replacement})`;
    case "statementCallee":
      return `;(0, ${replacement})`;
  }
}
