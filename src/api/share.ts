/** `share()`: large data in memory that threads see without a copy. */

import { copyInto, isNumberArray } from "../core/typedArrays.ts";
import { OptionInvalid } from "../errors/errors.ts";
import { describeKind, optionText } from "../errors/words.ts";
import { currentSession } from "../session/currentSession.ts";
import { publish } from "../session/publish.ts";

/**
 * The same numbers in shared memory: copied once, here, and at no cost per future afterwards. Under `multicore` and `sequential`
 * all futures and home see **one** array, and each other's writes; under plans whose workers are processes each future gets a copy
 * of its own, so code that is to run anywhere only reads it. An array that is shared already is given back as it is.
 * Throws `OptionInvalid` for what is no typed array.
 *
 * @example
 * const data = share(new Float64Array(50_000_000));
 * await futureMap(chunks, ([from, to]) => mean(data.subarray(from, to)));
 */
export function share<A extends NodeJS.TypedArray>(array: A): A;
export function share(array: unknown): unknown {
  if (!isNumberArray(array)) throw new OptionInvalid(optionText("share()", "array", "a typed array", array, describeKind));
  const { buffer } = array;
  const { shared } = currentSession();
  if (buffer instanceof SharedArrayBuffer) {
    shared.add(buffer);
    return array;
  }
  const memory = new SharedArrayBuffer(array.byteLength);
  shared.add(memory);
  return copyInto(memory, array);
}

publish({ share });
