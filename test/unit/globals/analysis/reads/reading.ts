/** What is known of a text that has an array called `a`. */

import type { Condition } from "../../../../../src/globals/analysis/reads/Condition.ts";
import { readFacts } from "../../../../../src/globals/analysis/reads/readFacts.ts";

/** Whether the text only reads its free name `a`, and on which conditions. */
export function reading(text: string, strict = true): readonly Condition[] | undefined {
  return readFacts(text, strict)?.free.get("a");
}

/** The same as words. */
export function conditions(proof: readonly Condition[] | undefined): readonly string[] | undefined {
  const words = proof?.map((condition) => {
    const name = "member" in condition && condition.member !== undefined ? `${condition.name}.${condition.member}` : condition.name;
    return `${condition.type} ${name}${condition.type === "reads" ? `(${condition.position})` : ""}`;
  });
  return words && [...new Set(words)];
}
