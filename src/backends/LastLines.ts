/** The end of what a process wrote: bounded, however much it was. */

const keptBytes = 8192;
const keptLines = 20;

export class LastLines {
  #bytes: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]).subarray(-keptBytes);
  }

  toString(): string {
    return this.#bytes.toString("utf8").trimEnd().split("\n").slice(-keptLines).join("\n");
  }
}
