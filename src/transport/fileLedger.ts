/**
 * The ledger of a process, as a small file that both have open: nobody waits for such reads and writes, while messages would double the wake-ups
 * of a round trip. The worker notes the place of each task before its code runs, then looks whether it was taken back; home notes what it takes
 * back, then looks how far the worker is. Whoever comes second sees what the other wrote: never both, at worst neither takes it for theirs.
 */

import { readSync, writeSync } from "node:fs";
import { ledgerSize } from "./Ledger.ts";

/** First how many places have begun, then one byte for each: whether it was taken back. */
const flags = Int32Array.BYTES_PER_ELEMENT;
export const fileLedgerBytes: number = flags + ledgerSize;

const number = new Int32Array(1);
const flag = new Uint8Array(1);

/** The worker: whether the task at this place may begin. Only what was sent `ahead` can have been taken back. */
export function claimInFile(descriptor: number, place: number, ahead: boolean): boolean {
  number[0] = place + 1;
  writeSync(descriptor, number, 0, flags, 0);
  if (!ahead) return true;
  readSync(descriptor, flag, 0, 1, flagAt(place));
  return flag[0] === 0;
}

/** Home: takes the task at this place back, or not. */
export function setTakenBack(descriptor: number, place: number, taken: boolean): void {
  flag[0] = taken ? 1 : 0;
  writeSync(descriptor, flag, 0, 1, flagAt(place));
}

/** Home: how many places have begun, or were passed. */
export function readBegun(descriptor: number): number {
  readSync(descriptor, number, 0, flags, 0);
  return number[0] ?? 0;
}

function flagAt(place: number): number {
  return flags + (place % ledgerSize);
}
