/** `import()` as a given file would do it: bare and relative names resolve against it, loader hooks are honoured. */

import { Script } from "node:vm";
import { currentSession } from "../session/currentSession.ts";
import { loader, silenceLoaderWarning } from "./decode/units.ts";

const importers = new Map<string, (specifier: string) => Promise<unknown>>();

/** The namespace of `specifier` as `parentUrl` sees it; where that is a file of another host, as the first place that has it does. */
export async function importFrom(specifier: string, parentUrl: string): Promise<unknown> {
  const { shipped } = currentSession();
  const sent = shipped.get(shippedKey(specifier, parentUrl));
  if (sent !== undefined) return sent;
  try {
    return await importAs(specifier, parentUrl);
  } catch (error) {
    if (!isAbsence(error)) throw error;
    for (const root of packageRoots()) {
      try {
        return await importAs(below(specifier, root), `${root}/futureplan`);
      } catch (other) {
        if (!isAbsence(other)) throw other;
      }
    }
    throw error; // tells what was asked for
  }
}

function isAbsence(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === "ERR_MODULE_NOT_FOUND"; // whatever was thrown
}

/** Under which a session holds what came along: a package by who asks for it, a file by itself. */
export function shippedKey(specifier: string, parentUrl: string): string {
  const isFile = /^(\.{0,2}\/|file:)/.test(specifier) && URL.canParse(specifier, parentUrl);
  return isFile ? bareUrl(new URL(specifier, parentUrl).href) : `${specifier}\n${parentUrl}`;
}

/** TypeScript's sources are imported under the names of what is made of them. */
export function bareUrl(url: string): string {
  return url.replace(/[?#].*$/, "").replace(/\.[cm]?[jt]sx?$/, "");
}

/** Where packages of another host's files are looked for: the working directory, and what holds the directories of `NODE_PATH`. */
export function packageRoots(): readonly string[] {
  const { NODE_PATH = "" } = process.env;
  return [process.cwd(), ...NODE_PATH.split(":").flatMap((path) => /^(\/.*)?(?=\/node_modules\/?$)/.exec(path)?.[0] ?? [])];
}

/** A file of a package, as it lies below `root`. */
export function below(path: string, root: string): string {
  return path.replace(/^(file:\/\/)?\/.*(?=\/node_modules\/)/, (_, scheme = "") => scheme + root);
}

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
