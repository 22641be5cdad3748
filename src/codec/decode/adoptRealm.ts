/**
 * In `vm` contexts (jest, vitest's `vmThreads`) messages arrive as objects of the main realm, which are no instances of
 * this realm's `Object`, `Array` or `Map`: they are given its prototypes.
 */

import { prototypeOf, setPrototype, types } from "../reflection.ts";

/** Changes nothing in the main realm. `message` and everything in it are ours. */
export function adoptRealm(message: object): void {
  if (prototypeOf(message) === Object.prototype) return;
  const seen = new Set<unknown>();
  const pending: unknown[] = [message];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    const prototype = prototypeFor(value);
    if (prototype === undefined) continue;
    setPrototype(value, prototype);
    for (const part of partsOf(value)) pending.push(part);
  }
}

function partsOf(value: object): Iterable<unknown> {
  if (types.isMap(value)) return [...Map.prototype.entries.call(value)].flat();
  if (types.isSet(value)) return Set.prototype.values.call(value);
  return types.isArrayBuffer(value) ? [] : Object.values(value);
}

/** `undefined`: nothing that structured clone made of plain data. */
function prototypeFor(value: object): object | undefined {
  if (Array.isArray(value)) return Array.prototype;
  if (types.isMap(value)) return Map.prototype;
  if (types.isSet(value)) return Set.prototype;
  if (types.isArrayBuffer(value)) return ArrayBuffer.prototype;
  const prototype = prototypeOf(value) as object | null;
  return prototype !== null && prototypeOf(prototype) === null ? Object.prototype : undefined;
}
