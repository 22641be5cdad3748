/** The receiver's side of `scope` references: loads the file and gives what stands at the place, provided that it is the same there. */

import { text, texts } from "../codec/decode/damage.ts";
import { followKeys, required } from "../codec/decode/decodeReference.ts";
import { importFrom } from "../codec/importFrom.ts";
import { NotPortable } from "../errors/errors.ts";
import { lookAt } from "../platform/inspector.ts";
import { fileHash, valueHash } from "./placeHashes.ts";

/** Throws `NotPortable` when something else stands there, or the file cannot be loaded. */
export async function openScope([, url, , place]: readonly unknown[]): Promise<unknown> {
  const [kind, getter, level, variable = "", part = "", file, hash, label = "", ...keys] = texts(place);
  const via = functionAt(await load(text(url), kind, label), keys, getter === "get");
  const whole = level === "-1" ? via : variableOf(via, Number(level), variable);
  const value = part === "" || whole === undefined ? whole : followKeys(whole, part.split("."));
  if (isThere(value, hash) && fileHash(codeOf(value, via)) === file) return value;
  throw new NotPortable(
    `${label} of ${text(url)} is not the same here as where it comes from: the package made or filled it while the program ran, or is of another version. Make what needs it where it is used, once per worker with workerLocal(() => …), and install the same version of the package at both ends.`,
  );
}

async function load(url: string, kind: unknown, label: string): Promise<unknown> {
  try {
    return kind === "require" ? required(url, []) : await importFrom(url, url);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NotPortable(`${label} stands in ${url}, which cannot be loaded here: ${why}`, { cause });
  }
}

/** What the keys lead to, or the getter of the last. */
function functionAt(exports: unknown, keys: readonly string[], isGetter: boolean): unknown {
  if (!isGetter) return followKeys(exports, keys);
  const holder = followKeys(exports, keys.slice(0, -1));
  return typeof holder === "object" || typeof holder === "function"
    ? Object.getOwnPropertyDescriptor(holder, keys.at(-1) ?? "")?.get
    : undefined;
}

function variableOf(via: unknown, level: number, variable: string): unknown {
  return typeof via === "function" ? lookAt(via).scopes[level]?.object[variable] : undefined;
}

function isThere(value: unknown, hash: string | undefined): value is WeakKey {
  const isReferent = (typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "symbol";
  return isReferent && valueHash(value) === hash;
}

function codeOf(value: WeakKey, via: unknown): Function | undefined {
  return [value, via].find((one) => typeof one === "function");
}
