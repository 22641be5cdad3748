/** Own properties of functions and of their `prototype` objects, beyond those that the text gives again. */

import type { FunctionExtras } from "../codec/decode/decodeFunction.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import type { Path } from "../codec/encode/Path.ts";
import { encodeProperties } from "../codec/properties.ts";
import { intrinsicPath } from "../codec/intrinsics.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";

/** `undefined`: nothing beyond what evaluating the text gives. */
export function functionExtras(encoder: Encoder, record: FunctionRecord): FunctionExtras | undefined {
  const { fn, path } = record;
  const keys = Reflect.ownKeys(fn).filter((key) => isExtra(record, key));
  const deleted = ["name", "length"].filter((key) => !Object.hasOwn(fn, key));
  const parent = unusualParent(encoder, record);
  const prototype = prototypeExtras(encoder, record);
  if (keys.length === 0 && deleted.length === 0 && parent === undefined && prototype === undefined && Object.isExtensible(fn)) return undefined;
  const properties: unknown[] = [];
  encodeProperties(encoder, fn, keys, properties, path);
  return {
    properties,
    prototype: prototype?.properties ?? [],
    prototypeParent: prototype?.parent,
    parent,
    deleted,
    extensible: Object.isExtensible(fn),
  };
}

function isExtra({ fn, site }: FunctionRecord, key: string | symbol): boolean {
  if (key === "prototype" || key === "arguments" || key === "caller") return false;
  const descriptor = Object.getOwnPropertyDescriptor(fn, key);
  if (key === "length" || key === "name") {
    if (descriptor === undefined || isMember(site.original, descriptor)) return false;
    const usual = descriptor.enumerable === false && descriptor.writable === false && descriptor.configurable === true;
    return !usual || (key === "name" && typeof descriptor.value !== "string");
  }
  return descriptor !== undefined && !isMember(site.original, descriptor);
}

/** A method or accessor that stands in the text of the class itself. */
function isMember(text: string, descriptor: PropertyDescriptor): boolean {
  if (!text.startsWith("class")) return false;
  const members: unknown[] = [descriptor.value, descriptor.get, descriptor.set].filter((member) => member !== undefined);
  return members.length > 0 && members.every((member) => typeof member === "function" && text.includes(Function.prototype.toString.call(member)));
}

function unusualParent(encoder: Encoder, { fn, site, path }: FunctionRecord): unknown {
  if (site.originalFacts.classFacts?.heritage !== undefined) return undefined;
  const parent: object | null = Object.getPrototypeOf(fn);
  if (parent !== null && (intrinsicPath(parent) !== undefined || Object.hasOwn(parent, "constructor"))) return undefined;
  return encoder.ref(parent, { up: path, name: "[[Prototype]]" });
}

function prototypeExtras(encoder: Encoder, record: FunctionRecord): { readonly properties: readonly unknown[]; readonly parent: unknown } | undefined {
  const { fn, site } = record;
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, "prototype")?.value;
  if (typeof prototype !== "object" || prototype === null || site.facts.generator) return undefined;
  const keys = Reflect.ownKeys(prototype).filter((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
    return !(key === "constructor" && descriptor?.value === fn) && descriptor !== undefined && !isMember(site.original, descriptor);
  });
  const up: object | null = Object.getPrototypeOf(prototype);
  const usual = site.originalFacts.form === "class" || up === Object.prototype || (up !== null && Object.getPrototypeOf(up) === null && Object.hasOwn(up, "__lookupGetter__"));
  if (keys.length === 0 && usual) return undefined;
  const at: Path = { up: record.path, name: "prototype" };
  const properties: unknown[] = [];
  encodeProperties(encoder, prototype, keys, properties, at);
  return { properties, parent: usual ? undefined : encoder.ref(up, { up: at, name: "[[Prototype]]" }) };
}
