/** Objects: plain ones with attributes, those with internal slots, instances. */

import { Buffer } from "node:buffer";
import type { Special } from "./Encoded.ts";
import type { Built, Decoder } from "./Decoder.ts";
import { decodeProperties } from "./properties.ts";

const decodeHook = Symbol.for("futureplan.decode");

type Rebuild = (decoder: Decoder, special: Special) => unknown;

// Tuples are our own, hence the assertions on their entries.
const table: Readonly<Record<string, Rebuild>> = {
  plain: (_, [, copy]) => copy,
  object: (decoder, [, prototype, properties, extensible]) => {
    const parent = prototype === "plain" ? Object.prototype : prototype === "null" ? null : (decoder.ref(prototype) as object | null);
    return finished(decoder, Object.create(parent) as object, properties, extensible);
  },
  instance: (decoder, [, prototype, properties]) => {
    const made = Object.create(decoder.ref(prototype) as object) as object;
    decoder.finish(() => Object.assign(made, properties));
    return made;
  },
  array: (decoder, [, prototype, length, properties, extensible, lengthWritable]) => {
    const made: unknown[] = [];
    made.length = length as number;
    if (prototype !== "plain") Object.setPrototypeOf(made, decoder.ref(prototype) as object);
    decoder.finish(() => {
      decodeProperties(made, properties as readonly unknown[]);
      if (lengthWritable === false) Object.defineProperty(made, "length", { writable: false });
      if (extensible === false) Object.preventExtensions(made);
    });
    return made;
  },
  with: (decoder, [, inner, prototype, properties, extensible]) => {
    const made = decoder.ref(inner) as object;
    if (prototype !== "usual") Object.setPrototypeOf(made, decoder.ref(prototype) as object | null);
    return finished(decoder, made, properties, extensible);
  },
  collection: (decoder, [, kind, prototype, copy, properties, extensible]) => {
    const made = kind === "Map" ? new Map<unknown, unknown>() : new Set<unknown>();
    if (prototype !== "usual") Object.setPrototypeOf(made, decoder.ref(prototype) as object | null);
    decoder.finish(() => refill(made, copy as Map<unknown, unknown> | Set<unknown>));
    return finished(decoder, made, properties, extensible);
  },
  error: (decoder, [, prototype, stack, properties, extensible]) => {
    const made = new Error();
    Object.setPrototypeOf(made, decoder.ref(prototype) as object);
    Object.defineProperty(made, "stack", { value: stack, writable: true, configurable: true, enumerable: false });
    return finished(decoder, made, properties, extensible);
  },
  custom: (decoder, [, constructor, data]) => {
    const made = decoder.ref(constructor) as Function & Record<symbol, (data: unknown) => unknown>;
    const decode = made[decodeHook];
    if (typeof decode !== "function") throw new TypeError(`${made.name} has futureplan.encode but no futureplan.decode`);
    return decode.call(made, decoder.ref(data));
  },
  view: (_, [, name, buffer, length, offset]) => {
    if (name === "Buffer") return Buffer.from(buffer as ArrayBuffer, offset as number, length as number);
    const constructor = Reflect.get(globalThis, name as string) as new (buffer: unknown, offset: unknown, length: unknown) => unknown;
    return new constructor(buffer, offset, length);
  },
  buffer: (_, [, , buffer]) => buffer,
  date: (_, [, time]) => new Date(time as number),
  regexp: (_, [, source, flags, lastIndex]) => {
    const made = new RegExp(source as string, flags as string);
    made.lastIndex = lastIndex as number;
    return made;
  },
  boxed: (decoder, [, value]) => Object(decoder.ref(value)) as object,
  arguments: (decoder, [, items]) => argumentsOf(decoder.ref(items) as readonly unknown[]),
  namespace: (decoder, [, properties]) => decoder.ref(properties),
  url: (_, [, href]) => new URL(href as string),
  params: (_, [, text]) => new URLSearchParams(text as string),
  domexception: (_, [, message, name, stack]) => {
    const made = new DOMException(message as string, name as string);
    Object.defineProperty(made, "stack", { value: stack, writable: true, configurable: true });
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

function finished(decoder: Decoder, made: object, properties: unknown, extensible: unknown): object {
  decoder.finish(() => {
    decodeProperties(made, properties as readonly unknown[]);
    if (extensible === false) Object.preventExtensions(made);
  });
  return made;
}

function refill(made: Map<unknown, unknown> | Set<unknown>, copy: Map<unknown, unknown> | Set<unknown>): void {
  if (made instanceof Map) for (const [key, value] of copy as Map<unknown, unknown>) Map.prototype.set.call(made, key, value);
  else for (const value of copy as Set<unknown>) Set.prototype.add.call(made, value);
}

function argumentsOf(items: readonly unknown[]): object {
  return (function (..._items: unknown[]): object {
    // oxlint-disable-next-line prefer-rest-params -- an arguments object is what is wanted
    return arguments;
  })(...items);
}
