/** Functions that are known to be constants: looked up by everyone, decided in `constants.ts`. */

import type { Definition } from "../codec/Encoded.ts";
import type { PackageState } from "./snapshots.ts";
import type { Script } from "./Script.ts";
import type { Site } from "./Site.ts";

/** A function with the values of its free names. */
export interface LinkedFunction {
  readonly fn: Function;
  readonly site: Pick<Site, "text" | "strict" | "facts">;
  readonly values: ReadonlyMap<string, unknown>;
}

export interface KnownConstant {
  readonly id: string;
  readonly needs: readonly Definition[];
  /** It and the functions that it uses. */
  readonly parts: readonly (ConstantPart & LinkedFunction)[];
  readonly script: Script | undefined;
  readonly configured: readonly PackageState[];
}

/** A function with what anybody may give it later. */
export interface ConstantPart {
  readonly fn: Function;
  readonly keys: number;
  readonly prototype: object | undefined;
  readonly prototypeKeys: number;
}

/** `undefined` as a value: looked at, and found to be none. */
export const sights: WeakMap<Function, KnownConstant | undefined> = new WeakMap();

/** The constant of `fn`, if it is known to be one and nobody has given it properties since. */
export function knownConstant(fn: Function): KnownConstant | undefined {
  const constant = sights.get(fn);
  return constant?.parts.every(isUnchanged) === true ? constant : undefined;
}

export function constantPart(fn: Function): ConstantPart {
  const own: unknown = Object.getOwnPropertyDescriptor(fn, "prototype")?.value;
  const prototype = typeof own === "object" && own !== null ? own : undefined;
  return { fn, keys: keysOf(fn), prototype, prototypeKeys: prototype === undefined ? 0 : keysOf(prototype) };
}

function isUnchanged({ fn, keys, prototype, prototypeKeys }: ConstantPart): boolean {
  if (keysOf(fn) !== keys) return false;
  return prototype === undefined || (fn.prototype === prototype && keysOf(prototype) === prototypeKeys);
}

function keysOf(value: object): number {
  return Reflect.ownKeys(value).length;
}
