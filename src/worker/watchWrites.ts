/**
 * `process.env` behind a proxy that tells the name of whatever is written, before it is. Everything that only reads goes straight
 * through to the real object.
 */

import type { Environment } from "../session/EnvironmentLog.ts";

/** What is to stand in place of `real`. `given`: what is answered for a name without being there: it is not listed, so it reaches no child process. */
export function watchWrites(
  real: Environment,
  note: (name: string) => void,
  given?: (name: string | symbol) => string | undefined,
): Environment {
  const told = <R>(key: string | symbol, write: () => R): R => {
    if (typeof key === "string") note(key);
    return write();
  };
  return new Proxy(real, {
    set: (target, key, value) => told(key, () => Reflect.set(target, key, value)),
    defineProperty: (target, key, descriptor) => told(key, () => Reflect.defineProperty(target, key, descriptor)),
    deleteProperty: (target, key) => told(key, () => Reflect.deleteProperty(target, key)),
    ...(given && {
      get: (target, key) => given(key) ?? Reflect.get(target, key),
      has: (target, key) => given(key) !== undefined || Reflect.has(target, key),
    }),
  });
}
