/** The verbs beside `futureMap`, reductions, streams, and random numbers. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { alike } from "./alike.ts";
import {
  future,
  futureFilter,
  futureFlatMap,
  futureForEach,
  futureGroupMap,
  futureMap,
  futureMapReduce,
  futureReduce,
  futureReplicate,
  futureStream,
  RngMisuse,
  value,
} from "../../index.ts";
import { rng } from "../../random.ts";

export const family: readonly Case[] = define("map family", [
  {
    title: "forEach, filter, flatMap, replicate and groupMap",
    run: async () => {
      assert.equal(await futureForEach([1, 2], (x) => x), undefined);
      await alike((options) => futureFilter([1, 2, 3, 4], (x) => x % 2 === 0, options), [2, 4]);
      await alike((options) => futureFlatMap([1, 2], (x) => [x, [x]], options), [1, [1], 2, [2]]);
      assert.deepEqual(await futureReplicate(3, (index) => index), [0, 1, 2]);
      const groups = await futureGroupMap(
        [1, 2, 3],
        (x) => (x % 2 === 1 ? "odd" : "even"),
        (group, key) => `${key} ${group.join()}`,
      );
      assert.deepEqual(
        [...groups],
        [
          ["odd", "odd 1,3"],
          ["even", "even 2"],
        ],
      );
    },
  },
  {
    title: "a reduction depends neither on chunks nor on workers, and keeps the order",
    run: async () => {
      const tenths = Array.from({ length: 100 }, (_, index) => index / 10);
      const sum = await futureReduce(tenths, (a, b) => a + b);
      for (const chunkSize of [1, 4, 32, 1000]) assert.equal(await futureReduce(tenths, (a, b) => a + b, undefined, { chunkSize }), sum);
      assert.equal(await futureReduce(["a", "b", "c", "d", "e"], async (a, b) => a + b, "_"), "_abcde");
      assert.equal(
        await futureMapReduce(
          ["a", "bb"],
          (text) => text.length,
          (a, b) => a + b,
        ),
        3,
      );
      assert.equal(await futureReduce<number>([], (a, b) => a + b, 7), 7);
      await assert.rejects(
        futureReduce<number>([], (a, b) => a + b),
        { name: "OptionInvalid" },
      );
      await assert.rejects(
        futureReduce([1, 2, 3], () => Promise.reject(new RangeError("no sum"))),
        /no sum/,
      );
    },
  },
  {
    title: "a reduction refuses a seed, which its function would not draw from",
    run: async () => {
      const add = (a: number, b: number): number => a + b + Math.random();
      for (const seed of [true, 3]) {
        const options: object = { seed };
        assert.throws(() => futureReduce([1, 2, 3], add, 0, options), /futureReduce\(\).*no option "seed"/);
      }
    },
  },
  {
    title: "a stream of endless input stops at break, and closes the input",
    run: async () => {
      let closed = false;
      let read = 0;
      const endless = function* (): Generator<number> {
        try {
          for (;;) yield read++;
        } finally {
          closed = true;
        }
      };
      const values: number[] = [];
      for await (const square of futureStream(endless(), (x) => x * x, { chunkSize: 2 })) {
        values.push(square);
        if (values.length === 5) break;
      }
      assert.deepEqual([values, closed, read < 100], [[0, 1, 4, 9, 16], true, true]);
    },
  },
  {
    title: "a stream gives what comes before an error, then the error",
    run: async () => {
      const numbers = Array.from({ length: 60 }, (_, index) => index);
      const fail = (x: number): number => {
        if (x % 7 === 6) throw new RangeError(`no ${x}`);
        return x;
      };
      for (const options of [{}, { chunkSize: 1 }, { chunkSize: 4 }, { chunkSize: Infinity }, { scheduling: "auto" as const }]) {
        for (const wait of [false, true]) {
          const values: number[] = [];
          const read = async (): Promise<void> => {
            for await (const value of futureStream(numbers, (x) => (wait ? Promise.resolve(x).then(fail) : fail(x)), options)) {
              values.push(value);
              await new Promise((done) => setTimeout(done, 2)); // workers are ahead
            }
          };
          await assert.rejects(
            read(),
            (error) => error instanceof RangeError && error.message === "no 6" && /element 6 of map/.test(error.stack ?? ""),
          );
          assert.deepEqual(values, [0, 1, 2, 3, 4, 5], JSON.stringify(options));
        }
      }
    },
  },
]);

export const seeds: readonly Case[] = define("seeds", [
  {
    title: "integer seeds give the numbers of future_sapply(…, future.seed = s)",
    run: () =>
      alike(
        async (options) => (await futureMap([1, 2, 3, 4], () => rng().random(2), { ...options, seed: 42 })).flatMap((pair) => [...pair]),
        [
          0.48943377235024815, 0.6661948935521157, 0.9945460017457531, 0.6705464444760375, 0.01754290951623702, 0.746899380664125,
          0.7223394173771607, 0.5748688582267433,
        ],
      ),
  },
  {
    title: "calls of rng() and of Math.random() go on with one stream, across awaits",
    run: async () => {
      const draw = async (): Promise<readonly number[]> => {
        const first = [rng().random(), Math.random()];
        await Promise.resolve();
        return [...first, Math.random(), rng().random()];
      };
      const four = (): readonly number[] => [...rng().random(4)];
      assert.deepEqual(await value(future(draw, { seed: 3 })), await value(future(four, { seed: 3 })));
      await alike((options) => futureMap([1, 2, 3], draw, { ...options, seed: 3 }), await futureMap([1, 2, 3], four, { seed: 3 }));
      const both = await value([1, 2].map(() => future(draw, { seed: 3 })));
      assert.deepEqual(both[0], both[1]);
    },
  },
  {
    title: "Math.random() is fed from the stream, and left alone without a seed",
    run: async () => {
      const [fed, drawn] = [
        await futureMap([1, 2], () => Math.random(), { seed: 7 }),
        await futureMap([1, 2], () => rng().random(), { seed: 7 }),
      ];
      assert.deepEqual(fed, drawn);
      assert.equal(await future(() => Math.random(), { seed: 7 }), drawn[0]);
      assert.match(await future(() => Function.prototype.toString.call(Math.random)), /native code/);
      await assert.rejects(value(future(() => rng().random())), RngMisuse);
    },
  },
  {
    title: "numpy's streams, jumped or spawned",
    run: async () => {
      const draw = (streams: "jump" | "spawn"): Promise<number[]> =>
        futureMap([0, 1, 2], () => rng().random(), { seed: { generator: "PCG64", entropy: 1, streams }, chunkSize: 1 });
      assert.deepEqual(await draw("jump"), [0.5118216247002567, 0.3382901384830873, 0.9009662738594965]);
      assert.equal(new Set(await draw("spawn")).size, 3);
    },
  },
  {
    title: "seed: true gives other numbers every time, and those of a seeded future are reproducible",
    run: async () => {
      const draw = (): Promise<number[]> => futureMap([1, 2], () => Math.random(), { seed: true });
      const [first, second] = [await draw(), await draw()];
      assert.equal(new Set([...first, ...second]).size, 4);
      const inside = (): Promise<number[]> =>
        Promise.resolve(future(() => futureMap([1, 2], () => Math.random(), { seed: true }), { seed: 1 }));
      assert.deepEqual(await inside(), await inside());
    },
  },
]);
