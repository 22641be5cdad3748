/** PCG64, MT19937 and SeedSequence against numpy: the given vectors, and test/golden/numpyEdges.py. */

import { describe, expect, test } from "vitest";
import { MT19937 } from "../../../src/random/numpy/MT19937.ts";
import { PCG64 } from "../../../src/random/numpy/PCG64.ts";
import { SeedSequence } from "../../../src/random/numpy/SeedSequence.ts";
import { type Call, list, type Long, md5, readGolden } from "./golden.ts";

type Numpy = PCG64 | MT19937;

interface Given {
  readonly name: string;
  readonly generator: "PCG64" | "MT19937";
  readonly seed: string;
  readonly jumped: number;
  readonly n: number;
  readonly size: number;
  readonly low: number;
  readonly high: number | string;
  readonly values: readonly (number | string)[];
  readonly min: number;
  readonly max: number;
  readonly last: number;
  readonly entropy: string;
  readonly words32: readonly string[];
  readonly words64: readonly string[];
  readonly children: readonly { readonly words32: readonly string[] }[];
}

interface Edges {
  readonly sequences: readonly {
    readonly generator: string;
    readonly entropy: string | readonly string[];
    readonly spawnKey: readonly number[];
    readonly words32: readonly string[];
    readonly words64: readonly string[];
    readonly calls: readonly Call[];
  }[];
  readonly long: readonly Long[];
}

const given = readGolden<{ cases: readonly Given[] }>("numpy-random.json").cases;
const edges = readGolden<Edges>("numpy-edges.json");

function make(generator: string, seed: number | bigint | SeedSequence): Numpy {
  return generator === "PCG64" ? new PCG64(seed) : new MT19937(seed);
}

function entropyOf(text: string | readonly string[]): bigint | bigint[] {
  return typeof text === "string" ? BigInt(text) : text.map(BigInt);
}

/** The raw words of a case: of 64 bits from PCG64, of 32 from MT19937. */
function raw(g: Numpy, n: number): bigint[] {
  const high = g instanceof PCG64 ? 2n ** 64n : 2n ** 32n;
  return Array.from({ length: n }, () => g.integers(0n, high));
}

const methods: Readonly<Record<string, (g: Numpy, given: Given) => Iterable<number | bigint>>> = {
  raw: (g, { values }) => raw(g, values.length),
  random: (g, { values }) => g.random(values.length),
  normal: (g, { values }) => g.normal(values.length),
  standard_exponential: (g, { values }) => g.exponential(values.length),
  integers: (g, { low, high, values }) =>
    typeof high === "string" ? g.integers(BigInt(low), BigInt(high), values.length) : g.integers(low, high, values.length),
  permutation: (g, { n }) => g.permutation(n),
  choice: (g, { n, size }) => g.choice(n, size, { replace: true }),
};

describe("the given vectors of numpy", () => {
  test.each(given.filter(({ name }) => name in methods))("$generator($seed) jumped $jumped times: $name", (given) => {
    const g = make(given.generator, BigInt(given.seed)).jumped(given.jumped);
    expect(Array.from(methods[given.name]?.(g, given) ?? [], String)).toEqual(given.values.map(String));
  });

  test.each(given.filter(({ name }) => name === "normal-long"))(
    "$generator($seed): $n normal numbers in one array",
    ({ generator, seed, n, min, max, last }) => {
      const values = make(generator, BigInt(seed)).normal(n);
      expect([values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b)), values.at(-1)]).toEqual([min, max, last]);
    },
  );

  test.each(given.filter(({ name }) => name === "SeedSequence.generateState"))(
    "SeedSequence($entropy) gives words of 32 and 64 bits",
    (given) => {
      const sequence = new SeedSequence(BigInt(given.entropy));
      expect(Array.from(sequence.generateState(8), String)).toEqual(given.words32);
      expect(Array.from(sequence.generateState64(given.words64.length), String)).toEqual(given.words64);
    },
  );

  test.each(given.filter(({ name }) => name === "SeedSequence.spawn"))("SeedSequence($entropy) spawns", ({ entropy, n, children }) => {
    const words = new SeedSequence(BigInt(entropy)).spawn(n).map((child) => Array.from(child.generateState(4), String));
    expect(words).toEqual(children.map(({ words32 }) => words32));
  });

  test.each(given.filter(({ name }) => name === "SeedSequence.spawn nested"))(
    "the spawned of SeedSequence($entropy) spawn in turn",
    (given) => {
      const child = new SeedSequence(BigInt(given.entropy)).spawn(3)[2]?.spawn(2)[1];
      expect(child?.spawnKey).toEqual([2, 1]);
      expect(Array.from(child?.generateState(4) ?? [], String)).toEqual(given.words32);
    },
  );
});

/** Gives the generator to go on with, having compared what the call gave. */
function replay(g: Numpy, [method, args, values]: Call): Numpy {
  if (method === "jumped") return g.jumped(Number(args[0]));
  const all = replayed(g, method, args);
  expect([method, args, all.slice(0, values.length).map(String)]).toEqual([method, args, values.map(String)]);
  return g;
}

function replayed(g: Numpy, method: string, args: Call[1]): (number | bigint)[] {
  const [a = 0, b = 0, c] = args;
  const n = typeof c === "number" ? [c] : [];
  if (method === "bigints") return list(Reflect.apply(g.integers, g, [BigInt(a), BigInt(b), ...n]) as bigint);
  if (method === "choice") return list(g.choice(Number(a), Number(b), { replace: c === true }));
  return list(Reflect.apply(Reflect.get(g, method) as () => number, g, args));
}

describe("hard seeds and bounds, call after call on one generator", () => {
  test.each(edges.sequences)(
    "$generator(SeedSequence($entropy, $spawnKey))",
    ({ generator, entropy, spawnKey, words32, words64, calls }) => {
      const sequence = new SeedSequence(entropyOf(entropy), spawnKey);
      expect(Array.from(sequence.generateState(5), String)).toEqual(words32);
      expect(Array.from(sequence.generateState64(3), String)).toEqual(words64);
      calls.reduce(replay, make(generator, sequence));
    },
  );

  test.each(edges.long)("$n numbers of $generator.$method, tails included", ({ generator, seed, n, method, md5: expected }) => {
    expect(md5(make(generator, seed)[method](n))).toBe(expected);
  });
});
