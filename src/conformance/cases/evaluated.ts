/** Names that only run-time knows: those of evaluated texts, of `vm` contexts, of Node's live values. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, GlobalsNotFound, value } from "../../index.ts";

/** A function made from text, with free names that are found nowhere. */
function loose(text: string): () => unknown {
  const make = new Function(`return ${text}`);
  return make();
}

export const evaluatedNames: readonly Case[] = define("globals", [
  {
    title: "what is given reaches an eval",
    run: async () => {
      assert.equal(await value(future(loose("() => eval('hidden + 1')"), { globals: { hidden: 4 } })), 5);
      assert.equal(await value(future(loose("() => eval(['hidden', 1].join('+'))"), { globals: { hidden: 5 } })), 6);
      assert.equal(await value(future(loose("() => eval('hidden + 1')"), { globals: { add: { hidden: 6 } } })), 7);
    },
  },
  {
    title: "an accessor of a vm context is refused by name",
    run: async (ctx) => {
      const { make } = await ctx.importFiles({
        "main.mjs": `import vm from "node:vm"; const sandbox = vm.createContext({ get live() { return 1 } }); export const make = () => vm.runInContext("() => live", sandbox);`,
      });
      assert.ok(typeof make === "function");
      await assert.rejects(value(future(make())), (error) => error instanceof GlobalsNotFound && error.message.includes("live"));
    },
  },
  {
    title: "named imports of Node's live values are the worker's own, as the namespace's are",
    run: async (ctx) => {
      const { make } = await ctx.importFiles({
        "main.mjs": `import { threadId, isMainThread as isMain } from "node:worker_threads"; import { pid, ppid } from "process"; import * as threads from "node:worker_threads"; import process from "node:process";
          export const make = (isMain) => [() => [threadId, pid, ppid], () => [threads.threadId, process.pid, process.ppid], () => isMain];`,
      });
      assert.ok(typeof make === "function");
      const [named, whole, hidden]: (() => unknown)[] = make("hidden");
      const [a, b, c] = await value(future(() => [named?.(), whole?.(), hidden?.()]));
      assert.deepEqual(a, b);
      assert.equal(c, "hidden");
    },
  },
]);
