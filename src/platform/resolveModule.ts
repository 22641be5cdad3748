/** The URL of one of the user's own files, named relative to the file that names it. */

import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";

/** `from`: the URL of the file; without one, names are relative to the working directory. */
export function resolveModule(name: string, from: string | undefined): string {
  if (isAbsolute(name)) return pathToFileURL(name).href;
  const base = from !== undefined && URL.canParse(from) ? from : `${pathToFileURL(process.cwd()).href}/`;
  return new URL(name, base).href;
}
