/** The value of a future: arguments, dependencies, what comes home. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, NotPortable, outcome, value, withPlan } from "../../index.ts";

const lazy = [false, true] as const;

class Point {
  readonly x: number;
  constructor(x: number) {
    this.x = x;
  }
  twice(): Point {
    return new Point(this.x * 2);
  }
}

export const values: readonly Case[] = define("value", [
  {
    title: "value gives what the function gives",
    args: { lazy },
    run: async (ctx) => assert.equal(await value(future(() => 6 * 7, { lazy: ctx.lazy })), 42),
  },
  {
    title: "awaiting a future is asking for its value",
    args: { lazy },
    run: async (ctx) => assert.equal(await future(() => "v", { lazy: ctx.lazy }), "v"),
  },
  {
    title: "arguments reach the function in order",
    args: { lazy },
    run: async (ctx) =>
      assert.deepEqual(await value(future((a: number, b: string, ...c: number[]) => [a, b, c], [1, "x", 2, 3], { lazy: ctx.lazy })), [
        1,
        "x",
        [2, 3],
      ]),
  },
  {
    title: "no arguments are none",
    run: async () =>
      assert.equal(
        await value(
          future(function () {
            // oxlint-disable-next-line prefer-rest-params -- its length is what is tested
            return arguments.length;
          }),
        ),
        0,
      ),
  },
  {
    title: "a promise that the function gives is awaited, a thenable too",
    args: { lazy },
    run: async (ctx) => {
      const slow = future(async () => (await new Promise<number>((done) => setTimeout(done, 2, 20))) + 1, { lazy: ctx.lazy });
      // oxlint-disable-next-line unicorn/no-thenable -- a thenable is what is tested
      const odd = future(() => ({ then: (done: (n: number) => void) => done(5) }), { lazy: ctx.lazy });
      assert.deepEqual([await value(slow), await value(odd)], [21, 5]);
    },
  },
  {
    title: "asking again gives the same value and runs nothing again",
    args: { lazy },
    run: async (ctx) => {
      const f = future(() => ({ random: Math.random() }), { lazy: ctx.lazy });
      const first = await value(f);
      assert.equal(await value(f), first);
      assert.equal(await f, first);
      assert.equal((await outcome(f)).attempts, 1);
    },
  },
  {
    title: "a value that was dropped cannot be had again",
    run: async () => {
      const f = future(() => [1, 2]);
      assert.deepEqual(await value(f, { drop: true }), [1, 2]);
      await assert.rejects(value(f), /drop/);
    },
  },
  {
    title: "value may be asked for twice at once",
    run: async () => {
      const f = future(() => ({ n: 1 }));
      const [one, two] = await Promise.all([value(f), value(f)]);
      assert.equal(one, two);
    },
  },
  {
    title: "a future is given its arguments as they were at the call",
    args: { lazy },
    run: async (ctx) => {
      const list = [1, 2];
      const f = future((xs: number[]) => xs, [list], { lazy: ctx.lazy });
      list.push(3);
      assert.deepEqual(await value(f), [1, 2]);
    },
  },
  {
    title: "captured variables and objects are as they were at the call",
    tags: ["globals"],
    args: { lazy },
    run: async (ctx) => {
      let n = 1;
      const object = { list: [1], map: new Map([["k", 1]]) };
      const typed = Float64Array.of(1, 2);
      const f = future(() => [n, object, [...typed]], { lazy: ctx.lazy });
      n = 2;
      object.list.push(2);
      object.map.set("k", 2);
      typed[0] = 9;
      assert.deepEqual(await value(f), [1, { list: [1], map: new Map([["k", 1]]) }, [1, 2]]);
    },
  },
  {
    title: "what a future does to its captures and arguments is not seen at home",
    run: async () => {
      const object = { n: 1 };
      const list = [1];
      let count = 0;
      const change = (xs: number[]): unknown => {
        object.n++;
        count++;
        xs.push(2);
        return [object.n, count, xs];
      };
      assert.deepEqual(await value(future(change, [list])), [2, 1, [1, 2]]);
      assert.deepEqual([object.n, count, list], [1, 0, [1]]);
    },
  },
  {
    title: "one function called again finds its captures as they are by then",
    run: async () => {
      let n = 1;
      const read = (): number => n;
      const first = future(read, []);
      n = 2;
      const second = future(read, []);
      assert.deepEqual([await value(first), await value(second)], [1, 2]);
    },
  },
  {
    title: "every run of one function starts from its captures at the call",
    run: async () => {
      let n = 0;
      const up = (): number => ++n;
      assert.deepEqual(await Promise.all([1, 2, 3, 4].map(() => value(future(up, [])))), [1, 1, 1, 1]);
    },
  },
  {
    title: "instances, classes and functions come home as home's own",
    run: async () => {
      const helper = (x: number): number => x + 1;
      const point = new Point(2);
      const [twice, made, cls, fn] = await value(future(() => [point.twice(), new Point(5), Point, helper] as const));
      assert.ok(twice instanceof Point && made instanceof Point);
      assert.deepEqual([twice.x, made.twice().x, cls, fn], [4, 10, Point, helper]);
    },
  },
  {
    title: "a function made in a future comes home callable, with what it captured there",
    run: async () => {
      const base = 10;
      const counter = await value(
        future(
          (step: number) => {
            let n = base;
            return { up: () => (n += step), get: () => n };
          },
          [2],
        ),
      );
      counter.up();
      counter.up();
      assert.deepEqual([counter.get(), counter.up.name], [14, "up"]);
    },
  },
  {
    title: "a class made in a future comes home",
    run: async () => {
      const Made = await value(
        future(() => {
          class Inner {
            #n = 1;
            up(): number {
              return ++this.#n;
            }
          }
          return Inner;
        }),
      );
      assert.deepEqual([new Made().up(), Made.name], [2, "Inner"]);
    },
  },
  {
    title: "a function made in a future and an object that it uses come home together",
    run: async () => {
      const { state, read } = await value(
        future(() => {
          const one = { n: 1 };
          return { state: one, read: () => one };
        }),
      );
      assert.equal(read(), state);
    },
  },
  {
    title: "a result that cannot leave its worker is refused by its path",
    run: async () => {
      const f = future(() => ({ cache: { weak: new WeakRef({}) } }), { label: "weak result" });
      await assert.rejects(value(f), (error) => error instanceof NotPortable && /cache.*weak/s.test(error.message));
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "a promise or a future inside a result is refused by its path",
    run: async () => {
      const withPromise = future(() => ({ list: [Promise.resolve(3)] }));
      await assert.rejects(value(withPromise), (error) => error instanceof NotPortable && /list → \[0\]: a promise/.test(error.message));
      const withFuture = future(() => [future(() => 7)]);
      await assert.rejects(value(withFuture), (error) => error instanceof NotPortable && /value → \[0\]: a future/.test(error.message));
      const within = future(() => {
        const promise = Promise.resolve(3);
        return () => promise;
      });
      await assert.rejects(value(within), (error) => error instanceof NotPortable && /promise/.test(error.message));
    },
  },
  {
    title: "what is no function is refused at the call",
    run: () => {
      for (const bad of [undefined, 5, "f", { f: 1 }]) assert.throws(() => Reflect.apply(future, undefined, [bad]), /function/);
    },
  },
]);

export const dependencies: readonly Case[] = define("value", [
  {
    title: "a future as argument or capture is waited for and its value sent",
    args: { lazy },
    run: async (ctx) => {
      const one = future(() => ({ n: 1 }), { lazy: ctx.lazy });
      const captured = future(async () => (await one).n + 1, { lazy: ctx.lazy });
      const given = future((x: unknown) => x, [one], { lazy: ctx.lazy });
      const deep = future((x: unknown) => x, [{ list: [one, captured] }], { lazy: ctx.lazy });
      assert.deepEqual([await value(captured), await value(given), await value(deep)], [2, { n: 1 }, { list: [{ n: 1 }, 2] }]);
    },
  },
  {
    title: "a future that depends on a failed one fails with its error",
    run: async () => {
      const bad = future(() => {
        throw new RangeError("first");
      });
      const next = future((x: unknown) => x, [bad]);
      await assert.rejects(value(next), (error) => error instanceof RangeError && error.message === "first");
    },
  },
  {
    title: "a captured promise that rejects is an error of the future, or refused",
    run: async () => {
      const promise = Promise.reject(new RangeError("of the promise"));
      promise.catch(() => undefined);
      const f = future(async () => promise);
      await assert.rejects(
        value(f),
        (error) => error instanceof NotPortable || (error instanceof RangeError && error.message === "of the promise"),
      );
    },
  },
  {
    title: "a chain of futures on one worker does not block itself",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const add = (x: unknown): number => Number(x) + 1;
        let last = future(add, [0]);
        for (let i = 0; i < 20; i++) last = future(add, [last]);
        assert.equal(await value(last), 21);
      }),
  },
  {
    title: "a future that a function gives is awaited there",
    run: async () => assert.equal(await value(future(() => future(() => future(() => 3)))), 3),
  },
]);
