/** Values that stand for a place in a file or for part of a module; `homeReference` knows them. */

import { types } from "node:util";
import { homeReference } from "./homeReference.ts";

/** `import.meta` of a file. */
export class FileMeta {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** `import()` as a file does it. */
export class FileImport {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** `require` of a CommonJS file. */
export class FileRequire {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** Of the namespace of a user's module, only the members that the code reads; anything else as it is. */
export function pruneNamespace(value: unknown, members: readonly string[]): unknown {
  if (!isNamespace(value) || homeReference(value) !== undefined) return value;
  const part: Record<string, unknown> = {};
  for (const member of members) if (member in value) part[member] = value[member];
  return part;
}

/** A namespace object, or what vitest makes of one: getters only, tagged `Module`. */
export function isNamespace(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  return types.isModuleNamespaceObject(value) || Object.getOwnPropertyDescriptor(value, Symbol.toStringTag)?.value === "Module";
}
