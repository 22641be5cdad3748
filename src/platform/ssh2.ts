/** The library that speaks SSH, loaded when the first connection is made. Its native parts are optional, and left out. */

import { createRequire } from "node:module";
import { shippedName } from "./shippedName.ts";

/** Whether it is there: the library that was shipped to a worker on another host comes without. */
export const hasSsh2: boolean = !import.meta.url.startsWith(shippedName(""));

/** The ssh2 module. It is CommonJS that requires Node's modules at run time: a bundle of ES modules could not hold it. */
export function loadSsh2(): typeof import("ssh2") {
  return createRequire(import.meta.url)("ssh2") as typeof import("ssh2"); // require is untyped
}
