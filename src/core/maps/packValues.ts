/** Values as an array, or as the typed array that the option `as` demands. */

import type { TypedArrayConstructor } from "./MapOptions.ts";

export function packValues(values: readonly unknown[], as: TypedArrayConstructor | undefined): unknown {
  if (as === undefined) return values;
  const packed: unknown = new as(values.length);
  if (hasSet(packed)) packed.set(values);
  return packed;
}

function hasSet(value: unknown): value is { set(values: ArrayLike<unknown>): void } {
  return ArrayBuffer.isView(value) && "set" in value;
}
