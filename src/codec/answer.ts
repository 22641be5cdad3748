/** Stands for any argument: defaults are not wanted, and patterns find what they look for. Nothing of the user's is asked by it. */

import { descriptorOf, hasOwn } from "./reflection.ts";

/** What its iterators give before they end. */
export const mostElements = 100;

export const answer: object = new Proxy(function () {}, {
  get: (target, key, receiver) => {
    if (key === Symbol.iterator) return iterate;
    if (key === Symbol.toPrimitive) return () => "";
    return hasOwn(target, key) && descriptorOf(target, key)?.configurable === false ? Reflect.get(target, key, receiver) : answer;
  },
  apply: () => answer,
  construct: () => answer,
});

/** Without prototypes, which may have been changed. */
function iterate(): object {
  let given = 0;
  const next = (): object => ({ __proto__: null, value: answer, done: (given += 1) > mostElements });
  return { __proto__: null, next };
}
