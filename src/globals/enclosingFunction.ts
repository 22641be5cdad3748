/**
 * Function expressions that code refers to by name from inside: `function retry() { … () => retry() }`. V8 shows such a name in no scope,
 * and a variable of that name further out is another. The function's own scope knows it, when it is asked at a breakpoint.
 */

import { renderPath } from "../codec/encode/Path.ts";
import { GlobalsNotFound } from "../errors/errors.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { variableIn } from "../platform/probe.ts";
import { possibleNames } from "./functionNames.ts";
import type { Looked } from "./resolveNames.ts";
import { bindingOf, type Site } from "./Site.ts";
import { obstacleTo, stoppableUser } from "./stoppableOf.ts";

const verdicts = new WeakMap<Site, Map<string, boolean>>();

/** Whether `name` means a function expression around the code of a site. */
export function isEnclosingFunction(site: Site, scopes: readonly ScopeFrame[], name: string): boolean {
  if (!possibleNames(site).has(name)) return false;
  if (site.script?.facts === undefined) return mayStandBetween(scopes, name);
  const known = verdicts.get(site) ?? new Map<string, boolean>();
  verdicts.set(site, known);
  let verdict = known.get(name);
  if (verdict === undefined) {
    verdict = bindingOf(site, name)?.kind === "functionName";
    known.set(name, verdict);
  }
  return verdict;
}

/** In scripts too long to be parsed: whether a function of this name stands between the code and the variable. */
function mayStandBetween(scopes: readonly ScopeFrame[], name: string): boolean {
  for (const { description, object } of scopes) {
    if (name in object) return false;
    if (description === `Closure (${name})`) return true;
  }
  return false;
}

/** The function expression itself. Throws `GlobalsNotFound` where only a call that evaluates code of the user's could tell. */
export function enclosingFunction(looked: Looked, name: string): unknown {
  const { site, scopes, path } = looked;
  const asked = stoppableUser(looked, name);
  try {
    if (asked !== undefined) return variableIn(asked, name).read();
  } catch {
    // The code that could answer is not to be run: worded below.
  }
  throw new GlobalsNotFound(
    `${renderPath(path)} uses the name of the function expression ${name} around it, which cannot be read ${reason({ site, scopes }, name)}. ` +
      `Give ${name} to a variable first (const again = ${name};) and use that.`,
  );
}

function reason({ site, scopes }: Pick<Looked, "site" | "scopes">, name: string): string {
  if (site.facts.form === "class") return "through any method of the class";
  if (site.facts.declared.has(name)) return "from a function that declares this name, too";
  const obstacle = obstacleTo({ site, scopes });
  return obstacle === undefined ? "here" : `from a function whose ${obstacle}`;
}
