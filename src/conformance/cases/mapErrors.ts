/** What goes wrong in maps. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { alike, ways } from "./alike.ts";
import { currentFuture, futureMap, futureStream, FutureInterrupted, FutureTimeout, NotPortable } from "../../index.ts";

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
    title: "the error with the lowest index wins in every order of processing",
    run: async () => {
      const numbers = Array.from({ length: 23 }, (_, index) => index);
      const fail = (x: number): number => {
        if (x % 7 === 6) throw new RangeError(`bad ${x}`);
        return x;
      };
      const shuffled = numbers.map((index) => (index * 5) % 23); // 5 and 23 have no factor in common
      const orders = [shuffled, shuffled.toReversed(), numbers.toReversed()];
      for (const ordering of orders) {
        for (const options of [{}, { chunkSize: 4 }, { scheduling: "auto" as const }])
          await assert.rejects(futureMap(numbers, fail, { ...options, ordering }), { message: "bad 6" });
        await assert.rejects(
          futureMap(numbers, async (x) => fail(await Promise.resolve(x)), { ordering }),
          { message: "bad 6" },
        );
      }
      for (let seed = 1; seed <= 10; seed++)
        await assert.rejects(futureMap(numbers, fail, { ordering: "random", seed }), { message: "bad 6" });
    },
  },
  {
    title: "an error with something that cannot travel keeps its name and message, in maps and streams of every kind",
    run: async () => {
      const fail = (x: number): number => {
        if (x === 2) throw Object.assign(new RangeError("no route"), { socket: new WeakRef({}) });
        return x;
      };
      const isOurs = (error: unknown): boolean => error instanceof Error && error.name === "RangeError" && error.message === "no route";
      await assert.rejects(futureMap([1, 2, 3], fail), isOurs);
      await assert.rejects(
        futureMap([1, 2, 3], fail, { onError: "collect", chunkSize: 3 }),
        (error) => error instanceof AggregateError && error.errors.length === 1 && isOurs(error.errors[0]),
      );
      const values: number[] = [];
      await assert.rejects(async () => {
        for await (const value of futureStream([1, 2, 3], fail, { chunkSize: 3 })) values.push(value);
      }, isOurs);
      assert.deepEqual(values, [1]);
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
    title: "nobody waits for a source that waits: errors, signals and break end the map at once, and tell it",
    run: async () => {
      const closed: string[] = [];
      /** One element, and then none until it is told that it is over. */
      const silent = (name: string): AsyncIterable<number> => {
        let count = 0;
        return {
          [Symbol.asyncIterator]: () => ({
            next: () => (count++ === 0 ? Promise.resolve({ done: false, value: 1 }) : new Promise(() => undefined)),
            return: () => {
              closed.push(name);
              return Promise.resolve({ done: true, value: undefined });
            },
          }),
        };
      };
      await assert.rejects(
        futureMap(silent("map"), () => Promise.reject(new Error("no"))),
        { message: "no" },
      );
      for await (const x of futureStream(silent("stream"), (y) => y + 1)) {
        assert.equal(x, 2);
        break;
      }
      const begun = new AbortController();
      const stream = futureStream(silent("aborted stream"), (x) => x, { signal: begun.signal });
      assert.deepEqual(await stream.next(), { done: false, value: 1 });
      begun.abort(new Error("enough"));
      await assert.rejects(stream.next(), (error) => error instanceof FutureInterrupted && String(error.cause) === "Error: enough");
      const controller = new AbortController();
      const map = futureMap(silent("aborted map"), (x) => x, {
        signal: controller.signal,
        label: "endless",
        progress: ({ done }) => done === 1 && queueMicrotask(() => controller.abort()), // nothing runs any more
      });
      await assert.rejects(map, (error) => error instanceof FutureInterrupted && error.label === "endless");
      assert.deepEqual(closed, ["map", "stream", "aborted stream", "aborted map"]);
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
        futureMap([1, new WeakRef({})], () => 1),
        (error: Error) => error instanceof NotPortable && error.message.includes("elements → [1]"),
      );
      await assert.rejects(
        futureMap([1], () => new WeakRef({})),
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
