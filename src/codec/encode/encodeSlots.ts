/** Objects that their constructor rebuilds from public facts: dates, patterns, boxed values, objects of the web and of `Intl`. */

import { types } from "node:util";
import type { Ref, Special } from "../Encoded.ts";
import { intrinsicPath } from "../intrinsics.ts";
import { encodeExtras } from "./encodePlain.ts";
import type { Encoder } from "./Encoder.ts";
import { classesOf, nameOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, prototypeOf } from "../reflection.ts";

/** `undefined`: an object without such slots. */
export function encodeSlots(encoder: Encoder, value: object, path: Path): Ref | undefined {
  if (isCloneable(value)) return encodeCloneable(encoder, value, path);
  if (types.isModuleNamespaceObject(value)) return encoder.partOf(value, Object.keys(value), path);
  if (types.isDate(value)) return encodeSlotted(encoder, value, ["date", Date.prototype.getTime.call(value)], path);
  if (types.isRegExp(value)) return encodeSlotted(encoder, value, patternOf(value), path, ["lastIndex"]);
  if (types.isBoxedPrimitive(value)) return encodeBoxed(encoder, value, path);
  if (types.isArgumentsObject(value)) return encodeArguments(encoder, value, path);
  return encodePlatformObject(encoder, value, path);
}

/** Structured clone takes these between threads, and only there. */
function isCloneable(value: object): boolean {
  if (types.isKeyObject(value) || types.isCryptoKey(value)) return true;
  const [nearest] = classesOf(value);
  const path = nearest && intrinsicPath(nearest);
  return path !== undefined && (path.join(".") === "WebAssembly.Module" || path.at(-1) === "Blob");
}

function encodeCloneable(encoder: Encoder, value: object, path: Path): Ref {
  const [nearest] = classesOf(value);
  encoder.noteLocal(path, `a ${nearest === undefined ? "native object" : nameOf(nearest)}`);
  return [value];
}

/** The special of the slots, or `["with", …]` when there is more. `implied` keys come with the slots. */
function encodeSlotted(encoder: Encoder, value: object, special: Special, path: Path, implied: readonly PropertyKey[] = []): number {
  const prototype: object | null = prototypeOf(value);
  const keys = Reflect.ownKeys(value).filter((key) => !implied.includes(key));
  const isUsual = prototype !== null && intrinsicPath(prototype) !== undefined;
  if (isUsual && keys.length === 0 && Object.isExtensible(value)) return encoder.special(special, value);
  const base = encoder.special(special);
  const index = encoder.special(["with"], value);
  const parent: Ref | "usual" = isUsual ? "usual" : encoder.refFor(index, prototype, { up: path, name: "[[Prototype]]" });
  encodeExtras(encoder, index, value, { base, prototype: parent, keys }, path);
  return index;
}

function patternOf(value: RegExp): Special {
  const get = (name: "source" | "flags"): unknown => Reflect.get(RegExp.prototype, name, value);
  return ["regexp", get("source"), get("flags"), value.lastIndex];
}

const valueOf: Readonly<Record<string, (this: unknown) => unknown>> = {
  Number: Number.prototype.valueOf,
  String: String.prototype.valueOf,
  Boolean: Boolean.prototype.valueOf,
  BigInt: BigInt.prototype.valueOf,
  Symbol: Symbol.prototype.valueOf,
};

function encodeBoxed(encoder: Encoder, value: object, path: Path): Ref {
  const kind = types.isNumberObject(value)
    ? "Number"
    : types.isStringObject(value)
      ? "String"
      : types.isBooleanObject(value)
        ? "Boolean"
        : types.isBigIntObject(value)
          ? "BigInt"
          : "Symbol";
  const implied =
    kind === "String" ? Reflect.ownKeys(value).filter((key) => key === "length" || (typeof key === "string" && /^\d+$/.test(key))) : [];
  return encodeSlotted(encoder, value, ["boxed", encoder.ref(valueOf[kind]?.call(value), path)], path, implied);
}

function encodeArguments(encoder: Encoder, value: object, path: Path): number {
  const items: unknown[] = [];
  const index = encoder.special(["arguments", items], value);
  const length: unknown = descriptorOf(value, "length")?.value;
  for (let at = 0; at < Number(length); at += 1) encoder.put(items, at, descriptorOf(value, at)?.value, { up: path, name: at });
  return index;
}

interface PlatformClass {
  /** By the platform's own methods and getters, whatever a subclass makes of them. */
  readonly encode: (value: object) => Special;
  /** Keeps state of Node's own under the symbols that every instance has. */
  readonly sample: () => object;
}

/** By name. */
const platform: Readonly<Record<string, PlatformClass>> = {
  URL: { encode: (value) => ["url", Reflect.get(URL.prototype, "href", value)], sample: () => new URL("a:") },
  URLSearchParams: { encode: (value) => ["params", URLSearchParams.prototype.toString.call(value)], sample: () => new URLSearchParams() },
  Headers: { encode: (value) => ["headers", [...Headers.prototype.entries.call(value)]], sample: () => new Headers() },
  TextEncoder: { encode: () => ["textEncoder"], sample: () => new TextEncoder() },
  TextDecoder: { encode: encodeDecoder, sample: () => new TextDecoder() },
};

function encodeDecoder(value: object): Special {
  const get = (name: "encoding" | "fatal" | "ignoreBOM"): unknown => Reflect.get(TextDecoder.prototype, name, value);
  return ["textDecoder", get("encoding"), { fatal: get("fatal"), ignoreBOM: get("ignoreBOM") }];
}

const formatters = [
  "NumberFormat",
  "DateTimeFormat",
  "Collator",
  "PluralRules",
  "ListFormat",
  "RelativeTimeFormat",
  "Segmenter",
  "DisplayNames",
];

function encodePlatformObject(encoder: Encoder, value: object, path: Path): Ref | undefined {
  for (const owner of classesOf(value)) {
    const [root = "", member] = intrinsicPath(owner) ?? [];
    if (root === "Intl" && member !== undefined && formatters.includes(member))
      return encodeSlotted(encoder, value, formatterOf(value, member), path);
    const found = root !== "" && Object.hasOwn(platform, nameOf(owner)) ? platform[nameOf(owner)] : undefined;
    if (found !== undefined) return encodeSlotted(encoder, value, found.encode(value), path, Object.getOwnPropertySymbols(found.sample()));
  }
  return undefined;
}

function formatterOf(value: object, name: string): Special {
  const { prototype } = Reflect.get(Intl, name) as typeof Intl.NumberFormat; // all formatters are made alike
  const { locale, ...options } = prototype.resolvedOptions.call(value);
  return ["intl", name, locale, options];
}
