/**
 * Function expressions that code refers to by name from inside: `function retry() { … () => retry() }`. V8 shows such a name in no scope,
 * and a variable of that name further out is another. The function's own scope knows it, when it is asked at a breakpoint.
 */

import { renderPath } from "../codec/encode/Path.ts";
import { GlobalsNotFound } from "../errors/errors.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { variableIn } from "../platform/probe.ts";
import { expressionNames } from "./analysis/expressionNames.ts";
import type { Looked } from "./resolveNames.ts";
import type { Script } from "./Script.ts";
import { bindingOf, type Site } from "./Site.ts";
import { stoppableUser } from "./stoppableOf.ts";

const namesByScript = new WeakMap<Script, ReadonlySet<string>>();
const verdicts = new WeakMap<Site, Map<string, boolean>>();

/** Names of function expressions anywhere in the script, which is all that most code costs. */
export function possibleNames({ script, original }: Site): ReadonlySet<string> {
  if (script === undefined) return none;
  let names = namesByScript.get(script);
  if (names === undefined) {
    names = expressionNames(script.textWith(original));
    namesByScript.set(script, names);
  }
  return names;
}

const none: ReadonlySet<string> = new Set();

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
export function enclosingFunction({ fn, site, path }: Looked, name: string): unknown {
  const asked = stoppableUser({ fn, site }, name);
  try {
    if (asked !== undefined) return variableIn(asked, name).read();
  } catch {
    // The code that could answer is not to be run: worded below.
  }
  throw new GlobalsNotFound(
    `${renderPath(path)} uses the name of the function expression ${name} around it, which cannot be read from a function whose parameters have defaults or patterns. ` +
      `Give ${name} to a variable first (const again = ${name};) and use that.`,
  );
}
