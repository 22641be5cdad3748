/**
 * First import of the front door: where the library cannot work, one sentence says so, before anything fails oddly. Whatever the front door imports
 * is linked before this runs, so built-ins that old versions lack must not be imported by name there.
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { captureCallSite, fileOf, placeOf } from "./callSite.ts";
import { shippedName } from "./shippedName.ts";

/** Bundlers make it another file's, the place where this one lay, or nothing. */
const here: string | undefined = import.meta.url;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  throw new Error(`futureplan needs Node 20.19 or newer; this is Node ${process.versions.node} (${process.execPath}).`);

if (!isInPlace()) {
  throw new Error(
    `futureplan was made part of a bundle${here === undefined ? "" : ` (${here})`}, but its workers need its own files: it has to stay external. ` +
      'esbuild: --external:futureplan; rollup: external: ["futureplan"]; webpack: externals: { futureplan: "module futureplan" }; ' +
      'vite: ssr.external: ["futureplan"]; Next: serverExternalPackages: ["futureplan"]. Install it where the bundle runs.',
  );
}

/** Whether this runs from where it was built to, beside the worker's program. Sources and what is sent to other hosts have other ways. */
function isInPlace(): boolean {
  if (here === undefined) return false;
  if (here.endsWith(".ts") || here.startsWith(shippedName(""))) return true;
  return existsSync(new URL("worker.cjs", here)) && runsFrom(fileURLToPath(here));
}

/** webpack says where the file lay, but runs its text from another one. */
function runsFrom(path: string): boolean {
  const place = placeOf(captureCallSite(isInPlace));
  if (place === undefined) return true;
  const file = fileOf(place).replace(/[?#].*$/, "");
  return file.startsWith("file:") && fileURLToPath(file) === path;
}
