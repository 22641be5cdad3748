/** Objects: plain ones with attributes, those with internal slots, instances. Tuples are our own, hence the assertions on their entries. */

import { Buffer } from "node:buffer";
import { followIntrinsic } from "../intrinsics.ts";
import { leftOut } from "../leftOut.ts";
import { defineProperty, read, setPrototype, types } from "../reflection.ts";
import type { WeakContainer } from "../encode/encodeWeak.ts";
import { addEntries } from "./addEntries.ts";
import { assertWhole, isArgument, Missing, number, text, texts } from "./damage.ts";
import type { Decoder, Rebuild } from "./Decoder.ts";
import { decodeRows } from "./decodeRows.ts";
import { unpackNumbers, type Numbers } from "./unpackNumbers.ts";

const decodeHook = Symbol.for("futureplan.decode");

/** What is made anew for the message, and may be given properties: nothing that this process has already. */
const bases: ReadonlySet<unknown> = new Set([undefined, "date", "new", "boxed", "view", "buffer", "key", "settled", "dependency"]);
type Collection = Map<unknown, unknown> | Set<unknown> | WeakContainer;
const collections: Readonly<Record<string, (new () => Collection) | undefined>> = { Map, Set, WeakMap, WeakSet };
const views = /^(?:(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array|DataView|Buffer)$/;
/** What `encodeSlots` and `encodeError` send, however it is reached. */
const constructors = /^(?:RegExp|Intl\.\w+|(?:.*\.)?(?:URL|URLSearchParams|Headers|Dirent|TextEncoder|TextDecoder|DOMException))$/;
/** More than a call takes. */
const mostArguments = 0x2_0000;

export const objects: Readonly<Record<string, Rebuild>> = {
  plain: (_, [, copy]) => copy,
  object: (decoder, [, ...rest]) => decoder.finished({}, ...rest),
  part: (decoder, [, prototype, properties, rest, path]) => {
    const made = decoder.finished({}, prototype, properties, "open");
    for (const key of texts(rest)) defineProperty(made, key, leftOut(`${text(path)} → ${key}`));
    return made;
  },
  // The copy itself becomes the instance: no setter of its class sees its properties.
  instance: (decoder, [, prototype, copy]) => setPrototype(copy, decoder.ref(prototype) as object | null),
  array: (decoder, [, length, ...rest]) => {
    const made: unknown[] = [];
    made.length = number(length);
    return decoder.finished(made, ...rest);
  },
  with: (decoder, [, inner, ...rest]) => decoder.finished(baseOf(decoder, inner), ...rest),
  collection: (decoder, [, kind, entries, prototype, properties, integrity, home]) => {
    const make: (new () => Collection) | undefined = collections[text(kind)];
    assertWhole(make !== undefined, "a collection of an unknown kind");
    const made = new make();
    if (home !== undefined) decoder.hooks.rebuiltWeak(made as WeakContainer, text(home));
    decoder.step(entries, () => addEntries(made, entries as readonly unknown[]));
    return decoder.finished(made, prototype, properties, integrity);
  },
  // Only for objects that come with the message: what home has already stays as it is.
  entries: (decoder, [, container, entries]) => {
    const own = decoder.ref(container) as WeakContainer | undefined;
    if (own === undefined) return undefined;
    assertWhole(types.isWeakMap(own) || types.isWeakSet(own), "entries of what has none");
    const step = types.isWeakMap(own) ? 2 : 1;
    decoder.step(entries, () => {
      const list = entries as readonly unknown[];
      for (let at = 0; at < list.length; at += step) assertWhole(!own.has(list[at] as WeakKey), "an entry that is there already");
      addEntries(own, list);
    });
    return undefined;
  },
  error: (decoder, [, base, stack, ...rest]) => {
    const made = typeof base === "number" ? baseOf(decoder, base) : new Error();
    defineProperty(made, "stack", { value: stack, writable: true, configurable: true, enumerable: false });
    return decoder.finished(made, ...rest);
  },
  custom: (decoder, [, constructor, holder]) => {
    const made = decoder.ref(constructor) as Function & Record<symbol, (data: unknown) => unknown>;
    const decode = made[decodeHook];
    if (typeof decode !== "function") throw new TypeError(`${made.name} has futureplan.encode but no futureplan.decode`);
    return decoder.user(() => decode.call(made, (holder as readonly unknown[])[0]));
  },
  view: (decoder, [, name, given, length, offset, use]) => {
    const buffer = decoder.memory(given, use);
    if (name === "Buffer") return Buffer.from(buffer as ArrayBuffer, number(offset), size(length));
    return makeView(name, [buffer, number(offset), size(length)]);
  },
  buffer: (decoder, [, , given]) => decoder.memory(given, undefined),
  date: (_, [, time]) => new Date(number(time)),
  new: (_, [, path, ...args]) => {
    assertWhole(constructors.test(text(path)) && args.every((arg) => isArgument(arg)), "an object of an unknown kind");
    return Reflect.construct(followIntrinsic(text(path).split(".")) as Function, args) as unknown;
  },
  key: (_, [, type, bytes]) => decodeKey(type, bytes),
  numbers: (decoder, [, kind, given, length, offset]) =>
    unpackNumbers(makeView(kind, [decoder.memory(given, "read"), number(offset), number(length)]) as Numbers),
  rows: (decoder, [, keys, columns, count]) => decodeRows(decoder, texts(keys), columns as readonly unknown[], number(count)),
  row: (decoder, [, rows, position]) => (decoder.ref(rows) as readonly unknown[])[number(position)],
  boxed: (decoder, [, given]) => {
    const value = decoder.ref(given);
    const made = Object(value) as object;
    assertWhole(made !== value, "an object in place of a primitive value");
    return made;
  },
  settled: (decoder, [, isRejected, holder]) => {
    let settle: (value: unknown) => void = () => undefined;
    const made = new Promise((resolve, reject) => {
      settle = isRejected === true ? reject : resolve;
    });
    made.catch(() => undefined); // it may well be that nobody asks
    decoder.step(holder, () => settle((holder as readonly unknown[])[0]));
    return made;
  },
  arguments: (decoder, [, items]) => {
    assertWhole((items as readonly unknown[]).length < mostArguments, "too many arguments");
    const made = argumentsOf(items as readonly unknown[]);
    decoder.step(items, () => (items as readonly unknown[]).forEach((item, at) => defineProperty(made, at, { value: item })));
    return made;
  },
};

function decodeKey(type: unknown, bytes: unknown): object {
  assertWhole(types.isUint8Array(bytes), "a key without bytes");
  const { createPrivateKey, createPublicKey, createSecretKey } = process.getBuiltinModule("node:crypto");
  if (type === "secret") return createSecretKey(bytes);
  const key = Buffer.from(bytes);
  return type === "public"
    ? createPublicKey({ key, format: "der", type: "spki" })
    : createPrivateKey({ key, format: "der", type: "pkcs8" });
}

function baseOf(decoder: Decoder, ref: unknown): object {
  assertWhole(bases.has(decoder.tagOf(ref)), "properties of what is not part of the value");
  return decoder.ref(ref) as object;
}

/** Of a view that follows its buffer, `undefined`. */
function size(length: unknown): number | undefined {
  return length === undefined ? undefined : number(length);
}

function makeView(name: unknown, args: readonly unknown[]): unknown {
  assertWhole(views.test(text(name)), "a view of an unknown kind");
  const constructor: unknown = read(globalThis, text(name));
  if (typeof constructor !== "function") throw new Missing(`${text(name)} does not exist in this version of Node (${process.version})`);
  return Reflect.construct(constructor, args);
}

function argumentsOf(items: readonly unknown[]): object {
  return (function (..._items: unknown[]): object {
    // oxlint-disable-next-line prefer-rest-params -- an arguments object is what is wanted
    return arguments;
  })(...items);
}
