/** Functions that are known to be constants: looked up by everyone, decided in `constants.ts`. */

import type { Definition } from "../codec/Encoded.ts";
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
  /** It and the functions that it uses, with the number of their own properties. */
  readonly functions: readonly (LinkedFunction & { readonly keys: number })[];
  /** Functions that it uses and that were constants before. */
  readonly uses: readonly KnownConstant[];
}

/** `undefined` as a value: looked at, and found to be none. */
export const sights: WeakMap<Function, KnownConstant | undefined> = new WeakMap();

/** The constant of `fn`, if it is known to be one and nobody has given it properties since. */
export function knownConstant(fn: Function): KnownConstant | undefined {
  const constant = sights.get(fn);
  return constant?.functions.every(({ fn: one, keys }) => Reflect.ownKeys(one).length === keys) === true ? constant : undefined;
}
