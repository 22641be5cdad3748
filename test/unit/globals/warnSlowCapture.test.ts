/** Captures that block home warn, once, and others do not. */

import { afterEach, expect, test, vi } from "vitest";
import { snapshot } from "../../../src/globals/snapshot.ts";
import { snapshotMap } from "../../../src/globals/snapshotMap.ts";
import { systemClock } from "../../../src/platform/clock.ts";

const request = { globals: true, maxGlobalsSize: 1e9, label: "lots" } as const;

afterEach(() => vi.restoreAllMocks());

function warnings(body: () => void): readonly (readonly unknown[])[] {
  const emit = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  body();
  return emit.mock.calls;
}

/** Each look at the clock comes so many milliseconds after the one before. */
function paced(step: number): void {
  let now = 0;
  vi.spyOn(systemClock, "precise").mockImplementation(() => (now += step));
}

test("nothing is said of a capture that is quick and small", () => {
  paced(999);
  const handlers = Array.from({ length: 20 }, (_, at) => () => at);
  const given = warnings(() => {
    snapshot(() => handlers.length, [], request);
    snapshotMap((x: number) => handlers.length + x, undefined, request).chunk([1, 2], (at) => at);
  });
  expect(given).toEqual([]);
});

test("of more than 5,000 functions, once, naming the variable", () => {
  paced(1);
  const handlers = Array.from({ length: 5000 }, (_, at) => () => at);
  const take = function take(): number {
    return handlers.length;
  };
  const given = warnings(() => {
    snapshot(take, [], request);
    snapshot(take, [], request);
  });
  expect(given).toHaveLength(1);
  expect(given[0]?.[0]).toMatch(/"lots".*with 5001 functions.*take → handlers\..*workerLocal.*modules/);
  expect(given[0]?.[1]).toEqual({ type: "FutureWarning", code: "FUTURE_SLOW_CAPTURE" });
});

test("of less when it takes a second, also in maps", () => {
  paced(1001);
  const numbers = [1, 2, 3];
  const word = "a word of some length";
  const sum = (x: number): number => numbers.length + word.length + x;
  const given = warnings(() => void snapshotMap(sum, undefined, request));
  expect(given).toHaveLength(1);
  expect(given[0]?.[0]).toMatch(/took 1\.0 s.*sum → /);
});
