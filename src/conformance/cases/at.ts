/** Reads what a test cannot know the type of. */

/** What stands at `keys`; entries of Maps and Sets count as properties. */
export function at(from: unknown, ...keys: readonly PropertyKey[]): unknown {
  let found = from;
  for (const key of keys) {
    if (found instanceof Map) found = found.get(key);
    else if (found instanceof Set) found = [...found][Number(key)];
    else found = typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined;
  }
  return found;
}
