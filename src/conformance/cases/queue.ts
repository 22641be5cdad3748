/** Many futures at once: the queue of a plan. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, futureMap, outcome, resolve, share, value, withPlan, workerLocal } from "../../index.ts";

export const queue: readonly Case[] = define("value", [
  {
    title: "future() returns before the function has run, however many there are",
    run: async () => {
      const many = Array.from({ length: 200 }, (_, i) => future((x: number) => x * 2, [i]));
      assert.deepEqual(
        await value(many),
        Array.from({ length: 200 }, (_, i) => i * 2),
      );
    },
  },
  {
    title: "futures of one worker run first in, first out",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const futures = Array.from({ length: 10 }, (_, i) => future(() => i));
        await resolve(futures);
        const starts = await Promise.all(futures.map(async (f) => (await outcome(f)).started));
        assert.deepEqual(
          starts,
          starts.toSorted((a, b) => Number(a) - Number(b)),
        );
      }),
  },
  {
    title: "big values go there and back",
    run: async () => {
      const array = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
      const text = "ä".repeat(3_000_000);
      const [sum, length, back] = await value(
        future((xs: Float64Array, s: string) => [xs.reduce((a, b) => a + b, 0), s.length, xs] as const, [array, text]),
      );
      assert.deepEqual([sum, length, back.length, back[999_999]], [499_999_500_000, 3_000_000, 1_000_000, 999_999]);
    },
  },
  {
    title: "typed arrays are still usable where they came from",
    run: async () => {
      const kept = workerLocal(() => Float64Array.of(1, 2, 3));
      const mine = new Float64Array(100_000).fill(1);
      const read = (): Float64Array => kept.get();
      for (let i = 0; i < 4; i++) assert.deepEqual([...(await value(future(read, [])))], [1, 2, 3]);
      assert.equal(await value(future((xs: Float64Array) => xs.length, [mine])), 100_000);
      assert.deepEqual([mine.length, mine[99_999]], [100_000, 1]);
    },
  },
  {
    title: "what share() gives can be read everywhere, also as the elements of a map",
    run: async () => {
      const shared = share(Float64Array.of(1, 2, 3));
      assert.ok(shared.buffer instanceof SharedArrayBuffer);
      assert.equal(share(shared), shared);
      assert.deepEqual(await value(future(() => [shared.length, shared[2]])), [3, 3]);
      assert.deepEqual(await futureMap(shared, (x, index) => x === shared[index]), [true, true, true]);
      assert.deepEqual(await value(future(() => shared.subarray(1).map((x) => -x))), Float64Array.of(-2, -3));
      // @ts-expect-error -- no typed array
      assert.throws(() => share([1]), { name: "OptionInvalid" });
    },
  },
  {
    title: "writes to what share() gives are seen at home",
    needs: ["sharedMemory"],
    run: async () => {
      const shared = share(new Int32Array(2));
      await value([0, 1].map((at) => future(() => void (shared[at] = at + 1))));
      assert.deepEqual([...shared], [1, 2]);
    },
  },
  {
    title: "writes to shared memory are seen at home",
    needs: ["sharedMemory"],
    run: async () => {
      const shared = new Int32Array(new SharedArrayBuffer(8));
      await value(future(() => Atomics.add(shared, 1, 5)));
      await value(future((xs: Int32Array) => Atomics.add(xs, 1, 5), [shared]));
      assert.deepEqual([...shared], [0, 10]);
    },
  },
]);
