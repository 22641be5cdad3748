/** Objects that their constructor rebuilds from public facts: dates, patterns, boxed values, objects of the web and of `Intl`. */

import type { Ref, Special } from "../Encoded.ts";
import { intrinsicPath } from "../intrinsics.ts";
import { subclassRef } from "./encodeInstance.ts";
import { encodeExtras } from "./encodePlain.ts";
import type { Encoder } from "./Encoder.ts";
import { classesOf, nameOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, hasOwn, isExtensible, keysOf, prototypeOf, read, symbolsOf, types } from "../reflection.ts";

/** `undefined`: an object without such slots. */
export function encodeSlots(encoder: Encoder, value: object, path: Path): Ref | undefined {
  if (types.isDate(value)) return encodeSlotted(encoder, value, ["date", Date.prototype.getTime.call(value)], path);
  if (types.isKeyObject(value)) return encoder.special(keyOf(value), value);
  if (isCloneable(value)) return encodeCloneable(encoder, value, path);
  if (types.isModuleNamespaceObject(value)) return encoder.partOf(value, Object.keys(value), path);
  if (types.isRegExp(value)) return encodePattern(encoder, value, path);
  if (types.isBoxedPrimitive(value)) return encodeBoxed(encoder, value, path);
  if (types.isArgumentsObject(value)) return encodeArguments(encoder, value, path);
  return encodePlatformObject(encoder, value, path);
}

/** Structured clone takes these between threads, and only there. */
function isCloneable(value: object): boolean {
  if (types.isCryptoKey(value)) return true;
  const [nearest] = classesOf(value);
  const path = nearest && intrinsicPath(nearest);
  return path !== undefined && (path.join(".") === "WebAssembly.Module" || path.at(-1) === "Blob");
}

function encodeCloneable(encoder: Encoder, value: object, path: Path): Ref {
  const [nearest] = classesOf(value);
  encoder.noteLocal(path, `a ${nearest === undefined ? "native object" : nameOf(nearest)}`);
  return [value];
}

/** `["key", type, bytes]`: of a secret key the bytes, of others their standard encoding (SPKI or PKCS #8, DER). */
function keyOf(key: object): Special {
  const { type, export: take } = key as { type: string; export: (options?: object) => Uint8Array }; // a KeyObject
  if (type === "secret") return ["key", type, new Uint8Array(take.call(key))];
  return ["key", type, new Uint8Array(take.call(key, { format: "der", type: type === "public" ? "spki" : "pkcs8" }))];
}

/** The special of the slots, or `["with", …]` when there is more. `implied` keys come with the slots. */
export function encodeSlotted(encoder: Encoder, value: object, special: Special, path: Path, implied: readonly PropertyKey[] = []): number {
  const prototype: object | null = prototypeOf(value);
  const keys = keysOf(value).filter((key) => !implied.includes(key));
  const isUsual = prototype !== null && intrinsicPath(prototype) !== undefined;
  if (isUsual && keys.length === 0 && isExtensible(value)) return encoder.special(special, value);
  const base = encoder.special(special);
  const index = encoder.special(["with"], value);
  const parent: Ref | "usual" = isUsual ? "usual" : subclassRef(encoder, index, value, path);
  encodeExtras(encoder, index, value, { base, prototype: parent, keys }, path);
  return index;
}

function encodePattern(encoder: Encoder, value: RegExp, path: Path): number {
  const { value: start, writable } = descriptorOf(value, "lastIndex") ?? {};
  const special: Special = ["new", "RegExp", read(RegExp.prototype, "source", value), read(RegExp.prototype, "flags", value)];
  return encodeSlotted(encoder, value, special, path, start === 0 && writable === true ? ["lastIndex"] : []);
}

const boxes = (["Number", "String", "Boolean", "BigInt", "Symbol"] as const).map(
  (name) => [types[`is${name}Object`], globalThis[name].prototype.valueOf as (this: unknown) => unknown] as const, // each for its own kind
);

function encodeBoxed(encoder: Encoder, value: object, path: Path): Ref {
  const valueOf = boxes.find(([is]) => is(value))?.[1];
  const implied = types.isStringObject(value) ? keysOf(value).filter((key) => key === "length" || /^\d+$/.test(String(key))) : [];
  return encodeSlotted(encoder, value, ["boxed", encoder.ref(valueOf?.call(value), path)], path, implied);
}

function encodeArguments(encoder: Encoder, value: object, path: Path): number {
  const items: unknown[] = [];
  const index = encoder.special(["arguments", items], value);
  const length: unknown = descriptorOf(value, "length")?.value;
  for (let at = 0; at < Number(length); at += 1) encoder.putBelow(items, at, descriptorOf(value, at)?.value, path, at);
  return index;
}

/** The arguments of their constructors, by the platform's own methods and getters, whatever a subclass makes of them. */
const platform: Readonly<Record<string, (value: object) => readonly unknown[]>> = {
  URL: (value) => [read(URL.prototype, "href", value)],
  URLSearchParams: (value) => [URLSearchParams.prototype.toString.call(value)],
  Headers: (value) => [[...Headers.prototype.entries.call(value)]],
  Locale: (value) => [Intl.Locale.prototype.toString.call(value)],
  Dirent: (value) => [descriptorOf(value, "name")?.value, descriptorOf(value, symbolsOf(value)[0] ?? "")?.value, parentOf(value)],
  TextEncoder: () => [],
  TextDecoder: (value) => {
    const [encoding, fatal, ignoreBOM] = ["encoding", "fatal", "ignoreBOM"].map((key): unknown => read(TextDecoder.prototype, key, value));
    return [encoding, { fatal, ignoreBOM }];
  },
};

/** Of a directory entry; before Node 20.12 it was called `path`. */
function parentOf(value: object): unknown {
  return (descriptorOf(value, "parentPath") ?? descriptorOf(value, "path"))?.value;
}

/** `["new", class, arguments…]`. Node keeps state of its own under symbols that every instance has. */
function encodePlatformObject(encoder: Encoder, value: object, path: Path): Ref | undefined {
  for (const owner of classesOf(value)) {
    const names = intrinsicPath(owner) ?? [""];
    const name = names.at(-1) ?? "";
    const args =
      names[0] === "Intl" && name !== "Locale" ? formatOf(owner, value) : hasOwn(platform, name) ? platform[name]?.(value) : undefined;
    if (args === undefined) continue;
    return encodeSlotted(encoder, value, ["new", names.join("."), ...args], path, symbolsOf(Reflect.construct(owner, args)));
  }
  return undefined;
}

/** Locale and options of a formatter or the like; all of `Intl` are made alike. */
function formatOf({ prototype }: Function, value: object): readonly unknown[] | undefined {
  if (!hasOwn(prototype, "resolvedOptions")) return undefined;
  const { locale, ...options } = (prototype as Intl.NumberFormat).resolvedOptions.call(value);
  return [locale, options];
}
