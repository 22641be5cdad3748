/** A ledger within one process, both sides in one. */

import type { Ledger } from "../../../../src/transport/Ledger.ts";

export class MemoryLedger implements Ledger {
  readonly #states = new Map<number, "open" | "begun" | "withdrawn">();

  enter(place: number): void {
    this.#states.set(place, "open");
  }

  withdraw(place: number): boolean {
    return this.#change(place, "withdrawn");
  }

  begun(place: number): boolean {
    return this.#states.get(place) === "begun";
  }

  /** The worker's side. */
  claim(place: number): boolean {
    return this.#change(place, "begun");
  }

  #change(place: number, to: "begun" | "withdrawn"): boolean {
    if (this.#states.get(place) !== "open") return false;
    this.#states.set(place, to);
    return true;
  }
}
