/** Large arrays, of which copies are avoided wherever that cannot be seen: what one future writes is seen by nobody else. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, futureMap, share, value, withPlan, workerLocal } from "../../index.ts";

const lazy = [false, true] as const;
/** Beyond what travels in a message itself. */
const length = 20_000;

function numbers(): Float64Array {
  return Float64Array.from({ length }, (_, index) => index);
}

function sum(array: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < array.length; index++) total += array[index] ?? 0;
  return total;
}

const total = (length * (length - 1)) / 2;

function wipe(array: Float64Array): void {
  array[0] = 99;
}

/** Ways to write, some of them well hidden. */
const writers: readonly ((array: Float64Array) => unknown)[] = [
  (array) => array.fill(-1),
  (array) => array.set([7, 7]),
  (array) => (array[0] = 5),
  (array) => wipe(array),
  (array) => array.subarray(10).fill(3),
  (array) => new Float64Array(array.buffer).reverse(),
  (array) => new DataView(array.buffer).setFloat64(8, 4),
  (array) => array.forEach((_, index, all) => (all[index] = 0)),
  (array) => {
    const { fill } = array;
    fill.call(array, 2);
  },
  (array) => {
    const alias = { array };
    alias.array[1] = 6;
  },
  (array) => {
    [array[0], array[1]] = [8, 9];
  },
  (array) => Reflect.set(array, 3, 1),
  (array) => array.toString.call(array.sort((a, b) => b - a)),
];

export const isolation: readonly Case[] = define("large data", [
  {
    title: "what a future writes into an array that it captures is seen by no other future and not at home",
    args: { lazy },
    run: async (ctx) => {
      for (const write of writers) {
        const data = numbers();
        const writing = future(() => (write(data), sum(data)), { lazy: ctx.lazy });
        const reading = future(() => sum(data), { lazy: ctx.lazy });
        const expected = numbers();
        write(expected);
        assert.deepEqual(await value([writing, reading]), [sum(expected), total]);
        assert.equal(sum(data), total);
      }
    },
  },
  {
    title: "nor is what it writes into an array that it is given",
    run: async () => {
      const data = numbers();
      const results = writers.map((write) => future((array: Float64Array) => void write(array), [data]));
      await value(results);
      assert.equal(await value(future(sum, [data])), total);
      assert.deepEqual(data, numbers());
    },
  },
  {
    title: "the next future of the same worker finds the array as it was",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const data = numbers();
        for (const write of writers) {
          await value(future(() => void write(data)));
          assert.equal(await value(future(() => sum(data))), total);
        }
      }),
  },
  {
    title: "an array is frozen at the call, whatever home writes afterwards",
    args: { lazy },
    run: async (ctx) => {
      const data = numbers();
      const before = future(() => sum(data), { lazy: ctx.lazy });
      data[0] = 1000;
      const after = future(() => sum(data), { lazy: ctx.lazy });
      data.fill(0);
      assert.deepEqual(await value([before, after]), [total, total + 1000]);
    },
  },
  {
    title: "elements of a map that write what they capture do not see each other's writes when each travels alone",
    run: async () => {
      const data = numbers();
      const firsts = await futureMap([1, 2, 3, 4], (x) => (data[0] = (data[0] ?? 0) + x), { chunkSize: 1 });
      assert.deepEqual(firsts, [1, 2, 3, 4]);
      assert.equal(data[0], 0);
    },
  },
  {
    title: "an array that is captured and an element besides may be written through the element",
    run: async () => {
      const data = numbers();
      const seen = await futureMap([data, data], (element) => ((element[0] = 7), [data[0], element === data]), { chunkSize: 1 });
      assert.deepEqual(seen, [
        [7, true],
        [7, true],
      ]);
      assert.equal(await value(future(() => data[0])), 0);
    },
  },
  {
    title: "views of one buffer stay views of one buffer",
    run: async () => {
      const all = numbers();
      const part = all.subarray(100, length - 100);
      const bytes = new Uint8Array(all.buffer);
      const f = future(() => {
        part[0] = -5;
        return [all[100], bytes.length, part.buffer === all.buffer, part.byteOffset];
      });
      assert.deepEqual(await value(f), [-5, length * 8, true, 800]);
      assert.equal(all[100], 100);
    },
  },
  {
    title: "nothing tells an array in a worker from one at home",
    run: async () => {
      const data = numbers();
      const f = future(() => [data.buffer instanceof ArrayBuffer, data.buffer.byteLength, data.byteOffset, data.slice(1, 3).length]);
      assert.deepEqual(await value(f), [true, length * 8, 0, 2]);
    },
  },
  {
    title: "Buffers, DataViews and plain buffers arrive whole",
    run: async () => {
      const bytes = Buffer.alloc(100_000, 7);
      const view = new DataView(new ArrayBuffer(100_000));
      view.setInt32(4, 5);
      const { buffer } = numbers();
      const f = future(() => [bytes.toString("latin1", 0, 2), view.getInt32(4), new Float64Array(buffer)[9], bytes.length]);
      assert.deepEqual(await value(f), ["\u0007\u0007", 5, 9, 100_000]);
    },
  },
  {
    title: "the value of a future may be large, and is given to others as often as they want it",
    run: async () => {
      const first = future(() => numbers());
      const others = [1, 2, 3].map((x) => future((array: Float64Array, factor: number) => sum(array) * factor, [first, x]));
      assert.deepEqual(await value(others), [total, 2 * total, 3 * total]);
    },
  },
  {
    title: "what a worker keeps stays whole, though it was the value of a future",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const kept = workerLocal(() => new Float64Array(20_000).fill(1));
        const first = await value(future(() => kept.get()));
        assert.equal(sum(first), length);
        assert.equal(await value(future(() => sum(kept.get()))), length);
      }),
  },
  {
    title: "arrays may be captured by futures inside futures",
    run: async () => {
      const data = numbers();
      const f = future(async () => {
        const inner = [1, 2].map((x) => future(() => sum(data) * x));
        return [await value(inner), sum(data)];
      });
      assert.deepEqual(await value(f), [[total, 2 * total], total]);
    },
  },
  {
    title: "parts of an array that share() made may be captured and given",
    run: async () => {
      const data = share(numbers());
      const part = data.subarray(10, 20);
      const f = future((given: Float64Array) => [sum(part), given.length, sum(data)], [data.subarray(5)]);
      assert.deepEqual(await value(f), [145, length - 5, total]);
    },
  },
  {
    title: "many large arrays in turn, more than a worker keeps or not, are each what they were",
    run: async () => {
      const arrays = Array.from({ length: 12 }, (_, k) => numbers().map((x) => x + k));
      const twice = [...arrays, ...arrays].map((array) => future(() => sum(array)));
      const sums = arrays.map((array) => sum(array));
      assert.deepEqual(await value(twice), [...sums, ...sums]);
    },
  },
]);
