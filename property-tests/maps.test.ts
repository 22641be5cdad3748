/** Laws of maps: whatever the plan, the cut and the order, a map gives what `Array.map` gives, and a seed the same numbers. */

import fc from "fast-check";
import { futureMap, futureReduce, multicore, multisession, plan, sequential, shutdown, type MapOptions } from "futureplan";
import { LecuyerCMRG, MT19937, PCG64, rng } from "futureplan/random";
import { afterAll, beforeAll, describe, test } from "vitest";
import { ChunkSizer } from "../src/map/ChunkSizer.ts";
import { parseOrdering } from "../src/map/parseOrdering.ts";
import "./seed.ts";

const cuts: fc.Arbitrary<MapOptions> = fc.oneof(
  fc.record({ chunkSize: fc.oneof(fc.double({ min: 1, max: 50, noNaN: true }), fc.constant(Infinity)) }),
  fc.record({ scheduling: fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.constantFrom(Infinity, true, false, "auto" as const)) }),
);
const options: fc.Arbitrary<MapOptions> = fc
  .tuple(cuts, fc.constantFrom("input", "random"))
  .map(([cut, ordering]) => ({ ...cut, ordering }) as MapOptions);
/** R's `NA_integer_`, -2^31, is no seed. */
const seeds = fc.integer({ min: -(2 ** 31) + 1 });
const lists = fc.oneof(
  fc.array(fc.double()),
  fc.array(fc.oneof(fc.double(), fc.string(), fc.constant(undefined), fc.array(fc.integer()))),
  fc.sparseArray(fc.integer(), { maxNumElements: 20, maxLength: 40 }),
);

/** A map equals `Array.map`, holes included. */
async function equalsArrayMap(list: readonly unknown[], chosen: MapOptions): Promise<boolean> {
  const result = await futureMap(list, (x, index) => [x, index], chosen);
  return fc.stringify(result) === fc.stringify(list.map((x, index) => [x, index]));
}

/** A seed gives the same numbers under every cut. */
async function seedIsEnough(count: number, seed: number, chosen: MapOptions): Promise<boolean> {
  const list = Array.from({ length: count }, (_, index) => index);
  const draw = (): number => rng().random();
  const [one, other] = [await futureMap(list, draw, { ...chosen, seed }), await futureMap(list, draw, { seed, chunkSize: Infinity })];
  return one.join() === other.join();
}

/** Given streams give what they give at home, under every cut, and stay where they stand. */
async function streamsAreUsedAsTheyAre(kinds: readonly (readonly [number, number, number])[], chosen: MapOptions): Promise<boolean> {
  const streams = kinds.map(([kind, seed, drawn]) => {
    const stream = kind === 0 ? new LecuyerCMRG(seed) : kind === 1 ? new PCG64(seed) : new MT19937(seed);
    stream.random(drawn);
    return stream;
  });
  const fed = await futureMap([...streams.keys()], () => [Math.random(), rng().normal()], { ...chosen, seed: streams });
  return fed.join() === streams.map((stream) => [stream.random(), stream.normal()]).join();
}

/** Inside a seeded element, what has no seed of its own repeats, however the outer map is cut. */
async function insideRepeats(seed: number, counts: readonly number[], chosen: MapOptions): Promise<boolean> {
  const inner = (count: number): Promise<unknown> => futureMap(Array.from({ length: count }), () => Math.random());
  const [one, other] = [await futureMap(counts, inner, { ...chosen, seed }), await futureMap(counts, inner, { seed, chunkSize: Infinity })];
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A reduction by an associative function equals the fold from the left. */
async function reducesLikeFold(words: readonly string[], chunkSize: number): Promise<boolean> {
  return (await futureReduce(words, (a, b) => a + b, "", { chunkSize })) === words.join("");
}

describe.each([sequential(), multicore({ workers: 2, oversubscribe: true }), multisession({ workers: 2, oversubscribe: true })])(
  "$backend",
  (spec) => {
    beforeAll(() => void plan(spec));
    afterAll(() => shutdown());

    test("a map equals Array.map", () => fc.assert(fc.asyncProperty(lists, options, equalsArrayMap), { numRuns: 60 }));

    test("a seed gives the same numbers however the map is cut", () =>
      fc.assert(fc.asyncProperty(fc.nat(30), seeds, options, seedIsEnough), { numRuns: 30 }));

    test("given streams are used as they are however the map is cut", () =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.nat(1000), fc.nat(5)), { maxLength: 12 }), options, streamsAreUsedAsTheyAre),
        { numRuns: 20 },
      ));

    test("what has no seed repeats inside what has one, however the outer map is cut", () =>
      fc.assert(fc.asyncProperty(seeds, fc.array(fc.nat(4), { maxLength: 6 }), options, insideRepeats), { numRuns: 20 }));

    test("a reduction equals the fold from the left", () =>
      fc.assert(fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 40 }), reducesLikeFold), { numRuns: 30 }));
  },
);

/** Sizes from measured times are whole, at least 1, and never more than what is left. */
function sizesFit(workers: number, times: readonly number[], remaining: number): boolean {
  const sizer = new ChunkSizer(workers, undefined);
  return times.every((time) => {
    const size = sizer.next(remaining);
    sizer.measured(size, time);
    return Number.isInteger(size) && size >= 1 && size <= remaining;
  });
}

test("chunk sizes fit what is left", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 64 }), fc.array(fc.nat(5000)), fc.integer({ min: 1, max: 1e7 }), sizesFit));
});

/** Every index once. */
function isPermutation(length: number): boolean {
  const order = parseOrdering("random", length);
  return order instanceof Int32Array && order.toSorted().every((index, place) => index === place) && order.length === length;
}

test("a random ordering is a permutation", () => {
  fc.assert(fc.property(fc.nat(200), isPermutation));
});
