/** What a capture must not do, and what it must bear: code of the user's in its way, changed files, live bindings. */

import type { Case, Context } from "../Case.ts";
import { define } from "../define.ts";
import { assert, pathToFileURL } from "../host/builtins.ts";
import { future, outcome, resolve, value } from "../../index.ts";

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
