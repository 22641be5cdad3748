/** `value(container)`: shapes, order, folding, and what an error does to the rest. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, outcome, resolve, value } from "../../index.ts";

const lazy = [false, true] as const;
const after = <T>(ms: number, result: T): Promise<T> => new Promise((done) => setTimeout(done, ms, result));

export const containers: readonly Case[] = define("containers", [
  {
    title: "an array, a tuple and an object keep their shape",
    args: { lazy },
    run: async (ctx) => {
      const f = future(() => 1, { lazy: ctx.lazy });
      const g = future(() => "two", { lazy: ctx.lazy });
      const tuple: readonly [number, string, boolean] = await value([f, g, true] as const);
      const object: { readonly a: number; readonly b: string; readonly c: null } = await value({ a: f, b: g, c: null });
      assert.deepEqual([tuple, object], [[1, "two", true], { a: 1, b: "two", c: null }]);
    },
  },
  {
    title: "Maps and Sets keep their order and their keys",
    run: async () => {
      const key = { id: 1 };
      const futures = [3, 1, 2].map((n) => future(() => n));
      const [map, set] = await value([
        new Map<unknown, unknown>([
          ["b", futures[0]],
          [key, futures[1]],
          ["a", 5],
        ]),
        new Set([...futures, 9]),
      ] as const);
      assert.deepEqual(
        [...map],
        [
          ["b", 3],
          [key, 1],
          ["a", 5],
        ],
      );
      assert.equal([...map.keys()][1], key);
      assert.deepEqual([...set], [3, 1, 2, 9]);
    },
  },
  {
    title: "containers may be nested in each other",
    run: async () => {
      const f = (n: number): PromiseLike<number> => future(() => n);
      const nested = { a: [f(1), { b: f(2), c: new Map([["k", [f(3)]]]) }], d: new Set([f(4)]) };
      assert.deepEqual(await value(nested), { a: [1, { b: 2, c: new Map([["k", [3]]]) }], d: new Set([4]) });
    },
  },
  {
    title: "an iterable gives an array",
    run: async () => {
      const some = function* (): Generator<unknown> {
        yield future(() => 1);
        yield 2;
        yield future(() => 3);
      };
      assert.deepEqual(await value(some()), [1, 2, 3]);
    },
  },
  {
    title: "promises inside are awaited; everything else passes as it is",
    run: async () => {
      class Own {
        readonly inner = Promise.resolve(1);
      }
      const own = new Own();
      const typed = Float64Array.of(1);
      const date = new Date(0);
      const symbol = Symbol("s");
      const got = await value([Promise.resolve(7), own, typed, date, "text", null, undefined, -0, 5n, symbol, future(() => 1)]);
      assert.deepEqual(got, [7, own, typed, date, "text", null, undefined, -0, 5n, symbol, 1]);
      assert.ok(got[1] === own && got[2] === typed && got[3] === date);
    },
  },
  {
    title: "an empty container is given back empty",
    run: async () => assert.deepEqual(await value([[], {}, new Map(), new Set()]), [[], {}, new Map(), new Set()]),
  },
  {
    title: "one future twice is one value twice",
    run: async () => {
      const f = future(() => ({ n: 1 }));
      const [one, two] = await value([f, f]);
      assert.equal(one, two);
    },
  },
  {
    title: "symbol keys and null prototypes are kept",
    run: async () => {
      const key = Symbol("k");
      const bare: Record<string | symbol, unknown> = Object.create(null);
      bare["a"] = future(() => 1);
      bare[key] = future(() => 2);
      const got = await value(bare);
      assert.deepEqual([got["a"], got[key], Object.getPrototypeOf(got)], [1, 2, null]);
    },
  },
]);

export const folding: readonly Case[] = define("containers", [
  {
    title: "reduce folds in the order of the container",
    args: { lazy },
    run: async (ctx) => {
      const futures = ["a", "b", "c", "d"].map((s, i) => future(() => after((4 - i) * 10, s), { lazy: ctx.lazy }));
      assert.equal(await value(futures, { reduce: (a: string, b: string) => a + b }), "abcd");
    },
  },
  {
    title: "reduce starts from initial",
    run: async () => {
      const futures = [1, 2, 3].map((n) => future(() => n));
      assert.deepEqual(await value(futures, { reduce: (list: readonly number[], n: number) => [...list, n], initial: [0] }), [0, 1, 2, 3]);
    },
  },
  {
    title: "reduce out of order folds all, and initial too",
    run: async () => {
      const futures = [1, 2, 3, 4].map((n) => future(() => after(n % 2 === 0 ? 1 : 30, n)));
      assert.equal(await value(futures, { reduce: (a: number, b: number) => a + b, initial: 100, inOrder: false }), 110);
    },
  },
  {
    title: "reduce of nothing gives initial, and without it is refused",
    run: async () => {
      assert.equal(await value([], { reduce: (a: number, b: number) => a + b, initial: 5 }), 5);
      await assert.rejects(async () => value([], { reduce: (a: number, b: number) => a + b }), /initial/);
    },
  },
  {
    title: "reduce may give a promise",
    run: async () => {
      const futures = [1, 2, 3].map((n) => future(() => n));
      assert.equal(await value(futures, { reduce: async (a: number | Promise<number>, b: number) => (await a) * 10 + b, initial: 0 }), 123);
    },
  },
]);

export const containerErrors: readonly Case[] = define("containers", [
  {
    title: "the first error of a container is what value throws",
    args: { lazy },
    run: async (ctx) => {
      const futures = [1, 2, 3].map((n) =>
        future(
          () => {
            if (n > 1) throw new RangeError(`number ${n}`);
            return n;
          },
          { lazy: ctx.lazy },
        ),
      );
      await assert.rejects(value(futures), (error) => error instanceof RangeError && error.message === "number 2");
    },
  },
  {
    title: "the error with the lowest index wins, though another came first",
    needs: ["parallel"],
    run: async () => {
      const fail = async (ms: number, message: string): Promise<never> => {
        await new Promise((done) => setTimeout(done, ms));
        throw new Error(message);
      };
      await assert.rejects(value([future(fail, [60, "slow"]), future(fail, [1, "quick"])]), /slow/);
    },
  },
  {
    title: "the first error cancels and interrupts the rest",
    needs: ["parallel"],
    run: async () => {
      const bad = future(() => {
        throw new Error("stop");
      });
      const rest = Array.from({ length: 6 }, () => future(() => after(60_000, 1)));
      await assert.rejects(value([bad, ...rest]), /stop/);
      const ends = await Promise.all(rest.map(async (f) => (await outcome(f)).status));
      assert.ok(
        ends.every((status) => status === "canceled" || status === "interrupted"),
        ends.join(),
      );
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "with cancel: false the first error leaves the rest running",
    run: async () => {
      const bad = future(() => {
        throw new Error("go on");
      });
      const rest = [1, 2, 3].map((n) => future(() => after(5, n)));
      await assert.rejects(value([bad, ...rest], { cancel: false }), /go on/);
      await resolve(rest);
      assert.deepEqual(await value(rest), [1, 2, 3]);
    },
  },
  {
    title: "a promise that rejects among futures is an error like theirs",
    run: async () => {
      await assert.rejects(value([future(() => 1), Promise.reject(new TypeError("promise"))]), /promise/);
    },
  },
]);
