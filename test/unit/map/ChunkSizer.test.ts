import { expect, test } from "vitest";
import { ChunkSizer } from "../../../src/map/ChunkSizer.ts";

test("the first chunks are probes of one element", () => {
  const sizer = new ChunkSizer(2, undefined);
  expect([sizer.next(1_000_000), sizer.next(999_999)]).toEqual([1, 1]);
});

test("chunks of tiny elements grow until they take a while", () => {
  const sizer = new ChunkSizer(2, undefined);
  const sizes: number[] = [];
  for (let round = 0; round < 5; round++) {
    const size = sizer.next(10_000_000);
    sizes.push(size);
    sizer.measured(size, 0);
  }
  expect(sizes).toEqual([1, 16, 256, 4096, 65_536]);
});

test("slow elements travel alone", () => {
  const sizer = new ChunkSizer(2, undefined);
  sizer.measured(1, 100);
  expect(sizer.next(14)).toBe(1);
});

test("towards the end chunks become smaller", () => {
  const sizer = new ChunkSizer(2, undefined);
  for (const count of [1, 16, 256]) sizer.measured(count, 1);
  expect([1000, 100, 10, 1].map((remaining) => sizer.next(remaining))).toEqual([250, 25, 3, 1]);
});

test("a fixed size is kept but for the last chunk", () => {
  const sizer = new ChunkSizer(2, 8);
  sizer.measured(8, 0);
  expect([sizer.next(20), sizer.next(3)]).toEqual([8, 3]);
});
