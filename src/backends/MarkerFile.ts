/**
 * The start marker of a process: a file without a name, in which the worker leaves the number of each task before its
 * code runs. Read only when the worker is gone; a message for every start would double the round trip's wake-ups.
 */

import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class MarkerFile {
  readonly descriptor: number;
  /** Set by `close`: the shape that `Channel.marker` has for threads. */
  readonly value: Int32Array = new Int32Array(1);

  private constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** `undefined` where no file can be made: workers then announce each start by a message. */
  static open(): MarkerFile | undefined {
    const path = join(tmpdir(), `futureplan-${randomUUID()}`);
    try {
      const descriptor = openSync(path, "wx+", 0o600);
      unlinkSync(path);
      return new MarkerFile(descriptor);
    } catch {
      return undefined;
    }
  }

  /** Call when the worker has ended. */
  close(): void {
    readSync(this.descriptor, this.value, 0, this.value.byteLength, 0);
    closeSync(this.descriptor);
  }
}
