/** The imports of a script, by the local names of their values. */

import type { ScopeFrame } from "../platform/inspector.ts";
import { viteSpecifier } from "../platform/packages.ts";
import { leadingImports } from "./analysis/leadingImports.ts";
import type { Script } from "./Script.ts";

export interface ImportBinding {
  readonly local: string;
  readonly specifier: string;
  /** An exported name, or `*` for the namespace. */
  readonly imported: string;
}

/** Behind `vi.mock`, imports are awaited as `import()`, in variables of other names. */
const viteImport = /const (__(?:vite_ssr|vi)_import_\d+__) = await __vite_ssr_(?:dynamic_)?import__\(("(?:[^"\\]|\\.)*")/g;

const known = new WeakMap<Script, readonly ImportBinding[]>();

export function importsOf(script: Script): readonly ImportBinding[] {
  let imports = known.get(script);
  if (imports === undefined) {
    imports = script.isModule ? (leadingImports(script.source) ?? script.facts?.imports ?? []) : viteImports(script.source);
    known.set(script, imports);
  }
  return imports;
}

/** Modules that vitest runs are functions whose imports are awaited calls. */
function viteImports(source: string): readonly ImportBinding[] {
  return [...source.matchAll(viteImport)].map(([, local, specifier]) => ({
    local: local ?? "",
    specifier: viteSpecifier(JSON.parse(specifier ?? '""') as string), // a JSON string literal, by the pattern
    imported: "*",
  }));
}

/** The frame that holds a script's imports. Nearer ones may have variables of the same names, which are others. */
export function importFrame({ isModule }: Script, scopes: readonly ScopeFrame[], local: string): ScopeFrame | undefined {
  if (isModule) return scopes.find(isModuleFrame);
  return scopes.findLast(({ description, object }) => description !== "Global" && local in object);
}

/** The value of an import or other variable at the top of a module; `undefined` also where it is not initialised. */
export function topValue(script: Script, scopes: readonly ScopeFrame[], local: string): unknown {
  try {
    return importFrame(script, scopes, local)?.object[local];
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** The frame of an ES module itself. */
export function isModuleFrame({ description }: ScopeFrame): boolean {
  return description.startsWith("Module");
}
