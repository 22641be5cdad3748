/** Promises in what is captured: waited for where they are what is captured, sent as they are where they are part of something, never waited for there. */

import type { Case, Context, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, futureMap, NotPortable, value } from "../../index.ts";

const soon = <T>(result: T): Promise<T> => new Promise((done) => setTimeout(done, 5, result));
const never = (): Promise<never> => new Promise(() => undefined);

/** Where promises are waited for: what a future makes of it, which must be 1 and 2. */
const waited: Readonly<Record<string, (ctx: Context) => PromiseLike<readonly unknown[]>>> = {
  "a captured variable": () => {
    const [one, two] = [soon(1), soon(2)];
    return future(async () => [await one, await two]);
  },
  "an argument": () => future(async (one: Promise<number>, two: Promise<number>) => [await one, await two], [soon(1), soon(2)]),
  "an element of an array": () => {
    const list = [soon(1), soon(2)];
    return future(async () => Promise.all(list));
  },
  "an element of a frozen array, and of one with holes": () => {
    const frozen = Object.freeze([soon(1)]);
    const holey: Promise<number>[] = [];
    holey[3] = soon(2);
    return future(async () => [await frozen[0], await holey[3]]);
  },
  "an element of an array in an array that is an argument": () =>
    future(async (lists: readonly (readonly Promise<number>[])[]) => Promise.all(lists.flat()), [[[soon(1)], [soon(2)]]]),
  "an entry of a Map and an element of a Set in one": () => {
    const map = new Map([["one", new Map([[1, soon(1)]])]]);
    const set = new Set([new Set([soon(2)])]);
    return future(async () => {
      const [[two] = []] = set;
      return [await map.get("one")?.get(1), await two];
    });
  },
  "an element of a map": () => futureMap([soon(1), soon(2)], async (x) => x),
  "a bound argument, and what is bound as this": () => {
    const add = async function (this: Promise<number>, x: Promise<number>): Promise<readonly number[]> {
      return [await this, await x];
    }.bind(soon(1), soon(2));
    return future(async () => add());
  },
  "a variable that a function which is used captured": () => {
    const [one, two] = [soon(1), soon(2)];
    const both = async (): Promise<readonly unknown[]> => [await one, await two];
    const nested = { run: { both } };
    return future(async () => nested.run.both());
  },
  "a variable of the user's module": async (ctx) => {
    const { make } = await ctx.importFiles({
      "main.mjs": `import * as all from "./other.mjs"; import { two } from "./other.mjs"; export const make = () => async () => [await all.one, await two];`,
      "other.mjs": `const soon = (x) => new Promise((done) => setTimeout(done, 5, x)); export const one = soon(1), two = soon(2);`,
    });
    assert.ok(typeof make === "function");
    const f = future(make());
    return value(f).then((both) => (Array.isArray(both) ? both : []));
  },
  "a variable that is part of an object as well, whichever comes first": () => {
    const one = soon(1);
    const before = { part: one };
    const two = soon(2);
    const after = { part: two };
    return future(async () => [before.part === one && (await one), (await two) === 2 && (await after.part)]);
  },
};

class Poller {
  readonly k = 2;
  readonly loop: Promise<unknown>;
  constructor(loop: Promise<unknown>) {
    this.loop = loop;
  }
  go(): PromiseLike<unknown> {
    return future(() => Object.values(this)[0]);
  }
}

/** Where they are part of something: with a promise that is pending the path must be told, with one that has settled all goes well. */
const parts: Readonly<Record<string, readonly [path: RegExp, make: (promise: Promise<unknown>) => PromiseLike<unknown>]>> = {
  "a property of an object": [
    /state → loop: a promise that is still pending/,
    (loop) => {
      const state = { k: 2, loop };
      return future(() => Object.keys(state).indexOf("loop") + state.k - 1);
    },
  ],
  "a field of an instance, by this": [/this → loop: a promise/, (loop) => new Poller(loop).go()],
  "a property in an array": [
    /list → \[1\] → loop: a promise/,
    (loop) => {
      const list = [{ k: 2 }, { loop }];
      return future(() => [...list].length);
    },
  ],
  "an element of an array in a property": [
    /state → list → \[0\]: a promise/,
    (loop) => {
      const state = { k: 2, list: [loop] };
      return future(() => state.k * [...state.list].length);
    },
  ],
  "in an argument": [
    /argument 1 → deep → loop: a promise/,
    (loop) => future(({ k }: { readonly k: number; readonly deep: object }) => k, [{ k: 2, deep: { loop } }]),
  ],
  "in an element of a map": [/elements → \[0\] → loop: a promise/, (loop) => futureMap([{ k: 2, loop }], ({ k }) => k).then(([k]) => k)],
  "a property of a function": [
    /run → loop: a promise/,
    (loop) => {
      const run = Object.assign(() => 2, { loop });
      return future(() => run());
    },
  ],
  "a static field of a class": [
    /Service → loop: a promise/,
    (loop) => {
      class Service {
        static loop = loop;
        static k = 2;
      }
      return future(() => Object.keys(Service).length * Service.k - 2);
    },
  ],
};

const waiting: readonly Definition[] = Object.entries(waited).map(([title, run]) => ({
  title: `a promise is waited for: ${title}`,
  run: async (ctx): Promise<void> => assert.deepEqual(await run(ctx), [1, 2]),
}));

const partly: readonly Definition[] = Object.entries(parts).map(([title, [path, make]]) => ({
  title: `a promise that is part of something is not waited for: ${title}`,
  run: async (): Promise<void> => {
    await assert.rejects(
      Promise.resolve(make(never())),
      (error) => error instanceof NotPortable && path.test(error.message) && /variable/.test(error.message),
    );
    const rejected = Promise.reject(new RangeError("old"));
    rejected.catch(() => undefined);
    assert.deepEqual([await make(Promise.resolve(1)), await make(rejected)], [2, 2]);
  },
}));

export const promises: readonly Case[] = define("promises", [
  ...waiting,
  ...partly,
  {
    title: "one that has settled is a promise of the same there",
    run: async () => {
      const shared = { n: 1 };
      const symbol = Symbol.for("one");
      const circle: { self?: Promise<unknown> } = {};
      circle.self = Promise.resolve(circle);
      const state = {
        list: [undefined, null, -0, NaN, 5n, "text", symbol].map((each) => Promise.resolve(each)),
        object: Promise.resolve(shared),
        inner: Promise.resolve({ inner: Promise.resolve([1]) }),
        scale: Promise.resolve((x: number) => x * shared.n),
        failed: Promise.reject(Object.assign(new RangeError("old"), { code: "E_OLD" })),
      };
      state.failed.catch(() => undefined);
      const f = future(async () => {
        const { code, message } = await state.failed.then(
          () => ({ code: "none", message: "" }),
          (error: { code: string; message: string }) => error,
        );
        return [
          await Promise.all(state.list),
          (await state.object) === shared,
          await (await state.inner).inner,
          (await state.scale)(5),
          [code, message],
          (await circle.self) === circle,
          state.object instanceof Promise,
        ];
      });
      assert.deepEqual(await value(f), [[undefined, null, -0, NaN, 5n, "text", symbol], true, [1], 5, ["E_OLD", "old"], true, true]);
    },
  },
  {
    title: "one that has settled keeps its class and properties",
    run: async () => {
      class Tagged<T> extends Promise<T> {
        tag(): string {
          return "tagged";
        }
      }
      const state = { tagged: Tagged.resolve(1), named: Object.assign(Promise.resolve(2), { pid: 7 }) };
      const f = future(async () => [
        state.tagged instanceof Tagged && state.tagged.tag(),
        await state.tagged,
        state.named.pid,
        await state.named,
      ]);
      assert.deepEqual(await value(f), ["tagged", 1, 7, 2]);
    },
  },
  {
    title: "one whose reason cannot travel is refused by the path to it",
    run: async () => {
      const state = { failed: Promise.reject({ lock: new WeakRef({}) }) };
      state.failed.catch(() => undefined);
      await assert.rejects(
        value(future(() => Object.keys(state))),
        (error) => error instanceof NotPortable && /state → failed → its reason → lock: a WeakRef/.test(error.message),
      );
    },
  },
  {
    title: "a rejection that was captured is nobody's unhandled one",
    run: async (ctx) => {
      const { code, stdout, stderr } = await ctx.runScript(`
        process.on("unhandledRejection", (error) => console.log("at home", error));
        const state = { k: 2, failed: Promise.reject(new Error("old")) };
        const f = fp.future(async () => {
          const heard = [];
          process.on("unhandledRejection", (error) => heard.push(error.message));
          await new Promise((done) => setTimeout(done, 20));
          return [state.k, heard];
        });
        console.log(JSON.stringify(await f));
      `);
      assert.deepEqual([code, stdout], [0, "[2,[]]\n"], stderr);
    },
  },
  {
    title: "one that never settles does not keep the process alive",
    run: async (ctx) => {
      const { code, stderr } = await ctx.runScript("const never = new Promise(() => undefined); fp.future(() => never);");
      assert.equal(code, 0);
      assert.doesNotMatch(stderr, /FUTURE_WAITING/);
    },
  },
  {
    title: "futures are waited for at any depth, with a property of a future too",
    run: async () => {
      const state = { deep: { list: [future(() => 1)], map: new Map([["two", future(async () => soon(2))]]) } };
      assert.deepEqual(await value(future(async () => [state.deep.list[0], state.deep.map.get("two")])), [1, 2]);
    },
  },
]);
