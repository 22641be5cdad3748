/** Which modules belong to packages: those travel by reference, the user's own by value. */

import { builtinModules, createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { types } from "node:util";
import { lookAt } from "./inspector.ts";
import { scriptNames, urlOfScript } from "./scripts.ts";

const verdicts = new Map<string, boolean>();

/** Whether `specifier`, imported by the file `parentUrl`, names a package in a `node_modules` folder, or a built-in module. */
export function isPackage(specifier: string, parentUrl: string): boolean {
  if (isBuiltin(specifier)) return true;
  if (/^(\.{0,2}\/|#|data:)/.test(specifier)) return false;
  if (/^[a-z]+:/.test(specifier)) return isPackageUrl(specifier);
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const key = `${name}\n${parentUrl}`;
  let verdict = verdicts.get(key);
  if (verdict === undefined) {
    verdict = manifestOf(name, parentUrl) !== undefined;
    verdicts.set(key, verdict);
  }
  return verdict;
}

/** Whether it names a module of Node's own. */
export function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

/** The package that `specifier`, imported by the file `parentUrl`, belongs to; `undefined` for built-in modules and for what is no package. */
export function packageVersion(specifier: string, parentUrl: string): Package | undefined {
  const [, path = specifier] = /^file:.*\/node_modules\/(.*)$/.exec(specifier) ?? [];
  if (isBuiltin(specifier) || /^(\.{0,2}\/|#|[a-z]+:)/.test(path)) return undefined;
  const name = path.split("/", path.startsWith("@") ? 2 : 1).join("/");
  const key = `${name}\n${parentUrl}`;
  if (!packages.has(key)) packages.set(key, readPackage(name, parentUrl));
  return packages.get(key);
}

export interface Package {
  readonly name: string;
  readonly version: string;
}

const packages = new Map<string, Package | undefined>();

function readPackage(name: string, parentUrl: string): Package | undefined {
  const manifest = manifestOf(name, parentUrl);
  if (manifest === undefined) return undefined;
  return { name, version: String(JSON.parse(process.getBuiltinModule("node:fs").readFileSync(manifest, "utf8")).version) };
}

/** The `package.json` of a package as the file `parentUrl` finds it. */
function manifestOf(name: string, parentUrl: string): string | undefined {
  if (!parentUrl.startsWith("file:")) return undefined;
  for (let folder = dirname(fileURLToPath(parentUrl)); ; folder = dirname(folder)) {
    const file = join(folder, "node_modules", name, "package.json");
    if (exists(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Whether a script's URL lies in a `node_modules` folder. */
export function isPackageUrl(url: string): boolean {
  return url.includes("/node_modules/");
}

/** A script's name as V8 tells it, made a URL where it is a path. */
export function scriptUrl(name: string): string {
  return /^([A-Za-z]:)?[\\/]/.test(name) ? pathToFileURL(name).href : name;
}

const commonJs = createRequire(import.meta.url).cache;

/** The URL behind a specifier as vite writes it: `/@fs/…`, a path below the project's root, or a bare name. */
export function viteSpecifier(specifier: string): string {
  const path = specifier.replace(/^\/@fs\/+/, "/");
  if (!path.startsWith("/") || exists(path)) return scriptUrl(path);
  const below = join(process.cwd(), path);
  return exists(below) ? pathToFileURL(below).href : path;
}

/** The CommonJS modules loaded so far: file name → module. */
export function loadedCommonJs(): Readonly<Record<string, { readonly exports: unknown } | undefined>> {
  return commonJs;
}

/** The namespace of an ES module of a package that is loaded already; `undefined` where Node cannot give it synchronously. */
export function loadedNamespace(url: string): object | undefined {
  try {
    const require = createRequire(url);
    if (!isNodes(require.extensions[".js"])) return undefined;
    const namespace: unknown = require(fileURLToPath(url));
    return typeof namespace === "object" && namespace !== null ? namespace : undefined;
  } catch {
    // Older versions cannot require ES modules, and none can those with a top-level await: then the code travels by value.
    return undefined;
  }
}

export function isLoadedCommonJs(url: string): boolean {
  return url.startsWith("file:") && commonJs[fileURLToPath(url)] !== undefined;
}

/** What a file exports that is loaded already, and by which of the two ways whoever wants it gets the same. */
export function loadedExports(url: string): { readonly kind: "import" | "require"; readonly exports: unknown } | undefined {
  if (!url.startsWith("file:")) return undefined;
  const module = commonJs[fileURLToPath(url)];
  if (module !== undefined && !types.isModuleNamespaceObject(module.exports)) return { kind: "require", exports: module.exports };
  const namespace = loadedNamespace(url);
  return namespace && { kind: "import", exports: namespace };
}

/** The URLs of the loaded files of the package that a file belongs to. */
export function loadedFiles(url: string): readonly string[] {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(url) ?? [];
  if (folder === undefined) return [url];
  return [...new Set([...Object.keys(commonJs), ...scriptNames()].map(scriptUrl))].filter((file) => file.startsWith(folder));
}

let nodes: unknown;

/** Whether this is Node's own way to load a file: another one (tsx) makes CommonJS of ES modules, and would run the package once more. */
function isNodes(load: unknown): boolean {
  if (typeof load !== "function") return false;
  if (load !== nodes && urlOfScript(lookAt(load).scriptId ?? "").startsWith("node:")) nodes = load;
  return load === nodes;
}

/** Importing `node:fs` by name loads its streams, for 2 ms. */
function exists(path: string): boolean {
  return process.getBuiltinModule("node:fs").existsSync(path);
}
