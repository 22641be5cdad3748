/** What direct `eval`s of literal texts take from the scopes around a function. */

import { loadAcorn } from "../../platform/acorn.ts";
import { resolve } from "./resolve.ts";
import { Scope } from "./Scope.ts";
import type { Evaluation, Walk } from "./Walk.ts";
import { walkTree } from "./walkTree.ts";

/** The names that the evaluated texts of a walk use and the walk's code does not declare; `undefined`: any. */
export function evalNames({ evals }: Walk): readonly string[] | undefined {
  const found = new Set<string>();
  for (const evaluation of evals) {
    if (evaluation.scope.lookup("eval") !== undefined) continue;
    const names = namesIn(evaluation);
    if (names === undefined) return undefined;
    for (const name of names) if (evaluation.scope.lookup(name) === undefined) found.add(name);
  }
  return [...found];
}

function namesIn({ text, scope }: Evaluation): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const outside = new Scope("outside", { start: 0, end: text.length }, undefined, { strict: scope.strict });
  try {
    const program = loadAcorn().parse(text, { ecmaVersion: "latest", allowSuperOutsideMethod: true, allowAwaitOutsideFunction: true });
    const free = resolve(walkTree(program, outside, 0));
    return outside.hasEval ? undefined : free.map(({ name }) => name);
  } catch (error) {
    if (error instanceof SyntaxError) return []; // it throws there as here
    throw error;
  }
}
