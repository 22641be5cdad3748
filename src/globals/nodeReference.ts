/**
 * Functions that are written in Node's own scripts: those that some built-in module offers travel as its member, and what
 * `node:util` made of another function (`promisify`, `callbackify`, `deprecate`) is made again of that function.
 */

import type { Special } from "../codec/Encoded.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { nameOf, textOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import { internalPath, intrinsicPath } from "../codec/intrinsics.ts";
import { lookAt, type ScopeFrame } from "../platform/inspector.ts";
import type { Script } from "./Script.ts";

/** `undefined`: its script is not Node's. Refuses what no receiver can have. */
export function nodeReference(
  encoder: Encoder,
  fn: Function,
  script: Script,
  scopes: readonly ScopeFrame[],
  path: Path,
): Special | undefined {
  if (!script.url.startsWith("node:")) return undefined;
  const internal = intrinsicPath(fn) ?? internalPath(fn);
  if (internal !== undefined) return ["intrinsic", internal];
  const made = script.url === "node:internal/util" || script.url === "node:util" ? madeByUtil(fn, scopes) : undefined;
  if (made !== undefined) return ["util", made.by, encoder.functionRef(made.of, { up: path, name: made.by }), ...made.args];
  return encoder.refuse(
    path,
    `${nameOf(fn) || "a function"} is internal to Node`,
    "Make it inside the future, or once per worker with workerLocal(() => …).",
  );
}

interface MadeByUtil {
  readonly by: "promisify" | "callbackify" | "deprecate";
  readonly of: Function;
  readonly args: readonly unknown[];
}

function madeByUtil(fn: Function, scopes: readonly ScopeFrame[]): MadeByUtil | undefined {
  const text = textOf(fn);
  const original = variable(scopes, "original");
  if (typeof original === "function") {
    if (text.startsWith("function callbackified(")) return { by: "callbackify", of: original, args: [] };
    return text.includes("new Promise") ? { by: "promisify", of: original, args: [] } : undefined;
  }
  const [of, emit] = [variable(scopes, "fn"), variable(scopes, "emitDeprecationWarning")];
  if (!text.startsWith("function deprecated(") || typeof of !== "function" || typeof emit !== "function") return undefined;
  const told = lookAt(emit).scopes;
  return { by: "deprecate", of, args: [variable(told, "msg"), variable(told, "code")] };
}

function variable(scopes: readonly ScopeFrame[], name: string): unknown {
  return scopes.find(({ object }) => name in object)?.object[name];
}
