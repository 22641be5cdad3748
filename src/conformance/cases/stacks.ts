/** Stacks: the line where an error was thrown, and below it the line that made the future. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { thrown } from "./thrown.ts";
import { future, value } from "../../index.ts";

const lazy = [false, true] as const;

const failing = `import { deep } from "./dep.mjs";
export const make = () => () => {
  throw new TypeError("here");
};
export const makeAsync = () => async () => {
  await null;
  return deep();
};
export const create = (future, fn, options) => {
  return future(fn, options);
};
`;

const dep = `const k = 1;

export function deep() { if (k) throw new RangeError("deeper"); }
`;

export const stacks: readonly Case[] = define("errors", [
  {
    title: "the stack has the user's file, line and column, and below them the line that made the future",
    args: { lazy },
    run: async (ctx) => {
      const { make, create } = await ctx.importFiles({ "main.mjs": failing, "dep.mjs": dep });
      assert.ok(typeof make === "function" && typeof create === "function");
      const error = await thrown(() => value(create(future, make(), { lazy: ctx.lazy })));
      assert.ok(error instanceof TypeError);
      assert.match(error.stack ?? "", /^TypeError: here\n[^\n]*main\.mjs:3:9[^]*main\.mjs:10:10/);
    },
  },
  {
    title: "the stack of an async function shows helpers of other files where they stand",
    run: async (ctx) => {
      const { makeAsync, create } = await ctx.importFiles({ "main.mjs": failing, "dep.mjs": dep });
      assert.ok(typeof makeAsync === "function" && typeof create === "function");
      const error = await thrown(() => value(create(future, makeAsync())));
      assert.ok(error instanceof RangeError);
      assert.match(error.stack ?? "", /^RangeError: deeper\n[^\n]*deep[^\n]*dep\.mjs:3:39[^]*main\.mjs:7:10[^]*main\.mjs:10:10/);
    },
  },
  {
    title: "causes have their stacks too",
    run: async (ctx) => {
      const { make } = await ctx.importFiles({
        "main.mjs": `export const make = () => () => {\n  throw new Error("outer", {\n    cause: new Error("inner"),\n  });\n};\n`,
      });
      assert.ok(typeof make === "function");
      const error = await thrown(() => value(future(make())));
      assert.ok(error instanceof Error && error.cause instanceof Error);
      assert.match(error.cause.stack ?? "", /^Error: inner\n[^\n]*main\.mjs:3:12/);
    },
  },
  {
    title: "the lines of the library are not in the way",
    run: async (ctx) => {
      const { make } = await ctx.importFiles({
        "main.mjs": `export const make = () => function userFunction() {\n  throw new Error("mine");\n};\n`,
      });
      assert.ok(typeof make === "function");
      const error = await thrown(() => value(future(make())));
      assert.ok(error instanceof Error);
      const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
      assert.match(frames[0] ?? "", /userFunction.*main\.mjs:2:9/);
      assert.ok(frames.length <= 4, error.stack);
    },
  },
]);
