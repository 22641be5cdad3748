/** Fills Maps and Sets. */

import { types } from "../reflection.ts";

/** Adds entries whatever a subclass makes of `set` and `add`. */
export function addEntries(target: Map<unknown, unknown> | Set<unknown>, entries: readonly unknown[]): void {
  if (types.isMap(target)) for (let at = 0; at < entries.length; at += 2) Map.prototype.set.call(target, entries[at], entries[at + 1]);
  else for (const entry of entries) Set.prototype.add.call(target, entry);
}
