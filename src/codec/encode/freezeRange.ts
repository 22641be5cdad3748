/** Freezes large buffers into shared memory, which threads can use as it is. Only home does. */

import { Buffer } from "node:buffer";
import { currentSession } from "../../session/currentSession.ts";
import { Block, blockLimit } from "../Block.ts";
import { isLasting, isResizable } from "./lasting.ts";

interface Frozen {
  readonly start: number;
  readonly end: number;
  readonly memory: WeakRef<SharedArrayBuffer>;
}

/** By the buffer it was copied from, for as long as somebody uses it. */
const copies = new WeakMap<ArrayBufferLike, Frozen>();

/** The block of these bytes; `undefined`: there are too few. */
export function blockOf(buffer: ArrayBufferLike, start: number, end: number): Block | undefined {
  if (isLasting(buffer)) return new Block(buffer, currentSession().shared.has(buffer));
  if (end - start < blockLimit || isResizable(buffer)) return undefined;
  return new Block(freezeRange(buffer, start, end), false);
}

/** A copy of these bytes; the one made before, if nothing has changed since: comparing takes an eighth of the time of copying. */
export function freezeRange(buffer: ArrayBufferLike, start: number, end: number): SharedArrayBuffer {
  const before = copies.get(buffer);
  const memory = before?.start === start && before.end === end ? before.memory.deref() : undefined;
  const bytes = Buffer.from(buffer, start, end - start);
  if (memory !== undefined && bytes.equals(Buffer.from(memory))) return memory;
  const copy = new SharedArrayBuffer(end - start);
  new Uint8Array(copy).set(bytes);
  currentSession().frozen.add(copy);
  copies.set(buffer, { start, end, memory: new WeakRef(copy) });
  return copy;
}
