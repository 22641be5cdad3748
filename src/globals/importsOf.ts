/** The imports of a script, by the local names of their values. */

import { viteSpecifier } from "../platform/packages.ts";
import type { Script } from "./Script.ts";

export interface ImportBinding {
  readonly local: string;
  readonly specifier: string;
  /** An exported name, or `*` for the namespace. */
  readonly imported: string;
}

const viteImport = /const (__vite_ssr_import_\d+__) = await __vite_ssr_import__\(("(?:[^"\\]|\\.)*")/g;

export function importsOf(script: Script): readonly ImportBinding[] {
  const { source } = script;
  if (script.isModule) return /\bimport\b/.test(source) ? (script.facts?.imports ?? []) : [];
  // Modules that vitest runs: functions whose imports are awaited calls.
  return [...source.matchAll(viteImport)].map(([, local, specifier]) => ({
    local: local ?? "",
    specifier: viteSpecifier(JSON.parse(specifier ?? '""') as string), // a JSON string literal, by the pattern
    imported: "*",
  }));
}
