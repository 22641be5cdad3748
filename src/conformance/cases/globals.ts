/** The option `globals` in all its forms, and its companions `modules` and `maxGlobalsSize`. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { alike } from "./alike.ts";
import { future, futureMap, GlobalsNotFound, GlobalsTooLarge, NotPortable, value } from "../../index.ts";

const lazy = [false, true] as const;

/** A function made from text, with free names that are found nowhere. */
function loose(text: string): () => unknown {
  const make = new Function(`return ${text}`);
  return make();
}

export const globalsOption: readonly Case[] = define("globals", [
  {
    title: "every element of a map starts from the given value of a variable that it writes",
    run: async () => {
      for (const globals of [{ hidden: 5 }, { add: { hidden: 5 } }])
        await alike((options) => futureMap([1, 2, 3, 4], loose("() => ++hidden"), { ...options, globals }), [6, 6, 6, 6]);
    },
  },
  {
    title: "true, the default, finds what is used",
    args: { lazy },
    run: async (ctx) => {
      const n = { ten: 10 };
      const slow = (k: number): number => k * n.ten;
      assert.equal(await value(future(() => slow(4), { globals: true, lazy: ctx.lazy })), 40);
    },
  },
  {
    title: "false takes nothing along",
    args: { lazy },
    run: async (ctx) => {
      const n = { ten: 10 };
      const f = future(() => typeof n, { globals: false, lazy: ctx.lazy });
      assert.equal(await value(f), "undefined");
      await assert.rejects(value(future(() => n, { globals: false, lazy: ctx.lazy })), ReferenceError);
    },
  },
  {
    title: "false still lets arguments through",
    run: async () => assert.equal(await value(future((a: number) => a + 1, [1], { globals: false })), 2),
  },
  {
    title: "an object gives exactly these",
    args: { lazy },
    run: async (ctx) => {
      const a = { n: 1 };
      const b = { n: 2 };
      const f = future(() => [a, typeof b], { globals: { a: { n: 5 } }, lazy: ctx.lazy });
      assert.deepEqual(await value(f), [{ n: 5 }, "undefined"]);
    },
  },
  {
    title: "an object may give functions, which bring what they use",
    run: async () => {
      const k = 3;
      const times = (x: number): number => x * k;
      assert.equal(await value(future(() => times(2), { globals: { times } })), 6);
    },
  },
  {
    title: "given globals are frozen at the call",
    args: { lazy },
    run: async (ctx) => {
      const list = [1];
      const f = future(() => list, { globals: { list }, lazy: ctx.lazy });
      list.push(2);
      assert.deepEqual(await value(f), [1]);
    },
  },
  {
    title: "add brings what the search cannot see",
    run: async () => {
      const f = future(loose("() => hidden + 1"), { globals: { add: { hidden: 4 } } });
      assert.equal(await value(f), 5);
    },
  },
  {
    title: "add wins over what is found",
    run: async () => {
      const a = { n: 1 };
      assert.deepEqual(await value(future(() => a, { globals: { add: { a: { n: 7 } } } })), { n: 7 });
    },
  },
  {
    title: "ignore leaves a name out",
    run: async () => {
      const heavy = new WeakRef({});
      const a = { n: 1 };
      assert.deepEqual(await value(future(() => [a, typeof heavy], { globals: { ignore: ["heavy"] } })), [{ n: 1 }, "undefined"]);
    },
  },
  {
    title: "a name that is nowhere is a ReferenceError in the future, as at home",
    run: async () => {
      await assert.rejects(
        value(future(loose("() => hidden + 1"))),
        (error) => error instanceof ReferenceError || error instanceof GlobalsNotFound,
      );
    },
  },
  {
    title: "modules are imported in the worker instead of copied",
    needs: ["parallel"],
    run: async (ctx) => {
      const exports = await ctx.importFiles({
        "main.mjs": `export const known = new WeakRef({}); let n = 0; export const up = () => ++n; export const file = import.meta.url;
          export const make = () => () => [known instanceof WeakRef, up() >= 1];`,
      });
      const { make, file } = exports;
      assert.ok(typeof make === "function" && typeof file === "string");
      await assert.rejects(value(future(make())), NotPortable);
      assert.deepEqual(await value(future(make(), { modules: [file] })), [true, true]);
    },
  },
  {
    title: "modules may be named relative to the file that makes the future",
    needs: ["parallel"],
    run: async (ctx) => {
      const { create } = await ctx.importFiles({
        "main.mjs": `import { has } from "./lib/state.mjs"; export const create = (future) => future(() => has({}), { modules: ["./lib/state.mjs"] });`,
        "lib/state.mjs": `const known = new WeakSet(); export const has = (o) => known.has(o);`,
      });
      assert.ok(typeof create === "function");
      assert.equal(await value(create(future)), false);
    },
  },
]);

export const limits: readonly Case[] = define("globals", [
  {
    title: "globals beyond maxGlobalsSize are refused, and the message lists the largest and how they were reached",
    args: { lazy },
    run: async (ctx) => {
      const config = { tables: { prices: new Float64Array(200_000) } };
      const small = new Uint8Array(10_000);
      const use = (): number => config.tables.prices.length;
      const f = future(() => use() + small.length, { maxGlobalsSize: 1_000_000, label: "large one", lazy: ctx.lazy });
      await assert.rejects(value(f), (error) => {
        assert.ok(error instanceof GlobalsTooLarge);
        assert.match(error.message, /config[\s\S]*small/);
        assert.match(error.message, /use/);
        assert.equal(error.label, "large one");
        return true;
      });
    },
  },
  {
    title: "a small view of a large buffer is small",
    run: async () => {
      const view = new Uint8Array(new ArrayBuffer(50_000_000), 1000, 3).fill(7);
      assert.deepEqual([...(await value(future(() => view, { maxGlobalsSize: 100_000 })))], [7, 7, 7]);
    },
  },
  {
    title: "shared memory does not count",
    needs: ["sharedMemory"],
    run: async () => {
      const shared = new Uint8Array(new SharedArrayBuffer(5_000_000));
      assert.equal(await value(future(() => shared.length, { maxGlobalsSize: 100_000 })), 5_000_000);
    },
  },
  {
    title: "what is used of an imported file counts, not the file",
    run: async (ctx) => {
      const { make } = await ctx.importFiles({
        "main.mjs": `import { small } from "./dep.mjs"; export const make = () => () => small();`,
        "dep.mjs": `export const large = new Float64Array(1_000_000); export const small = () => 1;`,
      });
      assert.ok(typeof make === "function");
      assert.equal(await value(future(make(), { maxGlobalsSize: 100_000 })), 1);
    },
  },
  {
    title: "a refusal names the path by which it was reached",
    args: { lazy },
    run: async (ctx) => {
      const cfg = { db: new WeakRef({}) };
      const handler = (): boolean => cfg.db.deref() === undefined;
      const f = future(() => handler(), { label: "by path", lazy: ctx.lazy });
      await assert.rejects(value(f), (error) => {
        assert.ok(error instanceof NotPortable);
        assert.match(error.message, /handler.*cfg.*db.*WeakRef/s);
        assert.equal(error.label, "by path");
        return true;
      });
    },
  },
  {
    title: "an argument that cannot travel is refused through the future too",
    run: async () => {
      const f = future((x: unknown) => x, [{ deep: [new WeakRef({})] }]);
      await assert.rejects(value(f), (error) => error instanceof NotPortable && /deep/.test(error.message));
    },
  },
]);
