/** Functions, classes, bound functions, shared variables. */

import type { Special } from "./Encoded.ts";
import type { Built, Decoder } from "./Decoder.ts";
import { decodeProperties } from "./properties.ts";
import { linkUnit } from "./units.ts";

/** Own properties that differ from those a fresh function has. */
export interface FunctionExtras {
  /** Quadruples of `properties.ts`. */
  readonly properties: readonly unknown[];
  /** The same for the `prototype` object, and its parent when that is not the usual one. */
  readonly prototype: readonly unknown[];
  readonly prototypeParent: unknown;
  readonly parent: unknown;
  readonly deleted: readonly string[];
  readonly extensible: boolean;
}

export function decodeFunction(decoder: Decoder, special: Special): Built | undefined {
  switch (special[0]) {
    case "function":
    case "class":
      return { value: decodeUnit(decoder, special) };
    case "bound":
      return { value: decodeBound(decoder, special) };
    case "cell":
      return { value: decodeCell(special) };
    case "prototype":
      return { value: (decoder.ref(special[1]) as { prototype: unknown }).prototype };
    default:
      return undefined;
  }
}

type UnitSpecial = readonly [
  tag: string,
  unit: string,
  values: readonly unknown[],
  home?: string,
  extras?: FunctionExtras,
  heritage?: unknown,
  keys?: readonly unknown[],
  hasPrivate?: boolean,
  self?: unknown,
  args?: readonly unknown[],
];

function decodeUnit(decoder: Decoder, special: Special): Function {
  const [, unit, values, home, extras, heritage, keys, hasPrivate, self, args] = special as unknown as UnitSpecial; // our own tuple
  const own = home === undefined ? undefined : decoder.hooks.home(home);
  if (own !== undefined) return own;
  const [make, bind] = linkUnit(unit);
  const refs = (list: readonly unknown[] | undefined): unknown[] | undefined => list?.map((item) => decoder.ref(item));
  // Arrows take `this` and `arguments` from the call of `make`; others their parent and computed keys.
  const fn =
    self !== undefined || args !== undefined
      ? make.apply(self === undefined ? undefined : decoder.ref(self), (refs(args) ?? []) as [])
      : make(heritage === undefined ? undefined : decoder.ref(heritage), refs(keys));
  if (home !== undefined) decoder.hooks.rebuilt(fn, home, hasPrivate === true);
  if (values.length > 0) decoder.binding(() => bind(values));
  if (extras !== undefined) decoder.finish(() => applyExtras(decoder, fn, extras));
  return fn;
}

function applyExtras(decoder: Decoder, fn: Function, extras: FunctionExtras): void {
  for (const key of extras.deleted) Reflect.deleteProperty(fn, key);
  if (extras.parent !== undefined) Object.setPrototypeOf(fn, decoder.ref(extras.parent) as object | null);
  decodeProperties(fn, extras.properties);
  const prototype = fn.prototype as object | undefined; // absent for arrows and methods
  if (prototype !== undefined) {
    if (extras.prototypeParent !== undefined) Object.setPrototypeOf(prototype, decoder.ref(extras.prototypeParent) as object | null);
    decodeProperties(prototype, extras.prototype);
  }
  if (!extras.extensible) Object.preventExtensions(fn);
}

/** `["bound", target, this, arguments, name]`. */
function decodeBound(decoder: Decoder, special: Special): Function {
  const [, target, self, args] = special as readonly [string, unknown, unknown, readonly unknown[]]; // our own tuple
  const fn = decoder.ref(target) as Function; // what was bound
  return Function.prototype.bind.call(fn, decoder.ref(self), ...args.map((arg) => decoder.ref(arg))) as Function;
}

/** `["cell", [value], is const]`: a variable that several functions share and one of them writes. */
function decodeCell(special: Special): object {
  const [, holder, constant] = special as readonly [string, { v: unknown }, boolean]; // our own tuple
  if (!constant) return holder;
  return Object.defineProperty({}, "v", {
    get: () => holder.v,
    set: () => {
      throw new TypeError("Assignment to constant variable.");
    },
  });
}
