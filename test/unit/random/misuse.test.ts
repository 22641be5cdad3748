/** What generators refuse, and how they say so. */

import { describe, expect, test } from "vitest";
import { OptionInvalid, RngMisuse } from "../../../src/errors/errors.ts";
import type { Generator } from "../../../src/random/Generator.ts";
import { MT19937 } from "../../../src/random/numpy/MT19937.ts";
import { PCG64 } from "../../../src/random/numpy/PCG64.ts";
import { SeedSequence } from "../../../src/random/numpy/SeedSequence.ts";
import { LecuyerCMRG } from "../../../src/random/r/LecuyerCMRG.ts";

const generators: readonly (() => Generator)[] = [() => new PCG64(1), () => new MT19937(1), () => new LecuyerCMRG(1)];

/** Calls that the types forbid. */
const loose = (value: unknown): never => value as never;

describe.each(generators)("%o", (make) => {
  const refused: readonly [string, (g: Generator) => unknown, string][] = [
    ["a negative length", (g) => g.random(-1), 'Option "n" of random() must be a whole number, 0 or more, not -1.'],
    ["half a length", (g) => g.normal(1.5), 'Option "n" of normal()'],
    ["a length of another type", (g) => g.exponential(loose("3")), 'Option "n" of exponential()'],
    ["an empty interval", (g) => g.integers(3, 3), 'Option "high" of integers() must be above low, which is 3, not 3.'],
    ["an interval from above", (g) => g.integers(3n, 2n, 4), 'Option "high" of integers() must be above low, which is 3n, not 2n.'],
    ["bounds of two types", (g) => g.integers(loose(0), loose(10n)), 'Option "high" of integers() must be of the type of low, not 10n.'],
    ["bounds that are not whole", (g) => g.integers(0, Infinity), 'Option "high" of integers()'],
    ["bounds beyond exact numbers", (g) => g.integers(0, 2 ** 60), 'Option "high" of integers()'],
    ["bounds beyond 64 bits", (g) => g.integers(-1n, 2n ** 63n + 1n), 'Option "high" of integers()'],
    ["bounds below 64 bits", (g) => g.integers(-(2n ** 63n) - 1n, 0n), 'Option "low" of integers()'],
    ["NaN things", (g) => g.permutation(NaN), 'Option "n" of permutation()'],
    [
      "more than there are",
      (g) => g.choice(3, 4, { replace: false }),
      'Option "size" of choice() must be at most n, which is 3, without replacement, not 4.',
    ],
    ["a choice of nothing", (g) => g.choice(0, 1, { replace: true }), 'Option "n" of choice()'],
    ["an unknown option", (g) => g.choice(3, 1, loose({ replacement: true })), 'choice() has no option "replacement"; it takes replace.'],
    [
      "an option of another type",
      (g) => g.choice(3, 1, loose({ replace: 1 })),
      'Option "replace" of choice() must be true or false, not 1.',
    ],
  ];

  test.each(refused)("refuses %s, and goes on unmoved", (_, call, message) => {
    const g = make();
    expect(() => call(g)).toThrow(OptionInvalid);
    expect(() => call(g)).toThrow(message);
    expect(g.random()).toBe(make().random());
  });

  test("gives empty arrays for no numbers, unmoved but for what the original draws", () => {
    const g = make();
    expect([g.random(0), g.normal(0), g.exponential(0), g.integers(0, 9, 0), g.integers(0n, 9n, 0)].map(({ length }) => length)).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect([g.permutation(0), g.choice(0, 0), g.choice(5, 0, { replace: true })].map(({ length }) => length)).toEqual([0, 0, 0]);
    expect(g.random()).toBe(make().random());
  });

  test("gives whole numbers in the smallest array that fits", () => {
    const g = make();
    expect(g.integers(-5, 5, 2)).toBeInstanceOf(Int32Array);
    expect(g.integers(0, 2 ** 32, 2)).toBeInstanceOf(Uint32Array);
    expect(g.integers(-1, 2 ** 32, 2)).toBeInstanceOf(Float64Array);
    expect(g.integers(0n, 5n, 2)).toBeInstanceOf(BigInt64Array);
    expect(g.integers(0n, 2n ** 64n, 2)).toBeInstanceOf(BigUint64Array);
    expect(g.choice(2 ** 40, 3, { replace: false })).toBeInstanceOf(Float64Array);
  });
});

describe("seeds", () => {
  test.each([1.5, NaN, 2 ** 31, -(2 ** 31), loose("1"), loose(undefined)])("LecuyerCMRG refuses %s, which is no integer of R", (seed) => {
    expect(() => new LecuyerCMRG(seed)).toThrow(OptionInvalid);
  });

  test.each([-1, 1.5, 2 ** 53, -1n, loose("1"), loose(undefined), loose(null), loose([[1]]), [1, -1]])(
    "SeedSequence refuses %o",
    (entropy) => {
      expect(() => new SeedSequence(entropy)).toThrow(OptionInvalid);
      expect(() => new PCG64(entropy)).toThrow(OptionInvalid);
    },
  );

  test("children and jumps are counted in whole numbers", () => {
    expect(() => new SeedSequence(1).spawn(-1)).toThrow(OptionInvalid);
    expect(() => new SeedSequence(1).generateState(0.5)).toThrow(OptionInvalid);
    expect(() => new PCG64(1).jumped(0.5)).toThrow(OptionInvalid);
    expect(() => new MT19937(1).jumped(-1)).toThrow(OptionInvalid);
  });
});

describe("states", () => {
  test.each([[], [1, 2, 3, 4, 5], [0, 0, 0, 1, 2, 3], [1, 2, 3, 0, 0, 0], [1, 2, 3, 4, 5, 0.5], [-1, 2, 3, 4, 5, 6], loose({})])(
    "LecuyerCMRG refuses %o",
    (...state) => {
      expect(() => LecuyerCMRG.fromState(state.flat())).toThrow(RngMisuse);
    },
  );

  test("PCG64 refuses what is none of its states", () => {
    const good = new PCG64(1).state;
    for (const bad of [
      {},
      { ...good, state: 1 },
      { ...good, increment: 2n },
      { ...good, state: 2n ** 128n },
      { ...good, uinteger: -1 },
      [1, 2],
    ]) {
      expect(() => PCG64.fromState(loose(bad))).toThrow(RngMisuse);
    }
  });

  test("MT19937 refuses what is none of its states", () => {
    const good = new MT19937(1).state;
    for (const bad of [{}, { ...good, position: 625 }, { ...good, key: good.key.slice(1) }, { ...good, key: [...good.key] }]) {
      expect(() => MT19937.fromState(loose(bad))).toThrow(RngMisuse);
    }
  });

  test("of another generator, or none at all, are refused", () => {
    for (const bad of [undefined, null, 3]) {
      expect(() => PCG64.fromState(loose(bad))).toThrow(RngMisuse);
      expect(() => MT19937.fromState(loose(bad))).toThrow(RngMisuse);
      expect(() => LecuyerCMRG.fromState(loose(bad))).toThrow(RngMisuse);
    }
  });
});
