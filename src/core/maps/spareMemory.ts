/**
 * Shared memory of maps that are over, for those to come: a map in a loop then touches no new pages, which takes longer than copying its numbers.
 * Only as long as nothing else needs the room: it is held weakly.
 */

let spare: WeakRef<SharedArrayBuffer> | undefined;

/** Memory of at least so many bytes, with anything in it. */
export function takeMemory(bytes: number): SharedArrayBuffer {
  const kept = spare?.deref();
  if (kept === undefined || kept.byteLength < bytes || kept.byteLength > 2 * bytes) return new SharedArrayBuffer(bytes);
  spare = undefined;
  return kept;
}

/** Nobody reads or writes it any more. */
export function returnMemory(memory: SharedArrayBuffer): void {
  const kept = spare?.deref();
  if (kept === undefined || kept.byteLength < memory.byteLength) spare = new WeakRef(memory);
}
