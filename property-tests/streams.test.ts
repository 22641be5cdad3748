/** Laws of generators and their streams. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Generator } from "../src/random/Generator.ts";
import { MT19937 } from "../src/random/numpy/MT19937.ts";
import { PCG64 } from "../src/random/numpy/PCG64.ts";
import { SeedSequence } from "../src/random/numpy/SeedSequence.ts";
import { LecuyerCMRG } from "../src/random/r/LecuyerCMRG.ts";
import "./seed.ts";

interface Kind {
  readonly name: string;
  readonly make: (seed: number) => Generator;
  readonly restore: (state: unknown) => Generator;
  /** Stream number `i` of a seed. */
  readonly stream: (seed: number, i: number) => Generator;
}

/** `value` after `times` applications of `step`. */
function repeated<T>(value: T, times: number, step: (value: T) => T): T {
  return times === 0 ? value : repeated(step(value), times - 1, step);
}

const kinds: readonly Kind[] = [
  {
    name: "LecuyerCMRG, next streams",
    make: (seed) => new LecuyerCMRG(seed),
    restore: (state) => LecuyerCMRG.fromState(state as LecuyerCMRG["state"]),
    stream: (seed, i) => repeated(new LecuyerCMRG(seed), i, (g) => g.nextStream()).nextSubstream(),
  },
  {
    name: "PCG64, jumped",
    make: (seed) => new PCG64(seed),
    restore: (state) => PCG64.fromState(state as PCG64["state"]),
    stream: (seed, i) => new PCG64(seed).jumped(i),
  },
  {
    name: "MT19937, spawned",
    make: (seed) => new MT19937(seed),
    restore: (state) => MT19937.fromState(state as MT19937["state"]),
    stream: (seed, i) => new MT19937(new SeedSequence(seed, [i])),
  },
];

const seeds = fc.nat(2 ** 31 - 1);

/** Calls that move a generator by odd amounts: single draws, arrays across blocks, halves of 64 bits. */
const calls = fc.constantFrom<(g: Generator) => unknown>(
  (g) => g.random(),
  (g) => g.normal(),
  (g) => g.exponential(3),
  (g) => g.random(700),
  (g) => g.normal(901),
  (g) => g.integers(0, 10),
  (g) => g.integers(-(2 ** 40), 2 ** 40, 5),
  (g) => g.integers(0n, 2n ** 64n),
  (g) => g.permutation(5),
  (g) => g.choice(100, 3, { replace: false }),
);
const histories = fc.array(calls, { maxLength: 8 });

function after(g: Generator, history: readonly ((g: Generator) => unknown)[]): Generator {
  for (const call of history) call(g);
  return g;
}

/** A restored generator goes on as the original does, wherever it stood. */
export function statesRoundTrip(kind: Kind, seed: number, past: Parameters<typeof after>[1], future: Parameters<typeof after>[1]): void {
  const g = after(kind.make(seed), past);
  const restored = kind.restore(structuredClone(g.state));
  expect(restored.state).toEqual(g.state);
  expect(future.map((call) => call(restored))).toEqual(future.map((call) => call(g)));
  expect(restored.state).toEqual(g.state);
}

/** An array holds the numbers that single draws give, and leaves the generator where they leave it. */
export function arraysAreDraws(kind: Kind, seed: number, past: Parameters<typeof after>[1], n: number): void {
  const [g, same] = [after(kind.make(seed), past), after(kind.make(seed), past)];
  const one = (draw: () => number): number[] => Array.from({ length: n }, draw);
  expect([...g.random(n)]).toEqual(one(() => same.random()));
  expect([...g.normal(n)]).toEqual(one(() => same.normal()));
  expect([...g.exponential(n)]).toEqual(one(() => same.exponential()));
  expect([...g.integers(-3, 2 ** 33, n)]).toEqual(one(() => same.integers(-3, 2 ** 33)));
  expect([...g.integers(0, 6, n)]).toEqual(one(() => same.integers(0, 6)));
  expect([...g.integers(-5n, 2n ** 62n, n)]).toEqual(Array.from({ length: n }, () => same.integers(-5n, 2n ** 62n)));
  expect(g.state).toEqual(same.state);
}

/** What a stream gives does not depend on which streams were drawn from before, nor on how far. */
export function streamsAreIndependentOfOrder(kind: Kind, seed: number, order: readonly number[]): void {
  const inOrder = Array.from({ length: 6 }, (_, i) => [...kind.stream(seed, i).normal(20)]);
  for (const i of order) expect([...kind.stream(seed, i).normal(20)]).toEqual(inOrder[i]);
}

/** No window of one stream is found in another. */
export function streamsAreDisjoint(kind: Kind, seed: number): void {
  const seen = new Map<string, number>();
  for (let i = 0; i < 6; i++) {
    const values = kind.stream(seed, i).random(300);
    for (let k = 0; k + 2 <= values.length; k++) {
      const window = values.slice(k, k + 2).join();
      expect(seen.get(window) ?? i).toBe(i);
      seen.set(window, i);
    }
  }
}

describe.each(kinds)("$name", (kind) => {
  test("states round-trip", () => {
    fc.assert(fc.property(seeds, histories, histories, (seed, past, future) => statesRoundTrip(kind, seed, past, future)));
  });

  test("arrays are draws one after the other", () => {
    fc.assert(
      fc.property(seeds, histories, fc.nat(40), (seed, past, n) => arraysAreDraws(kind, seed, past, n)),
      { numRuns: 60 },
    );
  });

  test("streams are independent of the order they are drawn in", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.nat(5)), (seed, order) => streamsAreIndependentOfOrder(kind, seed, order)),
      { numRuns: 40 },
    );
  });

  test("streams are disjoint", () => {
    fc.assert(
      fc.property(seeds, (seed) => streamsAreDisjoint(kind, seed)),
      { numRuns: 20 },
    );
  });
});

/** Jumping and drawing commute where the jump is a number of steps. */
export function jumpsAndDrawsCommute(seed: number, n: number): void {
  const [r, numpy] = [new LecuyerCMRG(seed), new PCG64(seed)];
  const [nextStream, nextSubstream, jumped] = [r.nextStream(), r.nextSubstream(), numpy.jumped()];
  for (const g of [r, nextStream, nextSubstream, numpy, jumped]) g.random(n);
  expect(r.nextStream().state).toEqual(nextStream.state);
  expect(r.nextSubstream().state).toEqual(nextSubstream.state);
  expect(numpy.jumped().state).toEqual(jumped.state);
}

/** Jumps add up, backwards too. */
export function jumpsAdd(seed: number, a: number, b: number): void {
  const g = new PCG64(seed);
  expect(g.jumped(a).jumped(b).state).toEqual(g.jumped(a + b).state);
  expect(g.jumped(a).jumped(-a).state).toEqual(g.state);
}

/** Streams and substreams commute: each moves by a number of steps. */
export function streamsAndSubstreamsCommute(seed: number): void {
  const g = new LecuyerCMRG(seed);
  expect(g.nextStream().nextSubstream().state).toEqual(g.nextSubstream().nextStream().state);
}

/** A child is what its key says, however it was spawned. */
export function keysNameChildren(entropy: bigint, key: readonly number[], together: boolean): void {
  const child = key.reduce(
    (sequence, k) => (together ? sequence.spawn(k + 1) : Array.from({ length: k + 1 }, () => sequence.spawn(1)).flat())[k] ?? sequence,
    new SeedSequence(entropy),
  );
  expect(child.spawnKey).toEqual(key);
  expect(child.generateState64(4)).toEqual(new SeedSequence(entropy, key).generateState64(4));
}

test("jumps and draws commute", () => {
  fc.assert(fc.property(seeds, fc.nat(2000), jumpsAndDrawsCommute));
});

test("jumps of PCG64 add up", () => {
  fc.assert(fc.property(seeds, fc.nat(1e6), fc.nat(1e6), jumpsAdd));
});

test("streams and substreams of R commute", () => {
  fc.assert(fc.property(seeds, streamsAndSubstreamsCommute));
});

test("spawn keys name the children of seed sequences", () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), fc.array(fc.nat(3), { maxLength: 4 }), fc.boolean(), keysNameChildren));
});

/** Permutations and choices take numbers that exist, none twice. */
export function choicesAreDistinct(kind: Kind, seed: number, n: number, size: number): void {
  const g = kind.make(seed);
  expect(g.permutation(n).toSorted()).toEqual(Int32Array.from({ length: n }, (_, i) => i));
  const chosen = [...g.choice(n, Math.min(n, size), { replace: false })];
  expect(new Set(chosen).size).toBe(chosen.length);
  expect(chosen.every((i) => i >= 0 && i < n)).toBe(true);
}

test.each(kinds)("$name: permutations and choices are distinct", (kind) => {
  fc.assert(
    fc.property(seeds, fc.nat(12_000), fc.nat(400), (seed, n, size) => choicesAreDistinct(kind, seed, n, size)),
    { numRuns: 30 },
  );
});
