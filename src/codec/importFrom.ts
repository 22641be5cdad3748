/** `import()` as a given file would do it: bare and relative names resolve against it, loader hooks are honoured. */

import { Script } from "node:vm";
import { loader, silenceLoaderWarning } from "./decode/units.ts";

const importers = new Map<string, (specifier: string) => Promise<unknown>>();

/** The namespace of `specifier` as `parentUrl` sees it. */
export function importFrom(specifier: string, parentUrl: string): Promise<unknown> {
  let importer = importers.get(parentUrl);
  if (importer === undefined) {
    silenceLoaderWarning();
    const script = new Script("(specifier) => import(specifier)", { filename: parentUrl, importModuleDynamically: loader });
    importer = script.runInThisContext() as (specifier: string) => Promise<unknown>; // the line above
    importers.set(parentUrl, importer);
  }
  return importer(specifier);
}
