/** Functions that are known to be constants: looked up by everyone, decided in `constants.ts`. */

import type { Definition } from "../codec/Encoded.ts";

export interface KnownConstant {
  readonly id: string;
  readonly needs: readonly Definition[];
  /** It and the functions that it uses, with the number of their own properties. */
  readonly functions: readonly (readonly [fn: Function, keys: number])[];
}

/** `undefined` as a value: looked at, and found to be none. */
export const sights: WeakMap<Function, KnownConstant | undefined> = new WeakMap();

/** The constant of `fn`, if it is known to be one and nobody has given it properties since. */
export function knownConstant(fn: Function): KnownConstant | undefined {
  const constant = sights.get(fn);
  return constant?.functions.every(([one, keys]) => Reflect.ownKeys(one).length === keys) === true ? constant : undefined;
}
