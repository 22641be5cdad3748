/**
 * The parser, loaded at its first use: importing `futureplan` must not pay for it.
 * Synchronous, because capture is.
 */

import { createRequire } from "node:module";

let acorn: typeof import("acorn") | undefined;

/** The acorn module; the first call loads it (about 8 ms). */
export function loadAcorn(): typeof import("acorn") {
  // bundling: replace this require by whatever reaches the bundled parser's own chunk synchronously
  acorn ??= createRequire(import.meta.url)("acorn") as typeof import("acorn"); // require is untyped
  return acorn;
}
