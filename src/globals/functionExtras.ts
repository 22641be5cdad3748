/** Own properties of functions and of their `prototype` objects, beyond those that the text gives again. */

import type { FunctionExtras, PrototypeExtras } from "../codec/decode/decodeFunction.ts";
import { encodeAttributes, encodeProperties } from "../codec/encode/encodeProperties.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { dataProperty, isObjectPrototype, prototypeOwner } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import { refusePrivates } from "../codec/encode/refusals.ts";
import { configurable, flagsOf, integrityOf, writable } from "../codec/properties.ts";
import { isLegacyProperty } from "../platform/sloppyFunctions.ts";
import { isKeptStatic, memberOf, missingMembers } from "./classMembers.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { inheritsAsUsual, isApart, isFreshPrototype, otherOwner } from "./plainMethods.ts";
import type { Site } from "./Site.ts";

/** `undefined`: nothing beyond what evaluating the text gives. */
export function functionExtras(encoder: Encoder, record: FunctionRecord): FunctionExtras | undefined {
  if (isBare(record)) return undefined;
  const { fn, site, index, path } = record;
  const own = Object.getOwnPropertyDescriptor(fn, "prototype")?.value as unknown;
  const isReplaced = isReplacedPrototype(encoder, record, own);
  const keys = extraKeys(encoder, record);
  const deleted = [...["name", "length"].filter((key) => !Object.hasOwn(fn, key)), ...missingMembers(site, fn, true)];
  if (!hasUsualParent(record)) refuseHidden(encoder, record);
  const parent = hasUsualParent(record) ? undefined : encoder.refFor(index, Object.getPrototypeOf(fn), { up: path, name: "[[Prototype]]" });
  const replaced = isReplaced ? encoder.refFor(index, own, { up: path, name: "prototype" }) : undefined;
  const prototype = !isReplaced && typeof own === "object" && own !== null ? prototypeExtras(encoder, record, own) : undefined;
  const integrity = integrityOf(fn);
  const isPlain = keys.extra.length + keys.attributes.length + deleted.length === 0 && integrity === "open";
  if (isPlain && [parent, replaced, prototype].every((fact) => fact === undefined)) return undefined;
  const properties: unknown[] = [];
  encodeAttributes(fn, keys.attributes, properties);
  encoder.walk(() => encodeProperties(encoder, fn, keys.extra, properties, path));
  return { properties, deleted, parent, integrity, replaced, prototype };
}

/** A class may give private names to functions, which then are its instances. */
function refuseHidden(encoder: Encoder, { fn, path }: FunctionRecord): void {
  const [part] = encoder.hooks.privates(encoder, fn, path) ?? [];
  if (part !== undefined) refusePrivates(encoder, part.owner, path, "function");
}

/** Like most arrows and methods: only `length` and `name`, as the text gives them. */
function isBare(record: FunctionRecord): boolean {
  const { fn, site } = record;
  if (site.originalFacts.classFacts !== undefined || Reflect.ownKeys(fn).length !== 2) return false;
  return hasUsual(record, "length") && hasUsual(record, "name") && hasUsualParent(record) && Object.isExtensible(fn);
}

function hasUsual({ fn, site }: FunctionRecord, key: "name" | "length"): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(fn, key);
  return descriptor !== undefined && isUsual(site, key, descriptor);
}

function isReplacedPrototype(encoder: Encoder, record: FunctionRecord, own: unknown): boolean {
  const { fn, site } = record;
  if (site.facts.generator) return isReplacedOfGenerator(encoder, record, own);
  return own !== undefined && site.originalFacts.form === "function" && !isOwnPrototype(fn, own);
}

/** Nothing leads from the prototype of a generator to it. */
function isReplacedOfGenerator(encoder: Encoder, { fn, path }: FunctionRecord, own: unknown): boolean {
  if (!isFreshPrototype(own) || encoder.knows(own)) return true;
  if (otherOwner(encoder, fn, own) !== undefined)
    encoder.refuse(path, "a generator that shares its prototype with another cannot leave this process", "Give it one of its own.");
  return false;
}

function isOwnPrototype(fn: Function, value: unknown): boolean {
  return typeof value === "object" && value !== null && prototypeOwner(value) === fn;
}

interface Keys {
  readonly extra: PropertyKey[];
  /** Those of which only the attributes differ. */
  readonly attributes: string[];
}

function extraKeys(encoder: Encoder, { fn, site }: FunctionRecord): Keys {
  const keys: Keys = { extra: [], attributes: [] };
  for (const key of Reflect.ownKeys(fn)) {
    const descriptor = Object.getOwnPropertyDescriptor(fn, key);
    if (descriptor === undefined || key === "prototype" || isLegacyProperty(fn, key)) continue;
    if ((key === "name" || key === "length") && isUsual(site, key, descriptor)) continue;
    if (isKeptStatic(site, key, descriptor)) continue;
    sortKey(encoder, keys, { key, descriptor, member: memberOf(site, key, descriptor, true) });
  }
  return keys;
}

interface Property {
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
  readonly member: ReturnType<typeof memberOf>;
}

function sortKey(encoder: Encoder, { extra, attributes }: Keys, { key, descriptor, member }: Property): void {
  if (member === false || isApart(encoder, key, descriptor)) extra.push(key);
  else if (member === "attributes") attributes.push(String(key));
}

/** Whether evaluating the text gives the same `name` or `length`. */
function isUsual({ facts }: Site, key: "name" | "length", descriptor: PropertyDescriptor): boolean {
  if (flagsOf(descriptor) !== configurable) return false;
  if (key === "length") return descriptor.value === facts.parameters.length;
  if (typeof descriptor.value !== "string") return false;
  // Anonymous functions are made under the name that they have.
  if (facts.wrap === "expression") return facts.ownName === undefined || facts.ownName === descriptor.value;
  const prefix = facts.form === "getter" ? "get " : facts.form === "setter" ? "set " : "";
  return facts.key?.computed === true || descriptor.value === `${prefix}${facts.key?.name ?? ""}`;
}

function hasUsualParent({ fn, site }: FunctionRecord): boolean {
  return site.originalFacts.classFacts?.heritage !== undefined || inheritsAsUsual(fn);
}

function prototypeExtras(encoder: Encoder, record: FunctionRecord, prototype: object): PrototypeExtras | undefined {
  const { fn, site, index } = record;
  const keys: Keys = { extra: [], attributes: [] };
  for (const key of Reflect.ownKeys(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
    if (descriptor === undefined || (key === "constructor" && descriptor.value === fn && flagsOf(descriptor) === (writable | configurable)))
      continue;
    sortKey(encoder, keys, { key, descriptor, member: memberOf(site, key, descriptor, false) });
  }
  const deleted = missingMembers(site, prototype, false);
  const path: Path = { up: record.path, name: "prototype" };
  const up: object | null = Object.getPrototypeOf(prototype);
  const parent = isUsualAbove(record, up) ? undefined : encoder.refFor(index, up, { up: path, name: "[[Prototype]]" });
  const integrity = integrityOf(prototype);
  if (keys.extra.length + keys.attributes.length + deleted.length === 0 && parent === undefined && integrity === "open") return undefined;
  const properties: unknown[] = [];
  encodeAttributes(prototype, keys.attributes, properties);
  encoder.walk(() => encodeProperties(encoder, prototype, keys.extra, properties, path));
  return { properties, deleted, parent, integrity };
}

/** Whether a fresh `prototype` object has this above it. */
function isUsualAbove({ fn, site }: FunctionRecord, up: object | null): boolean {
  if (site.originalFacts.classFacts?.heritage !== undefined) {
    const parent: object | null = Object.getPrototypeOf(fn);
    return up === null || (parent !== null && dataProperty(parent, "prototype") === up);
  }
  return up !== null && isObjectPrototype(up);
}
