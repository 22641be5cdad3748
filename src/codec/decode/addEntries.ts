/** Fills Maps and Sets, and the weak ones. */

import type { WeakContainer } from "../encode/encodeWeak.ts";
import { types } from "../reflection.ts";

/** Adds entries whatever a subclass makes of `set` and `add`. */
export function addEntries(target: Map<unknown, unknown> | Set<unknown> | WeakContainer, entries: readonly unknown[]): void {
  if (types.isWeakMap(target))
    for (let at = 0; at < entries.length; at += 2) WeakMap.prototype.set.call(target, entries[at] as WeakKey, entries[at + 1]);
  else if (types.isWeakSet(target)) for (const entry of entries) WeakSet.prototype.add.call(target, entry as WeakKey);
  else if (types.isMap(target)) for (let at = 0; at < entries.length; at += 2) Map.prototype.set.call(target, entries[at], entries[at + 1]);
  else for (const entry of entries) Set.prototype.add.call(target, entry);
}
