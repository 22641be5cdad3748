/**
 * Packages that a future imports on another host: before it runs, the worker looks whether they are there, in the version that is used here. The check
 * is a small module that is sent like the parts of the worker's program.
 */

import { Buffer } from "node:buffer";
import type { Payload, Special } from "../../codec/Encoded.ts";
import { isPackageUrl, packageVersion } from "../../platform/packages.ts";
import { notPortable } from "./refuseText.ts";
import { shipFile, shipPackages, type Reference } from "./shipPackages.ts";

const none: readonly never[] = [];
const checks = new Map<string, readonly string[]>();

/** URLs of the check, if there is anything to check. */
export function packageChecks(payload: Payload): readonly string[] {
  const wanted = new Map<string, readonly [name: string, version: string, parent: string]>();
  for (const [tag, specifier, parent] of specialsOf(payload)) {
    if (tag !== "import" || typeof specifier !== "string" || typeof parent !== "string") continue;
    const found = packageVersion(specifier, parent);
    if (found !== undefined) wanted.set(found.name, [found.name, found.version, parent]);
  }
  if (wanted.size === 0) return none;
  const key = JSON.stringify([...wanted.values()].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const known = checks.get(key) ?? [`data:text/javascript;base64,${Buffer.from(`const wanted = ${key};${check}`).toString("base64")}`];
  checks.set(key, known);
  return known;
}

/** URLs of modules that hold the packages themselves, and the files of the option `modules`. */
export function shippedPackages(payload: Payload, modules: readonly string[], withEffects: boolean): readonly string[] {
  const specials = specialsOf(payload);
  // What was imported for its effects comes first: others may rely on them.
  const effects = withEffects ? specials.flatMap(([tag, ...rest]): Special[] => (tag === "effect" ? [["import", ...rest]] : [])) : none;
  const packages = new Map([...effects, ...specials].flatMap((special) => shipmentOf(special) ?? []));
  const required = new Set(specials.flatMap(([tag, url]) => (tag === "require" ? [url] : [])));
  const files = modules.filter((url) => url.startsWith("file:"));
  if (packages.size === 0 && files.length === 0) return none;
  return [
    ...shipPackages([...packages.values()]),
    ...files.map((url) => shipFile(required.has(url) ? ["require", url] : ["import", url, url])),
  ];
}

/** Where a package is asked for. */
function shipmentOf([tag, specifier, second]: Special): (readonly [key: string, reference: Reference])[] | undefined {
  if (typeof specifier !== "string") return undefined;
  if (tag === "require") return isPackageUrl(specifier) && Array.isArray(second) ? [[specifier, [tag, specifier]]] : undefined;
  if (tag !== "import" || typeof second !== "string") return undefined;
  return packageVersion(specifier, second) === undefined ? undefined : [[`${specifier}\n${second}`, [tag, specifier, second]]];
}

/** Those of the task itself, and of the constants that it needs. */
function specialsOf({ body, needs }: Payload): readonly Special[] {
  const constants = needs.flatMap((need) => (need.type === "constant" ? (need.encoded.specials ?? []) : []));
  return [...(body.specials ?? []), ...constants];
}

/** Runs in the worker. */
const check = `
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
${notPortable}
function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, "node_modules", name, "package.json");
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).version;
    if (dirname(folder) === folder) return undefined;
  }
}
const roots = [process.cwd(), ...(process.env.NODE_PATH ?? "").split(":").map((path) => dirname(path))]; // see codec/importFrom
const { worker } = globalThis[Symbol.for("futureplan/session")];
for (const [name, version, parent] of wanted) {
  const places = parent.startsWith("file:") ? [dirname(fileURLToPath(parent)), ...roots] : roots;
  const found = places.map((place) => find(name, place)).find((version) => version !== undefined);
  if (found === version) continue;
  const where = "for worker " + worker.name + " (working directory " + process.cwd() + ")";
  const what = found === undefined ? "is not installed " + where + "; here it is " + version : "is " + found + " " + where + ", but " + version + " here";
  throw new NotPortable("Package " + name + " " + what + ". Install " + name + "@" + version + " there, or name the directory where it is by the plan option cwd or nodePath.");
}`;
