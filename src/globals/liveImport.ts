/**
 * Named imports of built-in modules whose values are no objects: `threadId`, `isMainThread`, `pid`. Each place has its own, as it has
 * where the module's namespace is used. Objects and functions are known by themselves.
 */

import type { Special } from "../codec/Encoded.ts";
import { isBuiltin } from "../platform/packages.ts";
import { importsOf, isModuleFrame } from "./importsOf.ts";
import type { BoundName } from "./resolveNames.ts";
import type { Script } from "./Script.ts";
import type { Site } from "./Site.ts";

/** How the receiver gets its own value of a variable; `undefined`: it is no such import. */
export function liveImport({ script, original }: Site, { name, value, frame }: BoundName): Special | undefined {
  if (script === undefined || frame === undefined || !isModuleFrame(frame)) return undefined;
  if ((typeof value === "object" && value !== null) || typeof value === "function" || !mayBeImported(script, original, name))
    return undefined;
  const binding = importsOf(script).find(({ local }) => local === name);
  if (binding === undefined || !isBuiltin(binding.specifier)) return undefined;
  return ["import", binding.specifier, script.url, binding.imported === "*" ? [] : [binding.imported]];
}

const clauses = new WeakMap<Script, string>();
const clause = /\bimport\b([^;]*?)\bfrom\s*(?:"([^"]*)"|'([^']*)')/g;

/** Whether the text has the name where it imports from a built-in module: most have not, and need not be read by the debugger. */
function mayBeImported(script: Script, part: string, name: string): boolean {
  let found = clauses.get(script);
  if (found === undefined) {
    const imports = [...script.textWith(part).matchAll(clause)];
    found = imports.flatMap(([, names = "", double, single]) => (isBuiltin(double ?? single ?? "") ? [names] : [])).join();
    clauses.set(script, found);
  }
  return found.includes(name);
}
