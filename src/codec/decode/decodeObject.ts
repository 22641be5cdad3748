/** Objects: plain ones with attributes, those with internal slots, instances. Tuples are our own, hence the assertions on their entries. */

import { Buffer } from "node:buffer";
import { followIntrinsic } from "../intrinsics.ts";
import { defineProperty, read, setPrototype } from "../reflection.ts";
import { addEntries } from "./addEntries.ts";
import type { Rebuild } from "./Decoder.ts";
import { decodeRows } from "./decodeRows.ts";
import { unpackNumbers, type Numbers } from "./unpackNumbers.ts";

const decodeHook = Symbol.for("futureplan.decode");

export const objects: Readonly<Record<string, Rebuild>> = {
  plain: (_, [, copy]) => copy,
  object: (decoder, [, ...rest]) => decoder.finished({}, ...rest),
  // The copy itself becomes the instance: no setter of its class sees its properties.
  instance: (decoder, [, prototype, copy]) => setPrototype(copy, decoder.ref(prototype) as object | null),
  array: (decoder, [, length, ...rest]) => {
    const made: unknown[] = [];
    made.length = length as number;
    return decoder.finished(made, ...rest);
  },
  with: (decoder, [, inner, ...rest]) => decoder.finished(decoder.ref(inner) as object, ...rest),
  collection: (decoder, [, kind, entries, ...rest]) => {
    const made = kind === "Map" ? new Map<unknown, unknown>() : new Set<unknown>();
    decoder.step(entries, () => addEntries(made, entries as readonly unknown[]));
    return decoder.finished(made, ...rest);
  },
  error: (decoder, [, base, stack, ...rest]) => {
    const made = (decoder.ref(base) ?? new Error()) as object;
    defineProperty(made, "stack", { value: stack, writable: true, configurable: true, enumerable: false });
    return decoder.finished(made, ...rest);
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
    const constructor = read(globalThis, name as string) as new (buffer: unknown, offset: unknown, length: unknown) => unknown;
    return new constructor(buffer, offset, length);
  },
  buffer: (decoder, [, , given]) => decoder.memory(given, undefined),
  date: (_, [, time]) => new Date(time as number),
  new: (_, [, path, ...args]) => Reflect.construct(followIntrinsic((path as string).split(".")) as Function, args) as unknown,
  numbers: (decoder, [, kind, given, length, offset]) =>
    unpackNumbers(
      Reflect.construct(read(globalThis, kind as string) as Function, [decoder.memory(given, "read"), offset, length]) as Numbers,
    ),
  rows: (decoder, [, keys, columns, count]) =>
    decodeRows(decoder, keys as readonly string[], columns as readonly unknown[], count as number),
  row: (decoder, [, rows, position]) => (decoder.ref(rows) as readonly unknown[])[position as number],
  boxed: (decoder, [, value]) => Object(decoder.ref(value)) as object,
  arguments: (decoder, [, items]) => {
    const made = argumentsOf(items as readonly unknown[]);
    decoder.step(items, () => (items as readonly unknown[]).forEach((item, at) => defineProperty(made, at, { value: item })));
    return made;
  },
};

function argumentsOf(items: readonly unknown[]): object {
  return (function (..._items: unknown[]): object {
    // oxlint-disable-next-line prefer-rest-params -- an arguments object is what is wanted
    return arguments;
  })(...items);
}
