/** Exports of the library say here that they are, so that closures refer to them by name instead of carrying their code. */

import { currentSession } from "./currentSession.ts";

/** Adds exports under the names that `index.ts` gives them, which must be the functions' own names. */
export function publish(exports: Readonly<Record<string, unknown>>): void {
  const session = currentSession();
  session.library = { ...session.library, ...exports };
}
