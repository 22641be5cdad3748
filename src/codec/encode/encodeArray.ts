/**
 * Arrays. An array that is nothing but its elements is copied natively; holes, attributes, further properties and
 * subclasses make it a special. No getter is run: accessors among the elements are found before they are read.
 */

import type { Ref } from "../Encoded.ts";
import { integrityOf } from "../properties.ts";
import type { Encoder } from "./Encoder.ts";
import { encodeProperties, ordinaryValues } from "./encodeProperties.ts";
import { hasNamedKeys } from "./hasNamedKeys.ts";
import type { Path } from "./Path.ts";
import { descriptorOf, prototypeOf } from "../reflection.ts";

/** Up to here every element's attributes are looked at; beyond, an element that is only read-only travels as an ordinary one. */
const carefully = 1000;

export function encodeArray(encoder: Encoder, value: readonly unknown[], path: Path): Ref {
  const isOrdinary = prototypeOf(value) === Array.prototype || isForeign(value);
  const elements = isOrdinary ? (value.length <= carefully ? fewElements(value) : manyElements(value)) : undefined;
  if (elements === undefined) return encodeOddArray(encoder, value, isOrdinary, path);
  encoder.bytes += 8 * elements.length;
  if (areNumbers(elements)) return encoder.descend(value, elements, () => undefined);
  const copy: unknown[] = [];
  return encoder.descend(value, copy, () => copyElements(encoder, value, elements, copy, path));
}

function areNumbers(elements: readonly unknown[]): boolean {
  for (const element of elements) if (typeof element !== "number") return false;
  return true;
}

function copyElements(encoder: Encoder, value: readonly unknown[], elements: readonly unknown[], copy: unknown[], path: Path): void {
  for (const element of elements) {
    const index = copy.push(element) - 1;
    // What is no object needs neither path nor reference.
    if (typeof element === "string") encoder.bytes += element.length;
    else if (typeof element === "function" || typeof element === "symbol" || (typeof element === "object" && element !== null)) {
      encoder.put(copy, index, element, { up: path, name: index }, value);
    }
  }
}

/** The elements, or `undefined` if there is more to the array than they tell. */
function fewElements(value: readonly unknown[]): readonly unknown[] | undefined {
  const keys = Reflect.ownKeys(value);
  if (keys.length !== value.length + 1 || !isPlainLength(value)) return undefined;
  return ordinaryValues(value, keys.slice(0, -1));
}

const lookUpGetter = Reflect.get(Object.prototype, "__lookupGetter__") as (this: object, key: PropertyKey) => unknown; // older than its types

/** The same for long arrays, without a descriptor or a key for each element. The copy is packed: holey arrays are cloned slowly. */
function manyElements(value: readonly unknown[]): readonly unknown[] | undefined {
  if (!Object.isExtensible(value) || !isPlainLength(value) || hasNamedKeys(value)) return undefined;
  const elements: unknown[] = [];
  for (let index = 0; index < value.length; index += 1) {
    if (lookUpGetter.call(value, index) !== undefined) return undefined;
    const element = value[index];
    if (element === undefined && !isDataAt(value, index)) return undefined;
    elements.push(element);
  }
  return elements;
}

function isPlainLength(value: readonly unknown[]): boolean {
  return descriptorOf(value, "length")?.writable === true;
}

function isDataAt(value: readonly unknown[], index: number): boolean {
  const descriptor = descriptorOf(value, index);
  return descriptor !== undefined && "value" in descriptor;
}

/** `Array.prototype` of another realm. */
function isForeign(value: readonly unknown[]): boolean {
  const prototype: object | null = prototypeOf(value);
  return prototype !== null && Array.isArray(prototype) && Object.hasOwn(prototype, "copyWithin");
}

/** `["array", prototype, length, properties, integrity, length is writable]`. */
function encodeOddArray(encoder: Encoder, value: readonly unknown[], isOrdinary: boolean, path: Path): number {
  const index = encoder.special(["array"], value);
  const prototype: Ref | "usual" = isOrdinary ? "usual" : encoder.refFor(index, prototypeOf(value), { up: path, name: "[[Prototype]]" });
  const properties: unknown[] = [];
  const keys = Reflect.ownKeys(value).filter((key) => key !== "length");
  encoder.replace(index, ["array", prototype, value.length, properties, integrityOf(value), isPlainLength(value)]);
  encoder.walk(() => encodeProperties(encoder, value, keys, properties, path));
  return index;
}
