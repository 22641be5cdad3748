/** Specials that stand for something the receiver has already, or can import. */

import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Special } from "./Encoded.ts";
import type { Built, Decoder } from "./Decoder.ts";
import { importFrom } from "./importFrom.ts";
import { followIntrinsic, type IntrinsicPath } from "./intrinsics.ts";
import { decodeSymbol } from "./symbols.ts";

export function decodeReference(decoder: Decoder, special: Special): Built | undefined {
  const [tag, first, second] = special;
  switch (tag) {
    case "intrinsic":
      return { value: followIntrinsic(first as IntrinsicPath) }; // tuples are ours
    case "import":
    case "library":
      return { value: decoder.hooks.imported(special) };
    case "require":
      return { value: second === undefined ? createRequire(first as string) : followKeys(createRequire(first as string)(first as string), second as readonly string[]) };
    case "symbol":
      return { value: decodeSymbol(special) };
    case "constant":
      return { value: decoder.hooks.constant(first as string) };
    case "home":
      return { value: decoder.hooks.home(first as string) };
    case "dependency": {
      const value = decoder.dependencies[first as number];
      return { value: second === true ? Promise.resolve(value) : value };
    }
    case "meta":
      return { value: importMeta(first as string) };
    case "dynamicImport":
      return { value: (specifier: string) => importFrom(belowRoot(specifier, second as string), first as string) };
    default:
      return undefined;
  }
}

/** Vite writes `import("./x.js")` as a path below the project's root. */
function belowRoot(specifier: string, root: string): string {
  if (!specifier.startsWith("/") || existsSync(specifier)) return specifier;
  const below = join(root, specifier.replace(/^\/@fs\/+/, "/"));
  return existsSync(below) ? pathToFileURL(below).href : specifier;
}

/** `value[key]…`, for names below a module. */
export function followKeys(value: unknown, keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) at = (at as Readonly<Record<string, unknown>>)[key]; // what was found there at home
  return at;
}

/** What `import.meta` of the defining file would hold. */
function importMeta(url: string): object {
  const resolve = (specifier: string): string => (/^\.{0,2}\//.test(specifier) ? new URL(specifier, url).href : `file://${createRequire(url).resolve(specifier)}`);
  if (!url.startsWith("file:")) return { url, resolve };
  const filename = fileURLToPath(url);
  return { url, filename, dirname: dirname(filename), resolve };
}
