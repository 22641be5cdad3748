/** Home's side of the ledger of a process (`transport/fileLedger.ts`): a file without a name. */

import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileLedgerBytes, readBegun, setTakenBack } from "../transport/fileLedger.ts";
import { ledgerSize, type Ledger } from "../transport/Ledger.ts";

export class FileLedger implements Ledger {
  readonly descriptor: number;
  /** Places taken back, whose flags are to be lifted before others take them. */
  readonly #taken = new Set<number>();
  /** How many places have begun, once the worker has ended. */
  #last: number | undefined;

  /** `undefined`: there is no place for one, and the worker has to announce each start by a message. */
  static open(): FileLedger | undefined {
    // Nobody can take the name beforehand; random bytes would cost milliseconds for loading Node's cryptography.
    const path = join(tmpdir(), `futureplan-${process.pid}-${process.hrtime.bigint().toString(36)}`);
    try {
      return new FileLedger(path);
    } catch {
      return undefined; // a directory that is gone, read-only or full is no reason to refuse futures
    }
  }

  private constructor(path: string) {
    this.descriptor = openSync(path, "wx+", 0o600);
    try {
      unlinkSync(path);
      // Takes the room that later writes need, which then cannot fail for want of it.
      writeSync(this.descriptor, new Uint8Array(fileLedgerBytes), 0, fileLedgerBytes, 0);
    } catch (error) {
      closeSync(this.descriptor);
      throw error;
    }
  }

  enter(place: number): void {
    if (this.#taken.delete(place - ledgerSize)) setTakenBack(this.descriptor, place, false);
  }

  /** `false`: it has begun; or it may have been passed at this very moment, then the worker says so. */
  withdraw(place: number): boolean {
    if (this.#last !== undefined) return place >= this.#last;
    setTakenBack(this.descriptor, place, true);
    this.#taken.add(place);
    return !this.begun(place);
  }

  begun(place: number): boolean {
    return place < (this.#last ?? readBegun(this.descriptor));
  }

  /** Call when the worker has ended. */
  close(): void {
    this.#last = readBegun(this.descriptor);
    closeSync(this.descriptor);
  }
}
