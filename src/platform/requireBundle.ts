/** Synchronous loading of one of our own bundles: Node can `require` ES modules since 20.19, and gives the same instances. */

import { createRequire } from "node:module";

const nodes = new Set([".js", ".json", ".node", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".wasm"]);

/** Loaders such as tsx compile what is required: that would be a second copy of the library. */
function isHooked({ extensions }: NodeJS.Require): boolean {
  return Object.keys(extensions).some((extension) => !nodes.has(extension));
}

/** The namespace of a file beside the bundles; `undefined` where only `import()` can load it (sources, jest). */
export function requireBundle(file: string): unknown {
  const here = import.meta.url; // by name: webpack would take all files that lie there into a bundle
  const require = createRequire(here);
  if (import.meta.url.endsWith(".ts") || isHooked(require)) return undefined;
  try {
    return require(`./${file}`);
  } catch (error) {
    // Test runners with module systems of their own refuse ES modules here; whatever else is wrong, import() tells better.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
