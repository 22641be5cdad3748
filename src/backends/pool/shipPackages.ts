/**
 * Packages for hosts where they are not installed (`packages: "ship"`): the user's own esbuild makes one module of those that a future imports. The worker
 * loads it like a part of its program, once, and finds in it what it would import.
 */

import { Buffer } from "node:buffer";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, BuildResult } from "esbuild";
import type { Special } from "../../codec/Encoded.ts";
import { shippedKey } from "../../codec/importFrom.ts";
import { refuseText } from "./refuseText.ts";

const bundles = new Map<string, string>();

/** URLs of the modules, one for each folder that imports. `references`: `import` and `require` specials that name packages. */
export function shipPackages(references: readonly Special[]): readonly string[] {
  const folders = new Map<string, Special[]>();
  for (const reference of references) {
    const [tag, specifier, parent] = reference;
    const folder = dirname(fileURLToPath(String(tag === "import" ? parent : specifier)));
    folders.set(folder, [...(folders.get(folder) ?? []), reference]);
  }
  return [...folders].map(([folder, group]) => {
    const text = entryText(group);
    const key = `${folder}\n${text}`;
    const known = bundles.get(key) ?? `data:text/javascript;base64,${Buffer.from(bundle(text, folder)).toString("base64")}`;
    bundles.set(key, known);
    return known;
  });
}

/** Puts each where `importFrom` looks. */
function entryText(references: readonly Special[]): string {
  const lines = references.map(([tag, specifier, parent], index) => {
    const name = JSON.stringify(plainPath(String(specifier)));
    const taken = tag === "import" ? `import * as package${index} from ${name};` : `const package${index} = require(${name});`;
    return `${taken} shipped.set(${JSON.stringify(tag === "import" ? shippedKey(specifier, parent) : specifier)}, package${index});`;
  });
  return `const { shipped } = globalThis[Symbol.for("futureplan/session")];\n${lines.join("\n")}`;
}

function plainPath(specifier: string): string {
  return specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
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
