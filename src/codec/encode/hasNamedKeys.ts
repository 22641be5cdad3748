/** Whether a long array has more than elements, without listing them all: a key costs 40 to 400 ns, there may be millions. */

import { inspect } from "node:util";
import { hasOwn, symbolsOf, types } from "../reflection.ts";

const options = {
  maxArrayLength: 0,
  customInspect: false,
  depth: 0,
  breakLength: Infinity,
  compact: true,
  colors: false,
  numericSeparator: false,
} as const;

/**
 * Node's formatting of arrays looks at the keys that are no indices only, and runs no getter. Of typed arrays, properties
 * that are not enumerable are overlooked.
 */
export function hasNamedKeys(value: { readonly length: number }): boolean {
  // The class of a `constructor` could have a say in what is an instance of it.
  if (symbolsOf(value).length > 0 || hasOwn(value, "constructor")) return true;
  if (types.isTypedArray(value)) return !inspect(value, options).endsWith(`[ ... ${value.length} more items ]`);
  return inspect(value, { ...options, showHidden: true }) !== `[ ... ${value.length} more items, [length]: ${value.length} ]`;
}
