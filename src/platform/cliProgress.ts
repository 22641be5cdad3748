/** The library that draws bars on terminals, loaded when the first is drawn. */

import { createRequire } from "node:module";

/** The cli-progress module. Synchronous, as the beginning of a map is. */
export function loadCliProgress(): typeof import("cli-progress") {
  return createRequire(import.meta.url)("cli-progress") as typeof import("cli-progress"); // require is untyped
}
