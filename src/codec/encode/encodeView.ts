/** Binary data: typed arrays, `DataView`, Node's `Buffer`, and array buffers by themselves. */

import { Buffer } from "node:buffer";
import { types } from "node:util";
import type { Ref, Special } from "../Encoded.ts";
import { currentSession } from "../../session/currentSession.ts";
import { encodeSlotted } from "./encodeSlots.ts";
import { subclassRef } from "./encodeInstance.ts";
import { encodeExtras } from "./encodePlain.ts";
import type { Encoder } from "./Encoder.ts";
import { hasNamedKeys } from "./hasNamedKeys.ts";
import type { Path } from "./Path.ts";
import { refusal } from "./refusals.ts";
import { isLasting, isResizable } from "./lasting.ts";
import { descriptorOf, prototypeOf } from "../reflection.ts";

const typedArrayPrototype = prototypeOf(Uint8Array.prototype) as object;
const tagOf = descriptorOf(typedArrayPrototype, Symbol.toStringTag)?.get;

export function encodeView(encoder: Encoder, view: ArrayBufferView, path: Path): Ref {
  const { buffer } = view;
  const prototype: object | null = prototypeOf(view);
  const isBuffer = Buffer.isBuffer(view);
  const isUsual = isBuffer || (prototype !== null && isViewPrototype(prototype));
  const keys = namedKeys(view);
  const isSimple = isUsual && keys.length === 0 && Object.isExtensible(view);
  if (types.isSharedArrayBuffer(buffer) && !isLasting(buffer)) return encodeLocal(encoder, view, isSimple, path);
  if (types.isArrayBuffer(buffer)) refuseDetached(encoder, buffer, path);
  if (!currentSession().shared.has(buffer)) encoder.bytes += view.byteLength;
  const special = encoder.views.view(view, buffer, isBuffer ? "Buffer" : kindOf(view), lengthOf(view));
  if (isSimple) return encodeSimple(encoder, special, view);
  const base = encoder.special(special);
  const index = encoder.special(["with"], view);
  const parent: Ref | "usual" = isUsual ? "usual" : subclassRef(encoder, index, view, path);
  encodeExtras(encoder, index, view, { base, prototype: parent, keys }, path);
  return index;
}

function encodeSimple(encoder: Encoder, special: Special, view: ArrayBufferView): number {
  if (special[1] !== "Buffer" && special[1] !== "DataView") encoder.views.plain(view);
  return encoder.special(special, view);
}

/** A view of shared memory is cloned as it is; of a Node Buffer that would leave a Uint8Array. */
function encodeLocal(encoder: Encoder, view: ArrayBufferView, isSimple: boolean, path: Path): Ref {
  encoder.noteLocal(path, "shared memory");
  if (isSimple && !Buffer.isBuffer(view)) return [view];
  return encoder.refuse(
    path,
    "a view of shared memory with properties of its own, or a Buffer of it, cannot travel",
    "Capture new Uint8Array(view.buffer).",
  );
}

function kindOf(view: ArrayBufferView): string {
  return (tagOf?.call(view) as string | undefined) ?? "DataView"; // a string for typed arrays
}

/** The prototype of a kind of view, of this realm or another; none of a subclass. */
function isViewPrototype(prototype: object): boolean {
  return Object.hasOwn(prototype, "BYTES_PER_ELEMENT") || Object.hasOwn(prototype, "getFloat64");
}

/** The language's own `length`, whatever stands on the view under that name; bytes of a `DataView`. */
function elementsOf(view: ArrayBufferView): number {
  return view instanceof DataView ? view.byteLength : (Reflect.get(prototypeOf(Uint8Array.prototype) as object, "length", view) as number);
}

/** In elements, of a `DataView` in bytes; `undefined` when it follows the length of a resizable buffer. */
function lengthOf(view: ArrayBufferView): number | undefined {
  if (isResizable(view.buffer) && followsLength(view)) return undefined;
  return elementsOf(view);
}

/** Tried on a clone: a view that follows grows or shrinks with its buffer. */
function followsLength(view: ArrayBufferView): boolean {
  const [buffer, clone] = structuredClone([view.buffer, view]) as [
    ArrayBuffer & { resize(length: number): void; maxByteLength: number },
    ArrayBufferView,
  ]; // Node 20 has them
  const before = clone.byteLength;
  const step = "BYTES_PER_ELEMENT" in clone ? Number(clone.BYTES_PER_ELEMENT) : 1;
  if (buffer.maxByteLength >= buffer.byteLength + step) buffer.resize(buffer.byteLength + step);
  else if (before > step) buffer.resize(buffer.byteLength - step);
  else return false;
  return clone.byteLength !== before && clone.byteLength !== 0;
}

/** Own keys beyond the elements. */
function namedKeys(view: ArrayBufferView): PropertyKey[] {
  if (!types.isTypedArray(view)) return Reflect.ownKeys(view);
  const length = elementsOf(view);
  return length > 1000 && !hasNamedKeys(view) ? [] : Reflect.ownKeys(view).slice(length);
}

export function encodeBuffer(encoder: Encoder, buffer: ArrayBufferLike, path: Path): Ref {
  if (types.isSharedArrayBuffer(buffer)) {
    encoder.noteLocal(path, "shared memory");
    return [buffer];
  }
  refuseDetached(encoder, buffer, path);
  encoder.bytes += buffer.byteLength;
  return encodeSlotted(encoder, buffer, encoder.views.buffer(buffer), path);
}

function refuseDetached(encoder: Encoder, buffer: ArrayBuffer, path: Path): void {
  if (buffer.byteLength > 0) return;
  try {
    new Uint8Array(buffer);
  } catch {
    // The constructor throws for detached buffers only; `detached` itself came with Node 22.
    encoder.refuse(path, ...refusal.detached);
  }
}
