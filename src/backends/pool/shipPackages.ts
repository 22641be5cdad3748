/**
 * Packages, and files of the option `modules`, for hosts where they are not (`packages: "ship"`): the user's own esbuild makes one module of those that a
 * future imports. The worker loads it like a part of its program, once, and finds in it what it would import.
 */

import { Buffer } from "node:buffer";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, BuildResult } from "esbuild";
import { shippedKey } from "../../codec/importFrom.ts";
import { refuseText } from "./refuseText.ts";

const bundles = new Map<string, string>();

/** Something to import there: `[tag, specifier, parent]`, or `[tag, URL]`, as the codec writes it. */
export type Reference = readonly [tag: "import", specifier: string, parent: string] | readonly [tag: "require", url: string];

/** URLs of the modules: packages that are imported from one folder are one, and have what they both import in common. */
export function shipPackages(references: readonly Reference[]): readonly string[] {
  const folders = new Map<string, Reference[]>();
  for (const reference of references) {
    const folder = dirname(fileURLToPath(parentOf(reference)));
    folders.set(folder, [...(folders.get(folder) ?? []), reference]);
  }
  return [...folders].map(([folder, group]) => shipment(group, folder));
}

/** A file of the user's, alone: what it keeps, it keeps once in each worker. */
export function shipFile(reference: Reference): string {
  return shipment([reference], dirname(fileURLToPath(parentOf(reference))));
}

function parentOf([, url, parent = url]: Reference): string {
  return parent;
}

function shipment(references: readonly Reference[], folder: string): string {
  const text = entryText(references);
  const key = `${folder}\n${text}`;
  const known = bundles.get(key) ?? `data:text/javascript;base64,${Buffer.from(bundle(text, folder)).toString("base64")}`;
  bundles.set(key, known);
  return known;
}

/** Puts each where `importFrom` looks. */
function entryText(references: readonly Reference[]): string {
  const lines = references.map((reference, index) => {
    const [tag, specifier] = reference;
    const name = JSON.stringify(specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier);
    const taken = tag === "import" ? `import * as module${index} from ${name};` : `const module${index} = require(${name});`;
    return `${taken} shipped.set(${JSON.stringify(shippedKey(specifier, parentOf(reference)))}, module${index});`;
  });
  return `const { shipped } = globalThis[Symbol.for("futureplan/session")];\n${lines.join("\n")}`;
}

/** A module that refuses to load where nothing can be bundled: then the future that needs it says why. */
function bundle(contents: string, folder: string): string {
  const build = findEsbuild(folder);
  if (build === undefined) {
    return refuseText(
      "Packages cannot be shipped: esbuild, which bundles them, is not installed here. Run: npm install --save-dev esbuild",
    );
  }
  try {
    const { outputFiles = [] } = build({
      stdin: { contents, resolveDir: folder, loader: "js" },
      bundle: true,
      platform: "node",
      target: "node20",
      format: "esm",
      write: false,
      logLevel: "silent",
      banner: { js: `import { createRequire as requireOf } from "node:module"; const require = requireOf(process.cwd() + "/futureplan");` },
    });
    return outputFiles[0]?.text ?? "";
  } catch (error) {
    return refuseText(
      `Packages cannot be shipped: ${error instanceof Error ? error.message : String(error)}. Install what cannot be bundled on the hosts, and leave out the plan option packages.`,
    );
  }
}

type Build = (options: BuildOptions) => BuildResult;

/** The importing project's, else that of the working directory. */
function findEsbuild(folder: string): Build | undefined {
  for (const from of [folder, process.cwd()]) {
    try {
      const { buildSync }: { readonly buildSync: Build } = createRequire(join(from, "futureplan"))("esbuild");
      return buildSync;
    } catch {
      // Not below this one.
    }
  }
  return undefined;
}
