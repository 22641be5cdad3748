/** Chunk sizes as R's future.apply 1.20 gives them (values printed by R, see r-future.md of the design documents). */

import { describe, expect, it } from "vitest";
import { makeChunks, type ChunkRule } from "../../../src/map/makeChunks.ts";

const rule = (given: Partial<ChunkRule>): ChunkRule => ({ chunkSize: undefined, scheduling: 1, ...given });
const sizes = (length: number, workers: number, given: Partial<ChunkRule>): number[] =>
  makeChunks(length, workers, rule(given)).map(({ start, end }) => end - start);

describe("makeChunks", () => {
  it.each<readonly [number, number, Partial<ChunkRule>, readonly number[]]>([
    [10, 4, { scheduling: 1 }, [3, 2, 2, 3]],
    [10, 4, { scheduling: 0 }, [10]],
    [10, 4, { scheduling: 0.5 }, [5, 5]],
    [10, 4, { scheduling: 1.5 }, [2, 1, 2, 2, 1, 2]],
    [10, 4, { scheduling: 2 }, [2, 1, 1, 1, 1, 1, 1, 2]],
    [10, 4, { scheduling: Infinity }, Array.from({ length: 10 }, () => 1)],
    [5, 4, {}, [1, 1, 2, 1]],
    [3, 4, {}, [1, 1, 1]],
    [7, 3, {}, [2, 3, 2]],
    [10, 3, {}, [3, 4, 3]],
    [11, 3, {}, [4, 3, 4]],
    [13, 5, {}, [3, 2, 3, 2, 3]],
    [100, 8, {}, [13, 12, 13, 12, 12, 13, 12, 13]],
    [20, 4, { scheduling: 0.6 }, [7, 6, 7]],
    [20, 4, { scheduling: 1.3 }, [4, 3, 3, 3, 3, 4]],
    [10, 4, { chunkSize: 3 }, [3, 2, 2, 3]],
    [10, 4, { chunkSize: 4 }, [3, 4, 3]],
    [10, 4, { chunkSize: Infinity }, [10]],
    [10, 4, { chunkSize: 20 }, [10]],
  ])("cuts %i elements for %i workers with %o as R does", (length, workers, given, expected) => {
    expect(sizes(length, workers, given)).toEqual(expected);
  });

  it("gives R's number of chunks for fractional settings", () => {
    expect(sizes(20, 4, { scheduling: 2.7 })).toHaveLength(11);
    expect(sizes(10, 4, { chunkSize: 2.5 })).toHaveLength(4);
  });

  it("makes no chunk of nothing", () => {
    expect(makeChunks(0, 4, rule({}))).toEqual([]);
  });
});
