/** Functions, classes, bound functions, shared variables. */

import type { Special } from "../Encoded.ts";
import type { Decoder, Rebuild } from "./Decoder.ts";
import type { Integrity } from "../properties.ts";
import { text, texts } from "./damage.ts";
import { noteAccess, type ClassPrivates } from "./decodePrivate.ts";
import { currentSession } from "../../session/currentSession.ts";
import { linkUnit } from "./units.ts";
import { defineProperty, descriptorOf, keysOf, prototypeOf, read } from "../reflection.ts";

/** What a function has beyond what evaluating its text gives. */
export interface FunctionExtras extends PrototypeExtras {
  /** Reference to another object as its `prototype` property. */
  readonly replaced: unknown;
  /** The same facts about its `prototype` object. */
  readonly prototype: PrototypeExtras | undefined;
}

export interface PrototypeExtras {
  /** Quadruples of `properties.ts`. */
  readonly properties: readonly unknown[];
  readonly deleted: readonly string[];
  /** Reference to an unusual prototype of the thing itself. */
  readonly parent: unknown;
  readonly integrity: Integrity;
}

/** What ties a function to its place. All are references. */
export interface Ties {
  /** The parent class. */
  readonly heritage?: unknown;
  /** The object that a method with `super` stands in. */
  readonly holder?: unknown;
  readonly keys?: readonly unknown[];
  /** An arrow's `this` and `arguments`. */
  readonly self?: unknown;
  readonly args?: readonly unknown[];
}

export const functions: Readonly<Record<string, Rebuild>> = {
  function: decodeUnit,
  bound: decodeBound,
  cell: (_, special) => decodeCell(special),
  prototype: (decoder, [, fn]) => (decoder.ref(fn) as { prototype: unknown }).prototype,
};

/** Entries of our own tuples, in order. */
type UnitSpecial = readonly [
  tag: string,
  unit: string,
  values: readonly unknown[],
  home?: string,
  extras?: FunctionExtras,
  ties?: Ties,
  privates?: ClassPrivates,
];

function decodeUnit(decoder: Decoder, special: Special, keep: (shell: unknown) => void): Function {
  const [, unit, values, home, extras, ties, privates] = special as unknown as UnitSpecial;
  const own = home === undefined ? undefined : decoder.hooks.home(text(home));
  if (typeof own === "function") return own;
  const [make, bind, unlock] = linkUnit(text(unit));
  const made = ties === undefined ? decoder.user(() => make()) : makeTied(decoder, make, ties);
  const fn = typeof made === "function" ? made : accessorOf(made);
  if (home !== undefined) decoder.hooks.rebuilt(fn, home);
  if (unlock !== undefined && privates !== undefined) noteAccess(fn, unlock, privates, ties?.heritage === undefined);
  if (values.length > 0) decoder.step(values, () => bind(values));
  keep(fn);
  if (extras !== undefined) applyExtras(decoder, fn, extras);
  return fn;
}

/** Arrows take `this` and `arguments` from the call of `make`; others their parent or holder and computed keys. */
function makeTied(decoder: Decoder, make: Function, { heritage, holder, keys, self, args }: Ties): object {
  const refs = (list: readonly unknown[] = []): unknown[] => list.map((item) => decoder.ref(item));
  if (self !== undefined || args !== undefined) {
    const [own, given] = [self === undefined ? undefined : decoder.ref(self), refs(args)];
    return decoder.user(() => make.apply(own, given) as object);
  }
  const above =
    holder === undefined ? (heritage === undefined ? undefined : decoder.ref(heritage)) : superOf(decoder.ref(holder) as object);
  const names = refs(keys);
  const made = decoder.user(() => make(above, names) as object);
  if (names.length > 0) currentSession().keys.set(made, names);
  return made;
}

/** Of an object made with one accessor, that function. */
function accessorOf(made: object): Function {
  const [key = ""] = keysOf(made);
  const { get, set } = descriptorOf(made, key) ?? {};
  return (get ?? set) as Function; // one of the two stands in the text
}

/** What `super` means in a method of `holder`: its prototype, at any time. */
function superOf(holder: object): object {
  return new Proxy(Object.create(null) as object, {
    get: (_, key, receiver) => read(prototypeOf(holder) as object, key, receiver) as unknown,
    set: (_, key, value, receiver) => Reflect.set(prototypeOf(holder) as object, key, value, receiver),
    has: (_, key) => Reflect.has(prototypeOf(holder) as object, key),
  });
}

function applyExtras(decoder: Decoder, target: object, extras: PrototypeExtras & Partial<FunctionExtras>): void {
  const { properties, deleted, parent = "usual", integrity, replaced, prototype } = extras;
  for (const key of texts(deleted)) Reflect.deleteProperty(target, key);
  if (replaced !== undefined) {
    const value = decoder.ref(replaced);
    defineProperty(target, "prototype", { value });
    if (typeof value === "object" && value !== null) decoder.hooks.replaced(value, target as Function); // only functions have such extras
  }
  decoder.finished(target, parent, properties, integrity);
  if (prototype !== undefined) applyExtras(decoder, (target as Function).prototype as object, prototype); // only functions have such extras
}

/** `["bound", target, this, arguments]`. */
function decodeBound(decoder: Decoder, special: Special): Function {
  const [, target, self, args] = special as readonly [string, unknown, unknown, readonly unknown[]]; // our own tuple
  const fn = decoder.ref(target) as Function; // what was bound
  return Function.prototype.bind.call(fn, decoder.ref(self), ...args.map((arg) => decoder.ref(arg))) as Function;
}

/** `["cell", { v: value }, is const]`: a variable that several functions share and one of them writes. */
function decodeCell(special: Special): object {
  const [, holder, constant] = special as readonly [string, { v: unknown }, boolean]; // our own tuple
  if (!constant) return holder;
  return defineProperty({}, "v", {
    get: () => holder.v,
    set: () => {
      throw new TypeError("Assignment to constant variable.");
    },
  });
}
