/** Which stack frames are this library's own: sources or bundles, the worker's program among them. Stacks name URLs or paths. */

import { fileURLToPath } from "node:url";
import { shippedName } from "./shippedName.ts";

const folder: string = import.meta.url.replace(/\/(src|dist)\/[^]*$/, "/$1/");
const names: readonly string[] = [...(folder.startsWith("file:") ? [folder, fileURLToPath(folder)] : [folder]), shippedName("")];

/** The conformance suite plays the user. */
const suite = /\/(testing\.js|conformance\/)/;

export function isLibraryFrame(line: string): boolean {
  return names.some((name) => line.includes(name)) && !suite.test(line);
}
