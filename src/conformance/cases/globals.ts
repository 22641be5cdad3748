/** The option `globals` in all its forms, its companions `modules` and `maxGlobalsSize`, and what capture must not do. */

import type { Case, Context } from "../Case.ts";
import { define } from "../define.ts";
import { assert, pathToFileURL } from "../host/builtins.ts";
import { future, GlobalsNotFound, GlobalsTooLarge, NotPortable, outcome, resolve, value } from "../../index.ts";

const lazy = [false, true] as const;

/** A function made from text, with free names that are found nowhere. */
function loose(text: string): () => unknown {
  const make = new Function(`return ${text}`);
  return make();
}

export const globalsOption: readonly Case[] = define("globals", [
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
      const heavy = new WeakMap();
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
        "main.mjs": `export const known = new WeakMap(); let n = 0; export const up = () => ++n; export const file = import.meta.url;
          export const make = () => () => [known instanceof WeakMap, up() >= 1];`,
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
      const cfg = { db: new WeakMap() };
      const handler = (): boolean => cfg.db.has({});
      const f = future(() => handler(), { label: "by path", lazy: ctx.lazy });
      await assert.rejects(value(f), (error) => {
        assert.ok(error instanceof NotPortable);
        assert.match(error.message, /handler.*cfg.*db.*WeakMap/s);
        assert.equal(error.label, "by path");
        return true;
      });
    },
  },
  {
    title: "an argument that cannot travel is refused through the future too",
    run: async () => {
      const f = future((x: unknown) => x, [{ deep: [new WeakSet()] }]);
      await assert.rejects(value(f), (error) => error instanceof NotPortable && /deep/.test(error.message));
    },
  },
]);

export const captureManners: readonly Case[] = define("globals", [
  {
    title: "capture runs no getter, proxy trap, toJSON or toString of the user's",
    run: async () => {
      let runs = 0;
      const count = (): undefined => {
        runs++;
        return undefined;
      };
      const traps = Object.fromEntries(Reflect.ownKeys(Reflect).flatMap((name) => (typeof name === "string" ? [[name, count]] : [])));
      const proxy = new Proxy({}, traps);
      const noisy = Object.defineProperties(
        { toJSON: count, toString: count, valueOf: count, [Symbol.toPrimitive]: count },
        { g: { get: count, enumerable: true } },
      );
      const f = future(() => typeof proxy);
      const g = future(() => typeof noisy);
      await resolve([f, g]);
      await outcome(f);
      assert.deepEqual([runs, await value(g)], [0, "object"]);
    },
  },
  {
    title: "a patched Function.prototype.toString does no harm",
    run: async () => {
      const original = Function.prototype.toString;
      const k = 4;
      // oxlint-disable-next-line no-extend-native -- what user code may do is what is tested
      Function.prototype.toString = () => "() => 'patched'";
      try {
        assert.equal(await value(future(() => k + 1)), 5);
      } finally {
        // oxlint-disable-next-line no-extend-native -- put back
        Function.prototype.toString = original;
      }
    },
  },
  {
    title: "a file that changed on disk after it was loaded does no harm",
    run: async (ctx) => {
      const { make } = await ctx.importFiles({
        "main.mjs": `import { writeFileSync } from "node:fs"; import { d } from "./dep.mjs"; const k = 3; export const make = () => { writeFileSync(import.meta.filename, "throw new Error('changed')"); return () => [k, d] };`,
        "dep.mjs": `import { writeFileSync } from "node:fs"; writeFileSync(import.meta.filename, "throw new Error('changed')"); export const d = 4;`,
      });
      assert.ok(typeof make === "function");
      assert.deepEqual(await value(future(make())), [3, 4]);
    },
  },
  {
    title: "an import's live binding is as it is at the call",
    run: async (ctx) => {
      const { make, up } = await ctx.importFiles({
        "main.mjs": `import { n, up } from "./dep.mjs"; export const make = () => () => n; export { up };`,
        "dep.mjs": `export let n = 0; export const up = () => ++n;`,
      });
      assert.ok(typeof make === "function" && typeof up === "function");
      const fn = make();
      up();
      const first = future(fn);
      up();
      assert.deepEqual([await value(first), await value(future(fn))], [1, 2]);
    },
  },
  {
    title: "the same function captured again sends other values with the same code",
    run: async () => {
      const make = (n: number): (() => number) => {
        const inner = { n };
        return () => inner.n;
      };
      assert.deepEqual(await value([1, 2, 3].map((n) => future(make(n)))), [1, 2, 3]);
    },
  },
  {
    title: "import() inside a function may name a file URL",
    run: async (ctx: Context) => {
      const { d, at } = await ctx.importFiles({ "dep.mjs": `export const d = 8; export const at = import.meta.filename;` });
      assert.ok(typeof at === "string");
      const url = pathToFileURL(at).href;
      assert.equal(await value(future(async () => (await import(url)).d)), d);
    },
  },
]);
