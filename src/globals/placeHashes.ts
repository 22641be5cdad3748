/**
 * Hashes of what stands at a place of a module and of the file around it: at both ends of a channel they tell whether a place means the same there.
 * The text is V8's, so that a file that has changed since it was loaded deceives nobody.
 */

import { textOf } from "../codec/encode/objects.ts";
import { lookAt } from "../platform/inspector.ts";
import { scriptOf, type Script } from "./Script.ts";

/** Of a function its text, of a symbol its name, of another object the names of its properties. */
export function valueHash(value: WeakKey): string {
  if (typeof value === "function") return hashOf(textOf(value));
  return hashOf(typeof value === "symbol" ? String(value) : Reflect.ownKeys(value).map(String).join("\n"));
}

const hashes = new WeakMap<Script, string>();

/** The file where `code` stands; empty where that is none. */
export function fileHash(code: Function | undefined): string {
  const { scriptId } = code === undefined ? { scriptId: undefined } : lookAt(code);
  if (scriptId === undefined) return "";
  const script = scriptOf(scriptId);
  const hash = hashes.get(script) ?? hashOf(script.source);
  hashes.set(script, hash);
  return hash;
}

function hashOf(given: string): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(given).digest("base64");
}
