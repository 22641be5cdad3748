/** Questions that a function answers at its entry, before its body runs. */

import { describe, expect, it } from "vitest";
import { isUninitialised, lexicalThis, sharersOf } from "../../../src/platform/probe.ts";

let runs = 0;

interface Counter {
  readonly up: () => number;
  readonly get: () => number;
  readonly many: () => Iterable<number>;
  readonly later: () => Promise<number>;
}

function counter(): Counter {
  let count = 0;
  return {
    up: () => ((runs += 1), (count += 1)),
    get: () => count,
    *many() {
      runs += 1;
      yield (count += 1);
    },
    later: async () => ((runs += 1), (count += 1)),
  };
}

describe("probe", () => {
  it("tells which functions share a variable, without running any, and leaves it as it was", () => {
    const a = counter();
    const b = counter();
    for (const fn of [a.up, a.get, a.many, a.later]) {
      expect(sharersOf({ fn, generator: fn === a.many }, "count", [a.up, a.get, a.many, b.up, b.get])).toEqual([
        true,
        true,
        true,
        false,
        false,
      ]);
    }
    expect([runs, a.get(), b.get()]).toEqual([0, 0, 0]);
    expect(a.up()).toBe(1);
  });

  it("tells an arrow's this", () => {
    const self = { v: 1 };
    const arrow = function (this: object): () => object {
      return () => this;
    }.call(self);
    expect(lexicalThis({ fn: arrow, generator: false })).toBe(self);
  });

  it("tells a dead zone from undefined", () => {
    const reader = (): unknown => late;
    expect(isUninitialised({ fn: reader, generator: false }, "late")).toBe(true);
    const late: unknown = undefined;
    expect(isUninitialised({ fn: reader, generator: false }, "late")).toBe(false);
  });

  it("says so when a function does not name the variable that was meant", () => {
    expect(() => sharersOf({ fn: () => 1, generator: false }, "missing", [])).toThrow();
  });
});
