/** `import()` as a given file would do it: bare and relative names resolve against it, loader hooks are honoured. */

import { Script } from "node:vm";
import { loader, silenceLoaderWarning } from "./decode/units.ts";

const importers = new Map<string, (specifier: string) => Promise<unknown>>();

/** The namespace of `specifier` as `parentUrl` sees it; where that is a file of another host, as the working directory does. */
export async function importFrom(specifier: string, parentUrl: string): Promise<unknown> {
  try {
    return await importAs(specifier, parentUrl);
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code !== "ERR_MODULE_NOT_FOUND") throw error; // whatever was thrown
    return importAs(below(specifier), "futureplan").catch(() => {
      throw error;
    });
  }
}

/** A file of a package, as it lies below the working directory. */
export function below(path: string): string {
  return path.replace(/^(file:\/\/)?\/.*(?=\/node_modules\/)/, (_, scheme = "") => scheme + process.cwd());
}

/** Names that are no paths stand for the working directory. */
function importAs(specifier: string, parentUrl: string): Promise<unknown> {
  let importer = importers.get(parentUrl);
  if (importer === undefined) {
    silenceLoaderWarning();
    const script = new Script("(specifier) => import(specifier)", { filename: parentUrl, importModuleDynamically: loader });
    importer = script.runInThisContext() as (specifier: string) => Promise<unknown>; // the line above
    importers.set(parentUrl, importer);
  }
  return importer(specifier);
}
