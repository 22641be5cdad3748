/** Exports of the library say here that they are, so that closures refer to them by name instead of carrying their code. */

import { currentSession } from "./currentSession.ts";

/** Adds exports under the names that `index.ts` gives them, by which their receivers look them up. */
export function publish(exports: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(exports)) {
    // A bundler renames what collides within a chunk.
    if (typeof value === "function" && value.name !== name) Object.defineProperty(value, "name", { value: name, configurable: true });
  }
  const session = currentSession();
  session.library = { ...session.library, ...exports };
}
