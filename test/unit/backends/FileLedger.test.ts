import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FileLedger } from "../../../src/backends/FileLedger.ts";
import { claimInFile } from "../../../src/transport/fileLedger.ts";
import { ledgerSize } from "../../../src/transport/Ledger.ts";

function opened(): FileLedger {
  const ledger = FileLedger.open();
  if (ledger === undefined) throw new Error("no place for a file");
  return ledger;
}

it("a task begins or is taken back, never both", () => {
  const ledger = opened();
  for (const place of [0, 1]) ledger.enter(place);
  expect([claimInFile(ledger.descriptor, 0, true), ledger.withdraw(0), ledger.begun(0)]).toEqual([true, false, true]);
  expect([ledger.withdraw(1), claimInFile(ledger.descriptor, 1, true)]).toEqual([true, false]);
  ledger.close();
});

it("a place can be used again when it was taken back before", () => {
  const ledger = opened();
  ledger.enter(3);
  ledger.withdraw(3);
  claimInFile(ledger.descriptor, 3, true);
  ledger.enter(3 + ledgerSize);
  expect(claimInFile(ledger.descriptor, 3 + ledgerSize, true)).toBe(true);
  ledger.close();
});

it("tells after the end what had begun", () => {
  const ledger = opened();
  for (const place of [0, 1, 2]) ledger.enter(place);
  claimInFile(ledger.descriptor, 0, false);
  claimInFile(ledger.descriptor, 1, true);
  ledger.close();
  expect([0, 1, 2].map((place) => [ledger.begun(place), ledger.withdraw(place)])).toEqual([
    [true, false],
    [true, false],
    [false, true],
  ]);
});

it("has no name, so nothing is left behind", () => {
  const ledger = opened();
  expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(`futureplan-${process.pid}-`);
  expect(() => readFileSync(`/proc/self/fd/${ledger.descriptor}`)).not.toThrow();
  ledger.close();
});
