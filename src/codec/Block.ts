/**
 * Memory that was frozen: nobody writes to it any more, so it is copied once, however many futures use it. In a tuple it stands where a
 * buffer would; whoever sends it puts there what his workers can take: the memory itself, or the id of bytes that they were sent.
 */

/** Shorter buffers are copied as often as they are sent. */
export const blockLimit: number = 64 * 1024;

/**
 * What the receiver of a view may do with memory that others have too. `read`: the code only reads it, so it may stand there itself · `shared`:
 * `share()` made it, threads see one · `sharedRead`: both · `undefined`: it takes a copy of its own.
 */
export type MemoryUse = "read" | "shared" | "sharedRead" | undefined;

export class Block {
  readonly memory: ArrayBufferLike;
  /** Made by `share()`: everyone in this process sees the same, writes included. */
  readonly shared: boolean;

  constructor(memory: ArrayBufferLike, shared: boolean) {
    this.memory = memory;
    this.shared = shared;
  }
}
