/** Objects: plain ones with attributes, those with internal slots, instances. Tuples are our own, hence the assertions on their entries. */

import { Buffer } from "node:buffer";
import type { Special } from "../Encoded.ts";
import { close, defineProperties, type Integrity } from "../properties.ts";
import { addEntries, type Built, type Decoder } from "./Decoder.ts";

const decodeHook = Symbol.for("futureplan.decode");

type Rebuild = (decoder: Decoder, special: Special) => unknown;

const table: Readonly<Record<string, Rebuild>> = {
  plain: (_, [, copy]) => copy,
  object: (decoder, [, prototype, properties, integrity]) => {
    const parent = prototype === "plain" ? Object.prototype : (decoder.ref(prototype) as object | null);
    return finished(decoder, Object.create(parent) as object, properties, integrity);
  },
  // The copy itself becomes the instance: no setter of its class sees its properties.
  instance: (decoder, [, prototype, copy]) => Object.setPrototypeOf(copy, decoder.ref(prototype) as object | null),
  array: decodeArray,
  with: (decoder, [, inner, prototype, properties, integrity]) => {
    const made = decoder.ref(inner) as object;
    if (prototype !== "usual") Object.setPrototypeOf(made, decoder.ref(prototype) as object | null);
    return finished(decoder, made, properties, integrity);
  },
  collection: (decoder, [, kind, prototype, entries, properties, integrity]) => {
    const made = kind === "Map" ? new Map<unknown, unknown>() : new Set<unknown>();
    decoder.step(entries, () => addEntries(made, entries as readonly unknown[]));
    if (prototype !== "usual") Object.setPrototypeOf(made, decoder.ref(prototype) as object | null);
    return finished(decoder, made, properties, integrity);
  },
  error: (decoder, [, prototype, stack, properties, integrity]) => {
    const made = new Error();
    Object.setPrototypeOf(made, decoder.ref(prototype) as object);
    setStack(made, stack);
    return finished(decoder, made, properties, integrity);
  },
  custom: (decoder, [, constructor, holder]) => {
    const made = decoder.ref(constructor) as Function & Record<symbol, (data: unknown) => unknown>;
    const decode = made[decodeHook];
    if (typeof decode !== "function") throw new TypeError(`${made.name} has futureplan.encode but no futureplan.decode`);
    return decode.call(made, (holder as readonly unknown[])[0]);
  },
  view: (decoder, [, name, given, length, offset, use]) => {
    const buffer = decoder.memory(given, use);
    if (name === "Buffer") return Buffer.from(buffer as ArrayBuffer, offset as number, length as number | undefined);
    const constructor = Reflect.get(globalThis, name as string) as new (buffer: unknown, offset: unknown, length: unknown) => unknown;
    return new constructor(buffer, offset, length);
  },
  buffer: (decoder, [, , given]) => decoder.memory(given, undefined),
  date: (_, [, time]) => new Date(time as number),
  regexp: (_, [, source, flags, lastIndex]) => {
    const made = new RegExp(source as string, flags as string);
    made.lastIndex = lastIndex as number;
    return made;
  },
  boxed: (decoder, [, value]) => Object(decoder.ref(value)) as object,
  arguments: (decoder, [, items]) => {
    const made = argumentsOf(items as readonly unknown[]);
    decoder.step(items, () => Object.assign(made, items));
    return made;
  },
  url: (_, [, href]) => new URL(href as string),
  params: (_, [, text]) => new URLSearchParams(text as string),
  headers: (_, [, entries]) => new Headers(entries as [string, string][]),
  textEncoder: () => new TextEncoder(),
  textDecoder: (_, [, encoding, options]) => new TextDecoder(encoding as string, options as { fatal: boolean; ignoreBOM: boolean }),
  domexception: (_, [, message, name, stack]) => {
    const made = new DOMException(message as string, name as string);
    setStack(made, stack);
    return made;
  },
  intl: (_, [, name, locale, options]) => {
    const constructor = Reflect.get(Intl, name as string) as new (locale: unknown, options: unknown) => unknown;
    return new constructor(locale, options);
  },
};

export function decodeObject(decoder: Decoder, special: Special): Built | undefined {
  const rebuild = Object.hasOwn(table, special[0]) ? table[special[0]] : undefined;
  return rebuild === undefined ? undefined : { value: rebuild(decoder, special) };
}

function decodeArray(decoder: Decoder, [, prototype, length, properties, integrity, isLengthWritable]: Special): unknown[] {
  const made: unknown[] = [];
  made.length = length as number;
  if (prototype !== "usual") Object.setPrototypeOf(made, decoder.ref(prototype) as object | null);
  decoder.step(properties, () => {
    defineProperties(made, properties as readonly unknown[]);
    if (isLengthWritable === false) Object.defineProperty(made, "length", { writable: false });
    close(made, integrity as Integrity);
  });
  return made;
}

function finished(decoder: Decoder, made: object, properties: unknown, integrity: unknown): object {
  decoder.step(properties, () => {
    defineProperties(made, properties as readonly unknown[]);
    close(made, integrity as Integrity);
  });
  return made;
}

function setStack(error: object, stack: unknown): void {
  Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true, enumerable: false });
}

function argumentsOf(items: readonly unknown[]): object {
  return (function (..._items: unknown[]): object {
    // oxlint-disable-next-line prefer-rest-params -- an arguments object is what is wanted
    return arguments;
  })(...items);
}
