/** Lost writes of functions in scripts that a test runner made, and what they cost others. */

import { expect, it } from "vitest";
import type { LostWrite } from "../../../src/globals/snapshots.ts";
import { snapshotMap } from "../../../src/globals/snapshotMap.ts";
import { callPosition } from "../../../src/platform/callPosition.ts";

const request = { globals: true, maxGlobalsSize: 1e9, label: undefined } as const;

function map(fn: () => unknown, _more?: unknown): readonly LostWrite[] {
  return snapshotMap(fn, undefined, request).lostWrites(() => callPosition(map));
}

it("are found in functions of a test", () => {
  let n = 0;
  const lost = map(() => n++);
  expect(lost.map(({ name }) => name)).toEqual(["n"]);
  expect(lost[0]?.place).toContain("lostWrites.test.ts:");
  expect(n).toBe(0);
});

it("are none where the variable is read only before the call, or in it", () => {
  let n = 0;
  const lost = [n, map(() => n++, n)];
  expect(lost).toEqual([0, []]);
});

it("are none of functions from other files than the call", () => {
  let n = 0;
  const elsewhere = { url: "file:///elsewhere.mjs", line: 0, column: 0 };
  expect(snapshotMap(() => n++, undefined, request).lostWrites(() => elsewhere)).toEqual([]);
  expect(n).toBe(0);
});

it("are not looked for in functions that write nothing they captured", () => {
  let n = 0;
  const fns = [() => n, () => ((m) => m++)(n), () => Math.random()];
  const asked = (): never => {
    throw new Error("asked");
  };
  for (const fn of fns) expect(snapshotMap(fn, undefined, request).lostWrites(asked)).toEqual([]);
  expect(n++).toBe(0);
});
