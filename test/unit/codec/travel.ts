/** What a worker sends, and what its receiver makes of it. */

import { resultEncoder } from "../../../src/codec/encode/resultEncoder.ts";
import { Linker, type Result } from "../../../src/codec/Linker.ts";

export const newLinker = (): Linker =>
  new Linker({ results: () => resultEncoder, importLibrary: () => Promise.reject(new Error("not needed")) });

export function encode(value: unknown): Result {
  return newLinker().encode(value) as Result; // synchronous, where no function has to be taken apart
}

export function travel<T>(value: T): T {
  return newLinker().decode(structuredClone(encode(value).body)) as T; // what the codec is for
}

/** The kinds of specials. */
export function tags(value: unknown): readonly string[] {
  return (encode(value).body.specials ?? []).map(([tag]) => tag);
}

export const count = (length: number): number[] => Array.from({ length }, (_, index) => index);
