/** Objects with internal slots: rebuilt by their constructor, then given prototype and extra properties. */

import { Buffer } from "node:buffer";
import { types } from "node:util";
import type { Ref, Special } from "./Encoded.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";
import { encodeError } from "./encodeError.ts";
import { isWasmModule } from "./encodeInstance.ts";
import { encodeProperties } from "./properties.ts";

/** `undefined`: an object without slots. */
export function encodeExotic(encoder: Encoder, value: object, prototype: object | null, path: Path): Ref | undefined {
  if (types.isNativeError(value) || (value instanceof Error && !(value instanceof DOMException))) return encodeError(encoder, value, prototype, path);
  if (types.isMap(value)) return encodeMap(encoder, value, prototype, path);
  if (types.isSet(value)) return encodeSet(encoder, value, prototype, path);
  if (ArrayBuffer.isView(value)) return encodeView(encoder, value, path);
  if (types.isAnyArrayBuffer(value)) return encodeBuffer(encoder, value, path);
  const simple = rebuildable(encoder, value, path);
  if (simple !== undefined) return withExtras(encoder, value, prototype, simple, path);
  refuseUnportable(encoder, value, path);
  return undefined;
}

function rebuildable(encoder: Encoder, value: object, path: Path): Special | undefined {
  if (types.isDate(value)) return ["date", Date.prototype.getTime.call(value)];
  if (types.isRegExp(value)) return ["regexp", value.source, value.flags, value.lastIndex];
  if (types.isBoxedPrimitive(value)) return ["boxed", encoder.ref((Object.prototype.valueOf.call(value) as { valueOf(): unknown }).valueOf(), path)];
  if (types.isArgumentsObject(value)) return ["arguments", encoder.ref(Array.from(value as ArrayLike<unknown>), path)];
  if (types.isModuleNamespaceObject(value)) return ["namespace", encoder.ref({ ...value }, path)];
  return platformObject(value);
}

/** Web and Intl objects that a constructor rebuilds from public facts. */
function platformObject(value: object): Special | undefined {
  if (value instanceof URL) return ["url", value.href];
  if (value instanceof URLSearchParams) return ["params", value.toString()];
  if (value instanceof DOMException) return ["domexception", value.message, value.name, value.stack];
  for (const name of ["NumberFormat", "DateTimeFormat", "Collator", "PluralRules", "ListFormat", "RelativeTimeFormat", "Segmenter", "DisplayNames"] as const) {
    const formatter = Intl[name];
    if (value instanceof formatter) {
      const { locale, ...options } = value.resolvedOptions();
      return ["intl", name, locale, options];
    }
  }
  return undefined;
}

/** `["with", base, prototype, properties, extensible]`: only when there is more than the slots. */
function withExtras(encoder: Encoder, value: object, prototype: object | null, base: Special, path: Path): number {
  const keys = Reflect.ownKeys(value).filter((key) => !isImplied(base[0], key));
  const usual = prototype !== null && encoder.hooks.reference(prototype) !== undefined && isUsual(value, prototype);
  if (usual && keys.length === 0 && Object.isExtensible(value)) return encoder.special(base, value);
  const properties: unknown[] = [];
  const inner = encoder.special(base);
  const index = encoder.special(base, value);
  const parent: Ref | "usual" = usual ? "usual" : encoder.ref(prototype, { up: path, name: "[[Prototype]]" });
  encoder.replace(index, ["with", inner, parent, properties, Object.isExtensible(value)]);
  encodeProperties(encoder, value, keys, properties, path);
  return index;
}

function isImplied(tag: string, key: PropertyKey): boolean {
  switch (tag) {
    case "regexp":
      return key === "lastIndex";
    case "namespace":
    case "domexception":
      return true;
    case "arguments":
      return true;
    case "boxed":
      return key === "length" || (typeof key === "string" && /^\d+$/.test(key));
    default:
      return typeof key === "symbol"; // Node's own bookkeeping on URLs and the like
  }
}

function isUsual(value: object, prototype: object): boolean {
  const kind: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return types.isModuleNamespaceObject(value) || types.isArgumentsObject(value) || (typeof kind === "function" && kind.prototype === prototype);
}

function encodeMap(encoder: Encoder, value: Map<unknown, unknown>, prototype: object | null, path: Path): Ref {
  const entries: unknown[] = [];
  return encodeCollection(encoder, value, new Map(), prototype, path, (copy) => {
    const before = encoder.fixups.length;
    let odd = false;
    for (const [key, element] of Map.prototype.entries.call(value) as IterableIterator<[unknown, unknown]>) {
      const name = typeof key === "string" || typeof key === "number" ? key : "key";
      odd = push(encoder, entries, key, path, "key") || odd;
      odd = push(encoder, entries, element, path, name) || odd;
    }
    if (odd || before !== encoder.fixups.length) encoder.fills.push(copy, entries);
    else for (let at = 0; at < entries.length; at += 2) (copy as Map<unknown, unknown>).set(entries[at], entries[at + 1]);
  });
}

function encodeSet(encoder: Encoder, value: Set<unknown>, prototype: object | null, path: Path): Ref {
  const entries: unknown[] = [];
  return encodeCollection(encoder, value, new Set(), prototype, path, (copy) => {
    let odd = false;
    for (const element of Set.prototype.values.call(value) as IterableIterator<unknown>) odd = push(encoder, entries, element, path, "element") || odd;
    if (odd) encoder.fills.push(copy, entries);
    else for (const entry of entries) (copy as Set<unknown>).add(entry);
  });
}

/** Whether the entry is a special. */
function push(encoder: Encoder, entries: unknown[], value: unknown, path: Path, name: string | number): boolean {
  const before = encoder.fixups.length;
  entries.push(undefined);
  encoder.put(entries, entries.length - 1, value, { up: path, name });
  return encoder.fixups.length > before && encoder.fixups.at(-3) === entries;
}

function encodeCollection(
  encoder: Encoder,
  value: Map<unknown, unknown> | Set<unknown>,
  copy: Map<unknown, unknown> | Set<unknown>,
  prototype: object | null,
  path: Path,
  fill: (copy: Map<unknown, unknown> | Set<unknown>) => void,
): Ref {
  const native = types.isMap(value) ? "Map" : "Set";
  const usual = prototype !== null && Object.hasOwn(prototype, "clear") && Object.hasOwn(prototype, "forEach");
  const keys = Reflect.ownKeys(value);
  if (usual && keys.length === 0 && Object.isExtensible(value)) return encoder.descend(value, copy, () => fill(copy));
  // A subclass or extra properties: the entries stand in a native collection of their own.
  const properties: unknown[] = [];
  const index = encoder.special(["collection"], value);
  const parent: Ref | "usual" = usual ? "usual" : encoder.ref(prototype, { up: path, name: "[[Prototype]]" });
  encoder.replace(index, ["collection", native, parent, copy, properties, Object.isExtensible(value)]);
  fill(copy);
  encodeProperties(encoder, value, keys, properties, path);
  return index;
}

function encodeView(encoder: Encoder, view: ArrayBufferView, path: Path): Ref {
  const name = Buffer.isBuffer(view) ? "Buffer" : (Object.getOwnPropertyDescriptor(typedArrayPrototype, Symbol.toStringTag)?.get?.call(view) as string | undefined) ?? "DataView";
  noteBuffer(encoder, view.buffer, view.byteLength, path);
  const length = "length" in view ? (view as Uint8Array).length : view.byteLength;
  const base = encoder.views.view(view, name, length);
  const keys = ownNamedKeys(view);
  const prototype: object | null = Object.getPrototypeOf(view);
  const usual = Buffer.isBuffer(view) || (prototype !== null && prototype === (Reflect.get(globalThis, name) as { prototype: object }).prototype) || isForeignView(prototype);
  if (usual && keys.length === 0) return encoder.special(base, view);
  const properties: unknown[] = [];
  const inner = encoder.special(base);
  const index = encoder.special(base, view);
  const parent: Ref | "usual" = usual ? "usual" : encoder.ref(prototype, { up: path, name: "[[Prototype]]" });
  encoder.replace(index, ["with", inner, parent, properties, true]);
  encodeProperties(encoder, view, keys, properties, path);
  return index;
}

const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;

function isForeignView(prototype: object | null): boolean {
  return prototype !== null && (Object.hasOwn(prototype, "BYTES_PER_ELEMENT") || Object.hasOwn(prototype, "getFloat64"));
}

/** Own keys beyond the elements; a plain typed array has none, which is cheap to see. */
function ownNamedKeys(view: ArrayBufferView): PropertyKey[] {
  const length = view instanceof DataView ? 0 : (view as Uint8Array).length;
  if (length > 100_000) return [];
  return Reflect.ownKeys(view).slice(length);
}

function encodeBuffer(encoder: Encoder, buffer: ArrayBufferLike, path: Path): Ref {
  noteBuffer(encoder, buffer, buffer.byteLength, path);
  return encoder.special(encoder.views.buffer(buffer), buffer);
}

function noteBuffer(encoder: Encoder, buffer: ArrayBufferLike, bytes: number, path: Path): void {
  if (types.isSharedArrayBuffer(buffer)) {
    encoder.noteLocal(path, "shared memory");
    return;
  }
  if (isDetached(buffer)) {
    encoder.refuse(path, "a detached ArrayBuffer cannot travel", "It was transferred elsewhere; capture a copy made before that.");
  }
  encoder.bytes += bytes;
}

function isDetached(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    // The constructor throws for detached buffers only; `detached` itself came with Node 22.
    return true;
  }
}

const refusals: readonly (readonly [(value: object) => boolean, string, string])[] = [
  [types.isWeakMap, "a WeakMap", "Capture a Map instead."],
  [types.isWeakSet, "a WeakSet", "Capture a Set instead."],
  [(value) => value instanceof WeakRef, "a WeakRef", "Capture what it refers to."],
  [(value) => value instanceof FinalizationRegistry, "a FinalizationRegistry", "Make it inside the future."],
  [types.isGeneratorObject, "a running generator", "Capture the generator function, or collect what it yields into an array."],
  [(value) => types.isMapIterator(value) || types.isSetIterator(value) || isIterator(value), "an iterator", "Collect what it yields into an array."],
  [types.isExternal, "a native handle", "Make it inside the future, or once per worker with workerLocal(() => …)."],
];

function isIterator(value: object): boolean {
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object; // %IteratorPrototype%
  return Object.prototype.isPrototypeOf.call(iterators, value) && Object.hasOwn(Object.getPrototypeOf(value) as object, "next");
}

function refuseUnportable(encoder: Encoder, value: object, path: Path): void {
  if (isWasmModule(value) || types.isKeyObject(value) || types.isCryptoKey(value)) return;
  for (const [test, what, advice] of refusals) {
    if (test(value)) encoder.refuse(path, `${what} cannot leave this process`, advice);
  }
}
