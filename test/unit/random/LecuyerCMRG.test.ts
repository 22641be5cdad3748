/** LecuyerCMRG against R: the given vectors, and test/golden/rEdges.R. */

import { describe, expect, test } from "vitest";
import { LecuyerCMRG } from "../../../src/random/r/LecuyerCMRG.ts";
import { type Call, type Long, md5, readGolden } from "./golden.ts";

interface Given {
  readonly name: string;
  readonly seed: number;
  readonly k: number;
  readonly n: number;
  readonly state: readonly number[];
  readonly values: readonly number[];
}

interface Edges {
  readonly sequences: readonly { readonly seed: number; readonly calls: readonly Call[] }[];
  readonly long: readonly Long[];
}

const given = readGolden<{ cases: readonly Given[] }>("r-lecuyer.json").cases;
const edges = readGolden<Edges>("r-edges.json");

/** The `k`th stream after a seed's own. */
function streamAfter(seed: number, k: number): LecuyerCMRG {
  let stream = new LecuyerCMRG(seed);
  for (let i = 0; i < k; i++) stream = stream.nextStream();
  return stream;
}

/** What future.apply gives element after element: the first substream of each stream. */
function elements({ seed, n }: Given, draw: (g: LecuyerCMRG) => Iterable<number>): number[] {
  return Array.from({ length: n }, (_, i) => [...draw(streamAfter(seed, i).nextSubstream())]).flat();
}

const methods: Readonly<Record<string, (given: Given) => Iterable<number>>> = {
  "set.seed state": ({ seed }) => new LecuyerCMRG(seed).state,
  nextRNGStream: ({ seed, k }) => streamAfter(seed, k).state,
  nextRNGSubStream: ({ seed }) => new LecuyerCMRG(seed).nextSubstream().state,
  runif: ({ seed, values }) => new LecuyerCMRG(seed).random(values.length),
  rnorm: ({ seed, values }) => new LecuyerCMRG(seed).normal(values.length),
  rexp: ({ seed, values }) => new LecuyerCMRG(seed).exponential(values.length),
  "sample.int": ({ seed, n, values }) => fromOne(new LecuyerCMRG(seed).choice(n, values.length)),
  "future_sapply runif(2)": (given) => elements(given, (g) => g.random(2)),
  "future_sapply rnorm(2)": (given) => elements(given, (g) => g.normal(2)),
};

/** As R counts. */
function fromOne(numbers: ArrayLike<number>): number[] {
  return Array.from(numbers, (number) => number + 1);
}

describe("the given vectors of R", () => {
  test.each(given)("seed $seed: $name", (given) => {
    expect([...(methods[given.name]?.(given) ?? [])]).toEqual(given.values ?? given.state);
  });
});

function replay(g: LecuyerCMRG, method: string, [a, b, replace]: Call[1]): number[] {
  const n = Number(a);
  const calls: Readonly<Record<string, () => Iterable<number>>> = {
    state: () => g.state,
    nextStream: () => g.nextStream().state,
    "nextStream.nextSubstream": () => g.nextStream().nextSubstream().state,
    random: () => g.random(n),
    normal: () => g.normal(n),
    exponential: () => g.exponential(n),
    sample: () => fromOne(g.choice(n, Number(b), { replace: replace === true })),
    permutation: () => fromOne(g.permutation(n)),
  };
  return [...(calls[method]?.() ?? [])];
}

describe("hard seeds and sizes, call after call on one generator", () => {
  test.each(edges.sequences)("seed $seed", ({ seed, calls }) => {
    const g = new LecuyerCMRG(seed);
    for (const [method, args, values] of calls) expect([method, args, replay(g, method, args)]).toEqual([method, args, values]);
  });

  test.each(edges.long)("$n numbers of $method, tails included", ({ seed, n, method, md5: expected }) => {
    expect(md5(new LecuyerCMRG(seed)[method](n))).toBe(expected);
  });
});

test("whole numbers between bounds are those of sample with replacement, moved by the lower bound", () => {
  const [g, same] = [new LecuyerCMRG(1), new LecuyerCMRG(1)];
  expect([...g.integers(-3, 97, 20)]).toEqual(Array.from(same.choice(100, 20, { replace: true }), (x) => x - 3));
});

test("bigint bounds give bigints, the same numbers where R has them and as wide as 64 bits", () => {
  const [g, same] = [new LecuyerCMRG(1), new LecuyerCMRG(1)];
  expect(Array.from(g.integers(0n, 1000n, 5), Number)).toEqual([...same.integers(0, 1000, 5)]);
  const wide = g.integers(-(2n ** 63n), 2n ** 63n, 200);
  expect(wide).toBeInstanceOf(BigInt64Array);
  expect(wide.some((x) => x > 2n ** 62n) && wide.some((x) => x < -(2n ** 62n))).toBe(true);
});
