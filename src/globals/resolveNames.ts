/** The free names of a function and the values they have in its scopes, now. */

import { GlobalsNotFound } from "../errors/errors.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { metaName } from "./buildUnit.ts";
import type { Site } from "./Site.ts";
import { FileImport, FileMeta, FileRequire, pruneNamespace } from "./standIns.ts";

/** The parsed `globals` option. */
export interface GivenGlobals {
  /** Exactly these; `undefined`: search. */
  readonly exact: Readonly<Record<string, unknown>> | undefined;
  readonly add: Readonly<Record<string, unknown>>;
  readonly ignore: ReadonlySet<string>;
}

export interface BoundName {
  readonly name: string;
  readonly value: unknown;
  readonly assigned: boolean;
  /** The frame that holds the variable; `undefined` for values that were given. */
  readonly frame: ScopeFrame | undefined;
}

export interface ResolvedNames {
  readonly bound: readonly BoundName[];
  /** Some assigned name is no variable of any scope: the code writes to the global object. */
  readonly writesGlobal: boolean;
}

export function resolveNames(site: Site, scopes: readonly ScopeFrame[], given: GivenGlobals): ResolvedNames {
  const bound: BoundName[] = [];
  let writesGlobal = false;
  for (const [name, use] of site.facts.free) {
    if (name === "arguments" || name in given.add || given.ignore.has(name)) continue;
    const found = findName(site, scopes, name, given, use.members);
    if (found !== undefined) bound.push({ name, value: found.value, assigned: use.assigned, frame: found.frame });
    else writesGlobal ||= use.assigned;
  }
  for (const [name, value] of Object.entries(given.add)) bound.push({ name, value, assigned: false, frame: undefined });
  if (site.facts.directEval && given.exact === undefined) bound.push(...visibleToEval(site, scopes, bound));
  return { bound, writesGlobal };
}

interface Found {
  readonly value: unknown;
  readonly frame: ScopeFrame | undefined;
}

function findName(site: Site, scopes: readonly ScopeFrame[], name: string, given: GivenGlobals, members: readonly string[] | undefined): Found | undefined {
  const standIn = placeValue(site, name);
  if (standIn !== undefined) return { value: standIn, frame: undefined };
  if (given.exact !== undefined) return Object.hasOwn(given.exact, name) ? { value: given.exact[name], frame: undefined } : undefined;
  for (const frame of scopes) {
    if (frame.description === "Global" || !(name in frame.object)) continue;
    const value = readVariable(frame, name);
    if (isRequire(name, value) && site.script !== undefined) return { value: new FileRequire(site.script.url), frame };
    return { value: members === undefined ? value : pruneNamespace(value, members), frame };
  }
  return undefined;
}

/** Names that stand for the place of the code: `import.meta`, and what vite writes instead. */
function placeValue(site: Site, name: string): unknown {
  const url = site.script?.url;
  if (url === undefined) return undefined;
  if (name === metaName || name === "__vite_ssr_import_meta__") return new FileMeta(url);
  return name === "__vite_ssr_dynamic_import__" ? new FileImport(url) : undefined;
}

/** The `require` that CommonJS gives every file. */
function isRequire(name: string, value: unknown): boolean {
  return name === "require" && typeof value === "function" && Object.hasOwn(value, "cache") && Object.hasOwn(value, "resolve");
}

function readVariable(frame: ScopeFrame, name: string): unknown {
  try {
    return frame.object[name];
  } catch (cause) {
    throw new GlobalsNotFound(`The variable ${name} is used by a future before it is initialised. Create the future after its declaration has run.`, { cause });
  }
}

/** A direct `eval` may use any variable of the surrounding functions. */
function visibleToEval(site: Site, scopes: readonly ScopeFrame[], bound: readonly BoundName[]): BoundName[] {
  const seen = new Set([...bound.map(({ name }) => name), ...site.facts.free.keys()]);
  const more: BoundName[] = [];
  for (const frame of scopes) {
    if (/^(Global|Script|Module)/.test(frame.description)) continue;
    for (const name of Object.keys(frame.object)) {
      if (seen.has(name) || name === "arguments" || name === "this") continue;
      seen.add(name);
      more.push({ name, value: readVariable(frame, name), assigned: false, frame });
    }
  }
  return more;
}
