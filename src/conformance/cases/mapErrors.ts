/** What goes wrong in maps. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { alike, ways } from "./alike.ts";
import { currentFuture, futureMap, FutureInterrupted, FutureTimeout, NotPortable } from "../../index.ts";

export const mapErrors: readonly Case[] = define("map errors", [
  {
    title: "the error with the lowest index wins, names its element, and only output up to it is shown",
    run: async (ctx) => {
      for (const options of ways) {
        const fail = (x: number): number => {
          console.log(x);
          if (x >= 2) throw new RangeError(`element ${x} is too large`);
          return x;
        };
        const { stdout } = await ctx.captureOutput(() =>
          futureMap([0, 1, 2, 3, 4], fail, options).then(
            () => assert.fail(),
            (error: unknown) => {
              assert.ok(error instanceof RangeError);
              assert.equal(error.message, "element 2 is too large");
              assert.match(error.stack ?? "", /element 2 of map/);
            },
          ),
        );
        assert.equal(stdout, "0\n1\n2\n", JSON.stringify(options));
      }
    },
  },
  {
    title: "collect runs all and rejects with every error and what succeeded",
    run: () =>
      alike(
        (options) =>
          futureMap([1, 2, 3, 4], (x) => (x % 2 === 1 ? Promise.reject(new Error(`odd ${x}`)) : x), {
            ...options,
            onError: "collect",
          }).then(
            () => assert.fail(),
            (error: unknown) => {
              assert.ok(error instanceof AggregateError && "values" in error);
              return [error.errors.map(({ index, message }) => [index, message]), Object.entries(error.values ?? {})];
            },
          ),
        [
          [
            [0, "odd 1"],
            [2, "odd 3"],
          ],
          [
            ["1", 2],
            ["3", 4],
          ],
        ],
      ),
  },
  {
    title: "the time limit is that of each element",
    needs: ["interrupts"],
    run: async () => {
      const pause = async (x: number): Promise<number> => {
        await new Promise((done) => setTimeout(done, x));
        return x;
      };
      assert.deepEqual(await futureMap([150, 150, 150], pause, { timeout: 400, chunkSize: 3 }), [150, 150, 150]);
      await assert.rejects(futureMap([1, 60_000, 2], pause, { timeout: 300 }), FutureTimeout);
      assert.deepEqual(await futureMap([1, 2], pause), [1, 2]);
    },
  },
  {
    title: "an aborted signal cancels the map, and workers are healthy afterwards",
    run: async () => {
      const controller = new AbortController();
      const wait = (): Promise<void> =>
        new Promise((done) => {
          currentFuture()?.signal.addEventListener("abort", () => done());
        });
      const result = futureMap([1, 2, 3, 4, 5, 6], wait, { signal: controller.signal, chunkSize: 1 });
      controller.abort();
      await assert.rejects(result, FutureInterrupted);
      assert.deepEqual(await futureMap([1, 2], (x) => x), [1, 2]);
    },
  },
  {
    title: "options and input that do not fit throw at the call",
    run: () => {
      const bad: readonly Record<string, unknown>[] = [
        { chunkSize: 0 },
        { chunkSize: Number.NaN },
        { scheduling: -1 },
        { ordering: [0, 0, 1] },
        { ordering: [0, 1] },
        { as: Array },
        { onError: "ignore" },
        { lazy: true },
        { seed: 1.5 },
      ];
      for (const options of bad)
        assert.throws(() => futureMap([1, 2, 3], (x) => x, options), { name: "OptionInvalid" }, JSON.stringify(options));
      for (const input of [undefined, null, 5, {}]) {
        // @ts-expect-error -- not iterable
        assert.throws(() => futureMap(input, (x) => x), { name: "OptionInvalid" });
      }
      assert.throws(() => futureMap([1].values(), (x) => x, { ordering: "random" }), /known length/);
    },
  },
  {
    title: "what cannot travel rejects, with the path of the element",
    run: async () => {
      await assert.rejects(
        futureMap([1, new WeakMap()], () => 1),
        (error: Error) => error instanceof NotPortable && error.message.includes("elements → [1]"),
      );
      await assert.rejects(
        futureMap([1], () => new WeakMap()),
        NotPortable,
      );
    },
  },
  {
    title: "an iterator that throws midway rejects with its error, after what it gave",
    run: async (ctx) => {
      const broken = function* (): Generator<number> {
        yield 1;
        yield 2;
        throw new Error("no more");
      };
      const { stdout } = await ctx.captureOutput(() =>
        assert.rejects(
          futureMap(broken(), (x) => console.log(x)),
          /no more/,
        ),
      );
      assert.equal(stdout, "1\n2\n");
    },
  },
]);
