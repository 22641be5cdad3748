/** Texts through shared memory: in order, whole, whatever their lengths. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../../property-tests/seed.ts";
import { addText, claim, fallAsleep, takeTexts, ThreadLedger, ThreadMemory } from "../../../src/transport/threadMemory.ts";

function read(memory: ThreadMemory): unknown[] {
  const list: unknown[] = JSON.parse(`[${takeTexts(memory)}0]`);
  return list.slice(0, -1);
}

describe("the ring", () => {
  it("gives every text once, in order, or says that it is full", () => {
    const steps = fc.array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 20_000 }), fc.constant(undefined)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (texts) => {
        const memory = new ThreadMemory();
        const [added, seen]: [string[], unknown[]] = [[], []];
        for (const text of texts) {
          if (text === undefined) seen.push(...read(memory));
          else if (addText(memory, JSON.stringify(text)) !== "full") added.push(text);
        }
        expect([...seen, ...read(memory)]).toEqual(added);
      }),
      { numRuns: 60 },
    );
  });

  it("takes texts again when what was in it has been read, for ever", () => {
    const memory = new ThreadMemory();
    const text = JSON.stringify("x".repeat(1000));
    for (let round = 0; round < 2000; round++) {
      expect(addText(memory, text)).not.toBe("full");
      expect(read(memory)).toHaveLength(1);
    }
  });

  it("asks to wake home once, until it sleeps again", () => {
    const memory = new ThreadMemory();
    expect([addText(memory, "1"), addText(memory, "2")]).toEqual(["wake", "added"]);
    fallAsleep(memory);
    expect(addText(memory, "3")).toBe("wake");
  });
});

describe("the ledger of a thread", () => {
  it("lets a task begin or be taken back, never both", () => {
    const memory = new ThreadMemory();
    const ledger = new ThreadLedger(memory);
    for (const place of [0, 1]) ledger.enter(place);
    expect([claim(memory, 0), ledger.withdraw(0), ledger.begun(0)]).toEqual([true, false, true]);
    expect([ledger.withdraw(1), claim(memory, 1), ledger.begun(1)]).toEqual([true, false, false]);
  });
});
