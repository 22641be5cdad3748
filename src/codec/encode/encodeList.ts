/** What is nothing but a list: numbers as flat memory, rows of one shape as columns, anything else as it is. */

import type { Ref } from "../Encoded.ts";
import { encodeRows } from "./encodeRows.ts";
import type { Encoder } from "./Encoder.ts";
import { packNumbers } from "./packNumbers.ts";
import type { Path } from "./Path.ts";

/** How an element is reached, and whose it is; asked only where it matters. */
export type PlaceOf = (index: number) => readonly [path: Path, holder: object];

/** From here on numbers are sent as flat memory; measured by `bench/codec.mjs`. */
const manyNumbers = 200;

/** Numbers or rows. `source`: what the list is to be remembered as. `undefined`: anything else. */
export function encodeList(encoder: Encoder, source: object | undefined, list: readonly unknown[], placeOf: PlaceOf): number | undefined {
  const numbers = list.length < manyNumbers ? undefined : packNumbers(list, (bytes) => encoder.views.allocate(bytes));
  if (numbers === undefined) return encodeRows(encoder, source, list, placeOf);
  const { buffer, byteLength, length } = numbers;
  encoder.bytes += byteLength;
  const kind = numbers instanceof Int32Array ? "Int32Array" : "Float64Array";
  return encoder.special(["numbers", kind, encoder.views.filled(buffer), length, 0], source);
}

/** Encodes the elements of `list`, which is ours, in their places. */
export function encodeElements(encoder: Encoder, list: unknown[], placeOf: PlaceOf): readonly [unknown] {
  for (let index = 0; index < list.length; index += 1) {
    const element = list[index];
    if (!encoder.isAtom(element)) encoder.put(list, index, element, ...placeOf(index));
  }
  return [list];
}

/** The same of a list that stands for nothing of the user's. */
export function encodeColumn(encoder: Encoder, list: unknown[], placeOf: PlaceOf): Ref {
  return encodeList(encoder, undefined, list, placeOf) ?? encodeElements(encoder, list, placeOf);
}
