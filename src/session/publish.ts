/** Exports of the library say here that they are, so that closures refer to them by name instead of carrying their code. */

import { currentSession } from "./currentSession.ts";

/** Stands on each exported function, for other copies of the package, too. */
const exportBrand = Symbol.for("futureplan/export");

/** Adds exports under the names that `index.ts` gives them, by which their receivers look them up. */
export function publish(exports: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value !== "function") continue;
    Object.defineProperty(value, exportBrand, { value: name });
    // A bundler renames what collides within a chunk.
    if (value.name !== name) Object.defineProperty(value, "name", { value: name, configurable: true });
  }
  const session = currentSession();
  session.library = { ...session.library, ...exports };
}

/** The name of an export of the library, whichever copy it comes from; `undefined` for all other functions. */
export function publishedName(fn: Function): string | undefined {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, exportBrand)?.value;
  return typeof name === "string" ? name : undefined;
}
