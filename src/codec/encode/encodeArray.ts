/**
 * Arrays. An array that is nothing but its elements is copied natively; holes, attributes, further properties and
 * subclasses make it a special. No getter is run: accessors among the elements are found before they are read.
 */

import type { Ref } from "../Encoded.ts";
import { attributesOnly, integrityOf } from "../properties.ts";
import { subclassRef } from "./encodeInstance.ts";
import type { Encoder } from "./Encoder.ts";
import { encodeElements, encodeList, type PlaceOf } from "./encodeList.ts";
import { addPrivatesOf } from "./encodePrivate.ts";
import { encodeProperties, ordinaryProperty, ordinaryValues } from "./encodeProperties.ts";
import { hasNamedKeys } from "./hasNamedKeys.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, hasOwn, isExtensible, keysOf, prototypeOf, read } from "../reflection.ts";

/** Up to here keys are listed. */
const few = 100;
/** Up to here every element's attributes are looked at; beyond, an element that is only read-only travels as an ordinary one. */
const carefully = 1000;

export function encodeArray(encoder: Encoder, value: readonly unknown[], path: Path): Ref {
  const isSimple = isUsual(value) && isPlainLength(value);
  const elements = isSimple ? (value.length <= few ? fewElements(value) : manyElements(value)) : undefined;
  if (elements === undefined) return encodeOddArray(encoder, value, path);
  const placeOf: PlaceOf = (index) => [{ up: path, name: index }, value];
  const packed = encodeList(encoder, value, elements, placeOf);
  if (packed !== undefined) return packed;
  const copy = elements === value ? copyOf(value) : elements;
  return encoder.descend(value, copy, () => void encodeElements(encoder, copy, placeOf));
}

/** Without holes, even if there was room for some: a holey array is cloned slowly. */
function copyOf(list: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  for (let index = 0; index < list.length; index += 1) copy.push(list[index]);
  return copy;
}

function isUsual(value: readonly unknown[]): boolean {
  return prototypeOf(value) === Array.prototype || isForeign(value);
}

/** The elements, or `undefined` if there is more to the array than they tell. */
function fewElements(value: readonly unknown[]): unknown[] | undefined {
  const keys = keysOf(value);
  return keys.length === value.length + 1 ? ordinaryValues(value, keys.slice(0, -1)) : undefined;
}

const lookUpGetter = read(Object.prototype, "__lookupGetter__") as (this: object, key: PropertyKey) => unknown; // older than its types

/** The same for longer arrays: the array itself, which is read once more. */
function manyElements(value: readonly unknown[]): unknown[] | undefined {
  if (!isExtensible(value) || hasNamedKeys(value)) return undefined;
  const isData = value.length > carefully ? isReadable : ordinaryProperty;
  for (let index = 0; index < value.length; index += 1) if (!isData(value, index)) return undefined;
  return value as unknown[]; // to be copied, not to be written
}

function isReadable(value: readonly unknown[], index: number): boolean {
  return lookUpGetter.call(value, index) === undefined && (value[index] !== undefined || ordinaryProperty(value, index) !== undefined);
}

function isPlainLength(value: readonly unknown[]): boolean {
  return descriptorOf(value, "length")?.writable === true;
}

/** `Array.prototype` of another realm. */
function isForeign(value: readonly unknown[]): boolean {
  const prototype: object | null = prototypeOf(value);
  return prototype !== null && Array.isArray(prototype) && hasOwn(prototype, "copyWithin");
}

/** `["array", length, prototype, properties, integrity]`. */
function encodeOddArray(encoder: Encoder, value: readonly unknown[], path: Path): number {
  const index = encoder.special(["array"], value);
  const prototype: Ref | "usual" = isUsual(value) ? "usual" : subclassRef(encoder, index, value, path);
  const properties: unknown[] = [];
  const keys = keysOf(value).filter((key) => key !== "length");
  encoder.replace(index, ["array", value.length, prototype, properties, integrityOf(value)]);
  encoder.walk(() => {
    encodeProperties(encoder, value, keys, properties, path);
    if (!isPlainLength(value)) properties.push("length", attributesOnly, undefined, undefined);
  });
  if (prototype !== "usual") addPrivatesOf(encoder, value, path);
  return index;
}
