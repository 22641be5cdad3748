/** Captures a function, so that it can be asked which arrays it and those that it calls only read. */

import { Encoder } from "../../../src/codec/encode/Encoder.ts";
import { ArrayReads } from "../../../src/globals/ArrayReads.ts";
import { Capture } from "../../../src/globals/Capture.ts";
import { search } from "../../../src/globals/resolveNames.ts";
import type { GivenGlobals } from "../../../src/globals/resolveNames.ts";

export function readsOf(fn: Function, globals: Partial<GivenGlobals> = {}): ArrayReads {
  const capture = new Capture({ given: { ...search, ...globals }, modules: [], known: undefined });
  const encoder = new Encoder(capture);
  encoder.put({}, "root", fn, { up: undefined, name: "root" });
  capture.complete(encoder);
  return new ArrayReads(capture);
}
