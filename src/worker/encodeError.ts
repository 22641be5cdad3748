/** Errors on their way home: as they are, without what cannot travel, else their name, message and stack. */

import type { Encoded } from "../codec/Encoded.ts";
import type { Linker, Result } from "../codec/Linker.ts";
import { plainError } from "../codec/plainError.ts";
import type { ChunkParts } from "./chunkRunner.ts";

/** Encodes what was thrown; never throws or rejects itself. */
export function encodeError(linker: Linker, error: unknown): Result | Promise<Result> {
  try {
    const result = linker.encode(error, "error");
    return result instanceof Promise ? result.catch(() => encodePlainError(linker, error)) : result;
  } catch {
    return encodePlainError(linker, error); // what was thrown matters more to the user than why it cannot travel
  }
}

/** What elements of a chunk gave and threw. Rejects for values that cannot travel. */
export async function encodeParts(linker: Linker, { values, errors }: ChunkParts, body: Encoded): Promise<Result> {
  try {
    return await linker.encode({ values, errors }, "parts", body); // oxlint-disable-line typescript/await-thenable
  } catch {
    return linker.encode({ values, errors: errors.map(plainError) }, "parts", body); // as above
  }
}

/** The name, message and stack only, which always travel. */
export function encodePlainError(linker: Linker, error: unknown): Result {
  const copy = plainError(error);
  let result;
  try {
    result = linker.encode(copy);
  } catch {
    return { body: { root: copy }, definitions: [], transfer: [] }; // the part that encodes cannot be loaded: the channel takes it as it is
  }
  if (result instanceof Promise) throw new TypeError("A plain error needs no capture.");
  return result;
}
