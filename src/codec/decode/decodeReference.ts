/** Specials that stand for something the receiver has already, or can import. Tuples are our own, hence the assertions on their entries. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { below, importFrom, packageRoots, shippedKey } from "../importFrom.ts";
import { followIntrinsic } from "../intrinsics.ts";
import { NotPortable } from "../../errors/errors.ts";
import { currentSession } from "../../session/currentSession.ts";
import { decodeSymbol } from "../symbols.ts";
import type { Special } from "../Encoded.ts";
import { assertWhole, number, text, texts } from "./damage.ts";
import type { Decoder, Rebuild } from "./Decoder.ts";

/** What `globals/nodeReference` sends. */
const makers = /^(?:promisify|callbackify|deprecate)$/;

export const references: Readonly<Record<string, Rebuild>> = {
  intrinsic: (_, [, path]) => followIntrinsic(texts(path)),
  import: imported,
  scope: imported,
  library: imported,
  effect: () => undefined, // it happened when it was imported
  require: (decoder, [, url, keys]) => {
    const [file, names] = [text(url), keys === undefined ? undefined : texts(keys)];
    const value = decoder.user(() => required(file, names));
    // Other objects may be changed here, and then come home as they are.
    if (names !== undefined && (typeof value !== "object" || names.at(-1) === "prototype"))
      decoder.hooks.named(value, ["require", file, names]);
    return value;
  },
  util: (decoder, [, by, original, ...args]) => {
    assertWhole(makers.test(text(by)), "an unknown maker of functions");
    return Reflect.apply(followIntrinsic(["node:util", text(by)]) as Function, undefined, [decoder.ref(original), ...args]);
  },
  symbol: (_, special) => decodeSymbol(special),
  constant: (decoder, [, id]) => decoder.user(() => decoder.hooks.constant(text(id))),
  home: (decoder, [, id]) => decoder.hooks.home(text(id)),
  dependency: (decoder, [, index, isPromise]) => {
    const value = decoder.dependencies[number(index)];
    return isPromise === true ? new Promise((resolve) => resolve(value)) : value;
  },
  meta: (_, [, url, isVite]) => (isVite === true ? { ...importMeta(text(url)), env: viteEnvironment() } : importMeta(text(url))),
  dynamicImport:
    (_, [, url, root]) =>
    (specifier: string) =>
      importBelow(specifier, text(url), text(root)).catch((error: unknown) => {
        throw codeOf(error) === "ERR_UNKNOWN_FILE_EXTENSION" ? notLoadable(specifier, error) : error;
      }),
};

/** Exports may be getters. */
function imported(decoder: Decoder, special: Special): unknown {
  if (special[0] !== "library") texts(special[3]);
  text(special[1]);
  return decoder.user(() => decoder.hooks.imported(special));
}

/** The `require` of a CommonJS file, or something below what that file exports. */
export function required(url: string, keys: readonly string[] | undefined): unknown {
  const require = createRequire(url);
  if (keys === undefined) return require;
  const sent = currentSession().shipped.get(shippedKey(url, url));
  if (sent !== undefined) return followKeys(sent, keys);
  const path = fileURLToPath(url);
  try {
    return followKeys(require(path), keys);
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code !== "MODULE_NOT_FOUND") throw error; // whatever was thrown
    // A file of another host.
    const here = packageRoots().find((root) => existsSync(below(path, root)));
    if (here === undefined) throw error;
    return followKeys(require(below(path, here)), keys);
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function notLoadable(specifier: string, cause: unknown): NotPortable {
  const advice = "Import it at the top of the file: what is used of it travels then.";
  return new NotPortable(`import("${specifier}"): this Node cannot load such files; vite does so at home only. ${advice}`, { cause });
}

/** Vite writes `import("./x.js")` as a path below the project's root. */
async function importBelow(specifier: string, url: string, root: string): Promise<unknown> {
  if (!specifier.startsWith("/")) return importFrom(specifier, url);
  const path = specifier.replace(/^\/@fs\/+/, "/");
  try {
    return await importFrom(pathToFileURL(path).href, url);
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    return importFrom(pathToFileURL(root + path).href, url);
  }
}

/** `value[key]…`, for names below a module. */
export function followKeys(value: unknown, keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) at = (at as Readonly<Record<string, unknown>>)[key]; // what was found there at home
  return at;
}

/** vitest's `import.meta.env`: the environment, with three names that are no texts. Where the environment is not vitest's (other hosts) there is none. */
function viteEnvironment(): object | undefined {
  if (process.env["VITEST"] === undefined) return undefined;
  return new Proxy(process.env, {
    get: (_, name) => {
      const value = process.env[String(name)];
      return name === "DEV" || name === "PROD" || name === "SSR" ? Boolean(value) : value;
    },
  });
}

/** What `import.meta` of the defining file would hold. */
function importMeta(url: string): object {
  const resolve = (specifier: string): string => {
    if (/^\.{0,2}\//.test(specifier)) return new URL(specifier, url).href;
    const path = createRequire(url).resolve(specifier);
    return path.startsWith("node:") ? path : pathToFileURL(path).href;
  };
  if (!url.startsWith("file:")) return { url, resolve };
  return { url, filename: fileURLToPath(url), dirname: fileURLToPath(new URL(".", url)).replace(/(?<=.)[\\/]$/, ""), resolve };
}
