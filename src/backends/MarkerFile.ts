/**
 * The start marker of a process: a file without a name, in which the worker leaves the number of each task before its
 * code runs. Read only when the worker is gone; a message for every start would double the round trip's wake-ups.
 */

import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class MarkerFile {
  readonly descriptor: number;
  /** Set by `close`: the shape that `Channel.marker` has for threads. */
  readonly value: Int32Array = new Int32Array(1);

  /** `undefined`: there is no place for one, and the worker has to announce each start by a message. */
  static open(): MarkerFile | undefined {
    // Nobody can take the name beforehand; random bytes would cost milliseconds for loading Node's cryptography.
    const path = join(tmpdir(), `futureplan-${process.pid}-${process.hrtime.bigint().toString(36)}`);
    try {
      return new MarkerFile(path);
    } catch {
      return undefined; // a directory that is gone, read-only or full is no reason to refuse futures
    }
  }

  private constructor(path: string) {
    this.descriptor = openSync(path, "wx+", 0o600);
    try {
      unlinkSync(path);
      // Takes the room that the worker's writes need, which then cannot fail for want of it.
      writeSync(this.descriptor, this.value, 0, this.value.byteLength, 0);
    } catch (error) {
      closeSync(this.descriptor);
      throw error;
    }
  }

  /** Call when the worker has ended. */
  close(): void {
    readSync(this.descriptor, this.value, 0, this.value.byteLength, 0);
    closeSync(this.descriptor);
  }
}
