/**
 * Steps of PCG64, many at a call, in WebAssembly. One instance serves all generators of this thread: each brings its state
 * along. Memory: state and increment as 32-bit words, lowest first, in bytes 0 to 31; then the words that were made.
 */

import { fromBase64 } from "../base64.ts";
import { pcg64Module } from "./pcg64Module.ts";

interface Pcg64Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Fills memory from byte 32 to byte `end` with numbers of 64 bits, upper word first; moves the state. */
  fill(end: number): void;
}

// TypeScript knows WebAssembly only with the library of the browser.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: Pcg64Exports };
};

const first = 8;
/** What fits into the one page of memory, generously. */
export const mostWords: number = 1024;

let loaded: { readonly fill: (end: number) => void; readonly memory: Uint32Array<ArrayBuffer> } | undefined;

function load(): NonNullable<typeof loaded> {
  const { fill, memory } = new WebAssembly.Instance(new WebAssembly.Module(fromBase64(pcg64Module))).exports;
  return { fill, memory: new Uint32Array(memory.buffer) };
}

/** Fills `words` with the next numbers of `lcg` (four words of state, four of increment), whose state moves on. */
export function pcg64Words(lcg: Uint32Array<ArrayBuffer>, words: Uint32Array<ArrayBuffer>): void {
  const { fill, memory } = (loaded ??= load());
  const end = first + words.length;
  memory.set(lcg);
  fill(4 * end);
  words.set(memory.subarray(first, end));
  lcg.set(memory.subarray(0, 4));
}
