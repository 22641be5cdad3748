/**
 * Memory that a thread shares with home: a ledger (`Ledger.ts`), and a ring for small outcomes. The worker writes an outcome as a text and
 * wakes home only if home is not awake already: while home is busy outcomes gather without a message each, and none is held back by
 * whatever the worker does next, not even by its death.
 */

import { Buffer } from "node:buffer";
import { ledgerSize, type Ledger } from "./Ledger.ts";

/** Words: whether home was woken, bytes written so far, bytes read so far; then the ledger's places; then the ring. */
const woken = 0;
const written = 1;
const read = 2;
const places = 16;
const ringStart = (places + ledgerSize) * Int32Array.BYTES_PER_ELEMENT;
/** A power of two, so that counters may run over. */
const ringSize = 1 << 17;
const space = 0x20;

/** What a worker posts to wake home. */
export const wake = "wake";

/** States of a place. */
const open = 0;
const begun = 1;
const withdrawn = 2;

export class ThreadMemory {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly ring: Buffer;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(ringStart + ringSize)) {
    this.buffer = buffer;
    this.words = new Int32Array(buffer, 0, places + ledgerSize);
    this.ring = Buffer.from(buffer, ringStart, ringSize);
  }
}

/** The worker: whether the task at this place may begin; from now on it has. */
export function claim({ words }: ThreadMemory, place: number): boolean {
  return Atomics.compareExchange(words, places + (place % ledgerSize), open, begun) === open;
}

/** The worker: adds a text, a JSON value. `full`: there is no room · `wake`: home has to be told · `added`: it will see it. */
export function addText({ words, ring }: ThreadMemory, text: string): "full" | "wake" | "added" {
  const most = text.length * 3 + 1; // bytes of UTF-8
  const head = Atomics.load(words, written);
  let room = ringSize - ((head - Atomics.load(words, read)) | 0);
  let at = head & (ringSize - 1);
  let used = 0;
  if (most > ringSize - at) {
    used = ringSize - at;
    if (used + most > room) return "full";
    ring.fill(space, at);
    at = 0;
    room -= used;
  }
  if (most > room) return "full";
  const length = ring.write(`${text},`, at, "utf8");
  Atomics.store(words, written, (head + used + length) | 0);
  return Atomics.exchange(words, woken, 1) === 0 ? "wake" : "added";
}

/** Home: from now on it must be woken again. */
export function fallAsleep({ words }: ThreadMemory): void {
  Atomics.store(words, woken, 0);
}

/** Home: all texts since the last call, each followed by a comma; `""`: none. */
export function takeTexts({ words, ring }: ThreadMemory): string {
  const head = Atomics.load(words, written);
  const tail = Atomics.load(words, read);
  if (head === tail) return "";
  const from = tail & (ringSize - 1);
  const to = head & (ringSize - 1);
  const text = from < to ? ring.toString("utf8", from, to) : ring.toString("utf8", from) + ring.toString("utf8", 0, to);
  Atomics.store(words, read, head);
  return text;
}

/** Home's side of the ledger. */
export class ThreadLedger implements Ledger {
  readonly #words: Int32Array;

  constructor({ words }: ThreadMemory) {
    this.#words = words;
  }

  enter(place: number): void {
    Atomics.store(this.#words, places + (place % ledgerSize), open);
  }

  withdraw(place: number): boolean {
    return Atomics.compareExchange(this.#words, places + (place % ledgerSize), open, withdrawn) === open;
  }

  begun(place: number): boolean {
    return Atomics.load(this.#words, places + (place % ledgerSize)) === begun;
  }
}
