import type { Special } from "./Encoded.ts";

const tags: ReadonlySet<string> = new Set(["import", "require", "scope"]);

/** Whether a special names something of a module: an export, or what the module keeps to itself. */
export function namesModule(special: Special | undefined): boolean {
  return special !== undefined && tags.has(special[0]);
}
