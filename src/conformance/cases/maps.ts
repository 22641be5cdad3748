/** Maps: the law, however they are cut. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { alike, ways } from "./alike.ts";
import { currentFuture, future, futureMap, grid } from "../../index.ts";

export const maps: readonly Case[] = define("maps", [
  {
    title: "a map equals Array.map however it is cut",
    run: async () => {
      const numbers = Array.from({ length: 10 }, (_, index) => index / 3);
      await alike(
        (options) => futureMap(numbers, (x, index) => x * index, options),
        numbers.map((x, index) => x * index),
      );
      const mixed = ["a", { b: [1] }, undefined, null, 4];
      await alike(
        (options) => futureMap(mixed, (x, index) => [x, index], options),
        mixed.map((x, index) => [x, index]),
      );
      await alike((options) => futureMap([7], (x) => x, options), [7]);
    },
  },
  {
    title: "nothing gives nothing",
    run: async () => {
      assert.deepEqual(await futureMap([], (x) => x), []);
      assert.deepEqual(await futureMap(new Float64Array(0), (x) => x, { as: Float64Array }), new Float64Array(0));
      assert.deepEqual(await futureMap(new Set<number>().values(), (x) => x), []);
    },
  },
  {
    title: "holes are skipped and stay holes",
    run: async () => {
      // oxlint-disable-next-line no-sparse-arrays -- the subject
      const sparse = [1, , 3, undefined];
      const result = await futureMap(sparse, (x) => x);
      assert.deepEqual(Object.keys(result), ["0", "2", "3"]);
      assert.equal(result.length, 4);
    },
  },
  {
    title: "typed arrays, sets, strings, generators and async generators are input",
    run: async () => {
      const double = (x: unknown): string => `${String(x)}${String(x)}`;
      assert.deepEqual(await futureMap(new Uint8Array([1, 2]), double), ["11", "22"]);
      assert.deepEqual(await futureMap(new Set(["x", "y"]), double), ["xx", "yy"]);
      assert.deepEqual(await futureMap("ab", double), ["aa", "bb"]);
      const counting = function* (): Generator<number> {
        for (let n = 0; n < 5; n++) yield n;
      };
      const slowly = async function* (): AsyncGenerator<number> {
        yield* counting();
      };
      assert.deepEqual(await futureMap(counting(), double), ["00", "11", "22", "33", "44"]);
      assert.deepEqual(await futureMap(slowly(), double), ["00", "11", "22", "33", "44"]);
    },
  },
  {
    title: "as gives one typed array, and refuses what is no number",
    run: async () => {
      await alike((options) => futureMap([1, 2, 3, 4], (x) => x / 2, { ...options, as: Float32Array }), Float32Array.of(0.5, 1, 1.5, 2));
      assert.deepEqual(await futureMap(new BigInt64Array([1n, 2n]), (x) => -x, { as: BigInt64Array }), new BigInt64Array([-1n, -2n]));
      await assert.rejects(
        futureMap([1], () => "one", { as: Float64Array }),
        /string/,
      );
    },
  },
  {
    title: "elements and captures are frozen at the call",
    run: async () => {
      const elements = [{ n: 1 }, { n: 2 }, { n: 3 }];
      const captured = { n: 10 };
      const result = futureMap(elements, (x) => x.n * captured.n, { chunkSize: 1 });
      for (const element of elements) element.n = 0;
      captured.n = 0;
      assert.deepEqual(await result, [10, 20, 30]);
    },
  },
  {
    title: "every element starts from the frozen value of a variable that the function writes",
    run: async () => {
      let count = 0;
      const next = (): number => ++count;
      await alike((options) => futureMap([1, 2, 3, 4], () => next() + count++, options), [2, 2, 2, 2]);
      assert.equal(count, 0);
    },
  },
  {
    title: "functions among the elements share variables with the function, element by element",
    run: async () => {
      let total = 0;
      const steps = [1, 2, 3, 4].map((step) => () => (total += step));
      const after = (step: () => number): readonly number[] => [step(), total];
      await alike(
        (options) => futureMap(steps, after, options),
        [1, 2, 3, 4].map((step) => [step, step]),
      );
      let count = 0;
      const counters = [() => ++count, () => ++count];
      await alike((options) => futureMap(counters, (counter) => counter(), options), [1, 1]);
      assert.equal(total + count, 0);
    },
  },
  {
    title: "what function and elements refer to is one and the same",
    run: async () => {
      const shared = new Map([["a", { n: 1 }]]);
      const elements = [1, 2, 3].map((n) => ({ n, shared, inner: shared.get("a"), next: future(() => n) }));
      const isOne = async ({ n, ...element }: (typeof elements)[number]): Promise<unknown> => [
        element.shared === shared && element.inner === shared.get("a"),
        (await element.next) === n,
      ];
      await alike(
        (options) => futureMap(elements, isOne, options),
        [1, 2, 3].map(() => [true, true]),
      );
    },
  },
  {
    title: "instances keep their class among function, elements and values",
    run: async () => {
      class Point {
        readonly x: number;
        constructor(x: number) {
          this.x = x;
        }
      }
      const moved = await futureMap([new Point(1), new Point(2)], (p) => (p instanceof Point ? new Point(p.x + 1) : undefined));
      assert.deepEqual(moved, [new Point(2), new Point(3)]);
      assert.ok(moved[0] instanceof Point);
    },
  },
  {
    title: "futures among the elements arrive as their values",
    run: async () => assert.deepEqual(await futureMap([future(() => 1), 2], (x) => Number(x) + 1), [2, 3]),
  },
  {
    title: "currentFuture() tells the index of the element",
    run: () => alike((options) => futureMap(["a", "b", "c"], () => currentFuture()?.index, options), [0, 1, 2]),
  },
  {
    title: "output comes in the order of the elements, whatever the order of processing",
    run: async (ctx) => {
      for (const options of ways) {
        const print = async (x: number): Promise<void> => {
          await Promise.resolve();
          console.log(x);
        };
        const { stdout } = await ctx.captureOutput(() => futureMap([0, 1, 2, 3, 4], print, options));
        assert.equal(stdout, "0\n1\n2\n3\n4\n", JSON.stringify(options));
      }
    },
  },
  {
    title: "progress is heard, of elements and within them",
    run: async () => {
      const heard: number[] = [];
      await futureMap([1, 2], () => currentFuture()?.progress(0.5), {
        chunkSize: 1,
        progress: ({ done, total }) => heard.push(done, total ?? -1),
      });
      assert.ok(heard.includes(0.5));
      assert.deepEqual(heard.slice(-2), [2, 2]);
    },
  },
  {
    title: "a map in a map",
    run: async () => {
      const table = await futureMap([1, 2], (x) => futureMap([10, 20], (y) => x * y));
      assert.deepEqual(table, [
        [10, 20],
        [20, 40],
      ]);
      assert.deepEqual(await futureMap(grid({ x: [1, 2], y: [10, 20] }), ({ x, y }) => x * y), table.flat());
    },
  },
]);
