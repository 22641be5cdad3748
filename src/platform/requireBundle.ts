/** Synchronous loading of one of our own bundles: Node can `require` ES modules since 20.19, and gives the same instances. */

import { createRequire } from "node:module";

/** The namespace of a file beside the bundles; `undefined` where only `import()` can load it (sources, jest). */
export function requireBundle(file: string): unknown {
  if (import.meta.url.endsWith(".ts")) return undefined;
  try {
    return createRequire(import.meta.url)(`./${file}`);
  } catch (error) {
    // Test runners with module systems of their own refuse ES modules here; whatever else is wrong, import() tells better.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
