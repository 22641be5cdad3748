/** What the user's modules do to packages beside importing things from them. The packages are made for each case. */

import type { Case, Context } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { tweak, withPlan, type PlanSpec } from "../../index.ts";

const manifest = JSON.stringify({ name: "odd", version: "1.0.0", type: "module", exports: { ".": "./index.js", "./*": "./*.js" } });
const packageOf = (files: Readonly<Record<string, string>>): Record<string, string> => ({
  "node_modules/odd/package.json": manifest,
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`node_modules/odd/${name}`, text])),
});

const library = import.meta.resolve("futureplan");
const read = `export const read = () => fp.value(fp.future(() => globalThis[Symbol.for("conformance/loaded")]?.join() ?? "nothing"));`;
const load = (name: string): string => `(globalThis[Symbol.for("conformance/loaded")] ??= []).push("${name}");`;

interface Loaded {
  readonly values: readonly unknown[];
  readonly warnings: readonly string[];
}

/** Runs `read` of the first file several times under a plan with fresh workers. */
async function reading(ctx: Context, files: Readonly<Record<string, string>>, plan: PlanSpec = ctx.single): Promise<Loaded> {
  Reflect.deleteProperty(globalThis, Symbol.for("conformance/loaded"));
  const module = await ctx.importFiles(files);
  const { read: run } = module;
  if (typeof run !== "function") throw new TypeError("no function to run");
  const values: unknown[] = [];
  const seen = await ctx.captureOutput(() =>
    withPlan(plan, async () => {
      values.push(...(await Promise.all(Array.from({ length: 3 }, (): unknown => Reflect.apply(run, undefined, [])))));
      await new Promise((done) => setImmediate(done)); // warnings come a turn later
    }),
  );
  return { values, warnings: seen.warnings.map(({ message }) => message) };
}

/** Hosts elsewhere do not see the files of these packages. */
function expectEffects(ctx: Context, { values, warnings }: Loaded, there: string): void {
  if (!ctx.capabilities.remote) assert.deepEqual([values, warnings], [[there, there, there], []]);
  else assert.ok(values.every((value) => value === there || value === "nothing") && new Set(warnings).size === warnings.length);
}

export const packages: readonly Case[] = define("packages", [
  {
    title: "imports for their effects only are done in workers, once and in their order",
    run: async (ctx) => {
      const files = {
        "main.mjs": `import * as fp from ${JSON.stringify(library)};\nimport "odd";\n import "odd/second";\nimport "node:fs";\nimport "./own.mjs";\n${read}`,
        "own.mjs": load("own"),
        ...packageOf({ "index.js": load("first"), "second.js": load("second") }),
      };
      const loaded = await reading(ctx, files);
      expectEffects(ctx, loaded, ctx.capabilities.parallel ? "first,second" : "first,second,own");
    },
  },
  {
    title: "so are those of CommonJS files",
    run: async (ctx) => {
      const files = {
        "main.cjs": `const unused = require("node:fs");\nrequire("odd/second");\nlet fp;\nexports.read = async () => { fp = await import(${JSON.stringify(library)}); const { future } = fp; return future(() => globalThis[Symbol.for("conformance/loaded")]?.join() ?? "nothing"); };`,
        ...packageOf({}),
        "node_modules/odd/package.json": JSON.stringify({ name: "odd", version: "1.0.0", exports: { "./*": "./*.js" } }),
        "node_modules/odd/second.js": load("second"),
      };
      expectEffects(ctx, await reading(ctx, files), "second");
    },
  },
  {
    title: "what is commented out, quoted or conditional is not imported",
    run: async (ctx) => {
      const files = {
        "main.mjs": `import * as fp from ${JSON.stringify(library)};\n/*\nimport "odd";\n*/\n// import "odd";\nexport const text = \`\nimport "odd";\n\`;\nexport const later = () => import("odd");\n${read}`,
        ...packageOf({ "index.js": load("first") }),
      };
      expectEffects(ctx, await reading(ctx, files), "nothing");
    },
  },
  {
    title: "one that fails there fails no future, and is told once with its file",
    needs: ["parallel"],
    run: async (ctx) => {
      const failing = `if (globalThis[Symbol.for("futureplan/session")]?.worker !== undefined) throw new Error("not in workers");`;
      const files = {
        "main.mjs": `import * as fp from ${JSON.stringify(library)};\nimport "odd";\nimport "odd/second";\n${read}`,
        ...packageOf({ "index.js": failing, "second.js": load("second") }),
      };
      const { values, warnings } = await reading(ctx, files, ctx.plan);
      if (!ctx.capabilities.remote) assert.deepEqual(values, ["second", "second", "second"]);
      const told = warnings.filter((message) => message.includes('import "odd" in ') && message.includes("main.mjs"));
      assert.equal(told.length, 1);
    },
  },
  {
    title: "the plan option sideEffectImports: false leaves them out",
    needs: ["parallel"],
    run: async (ctx) => {
      const files = {
        "main.mjs": `import * as fp from ${JSON.stringify(library)};\nimport "odd";\n${read}`,
        ...packageOf({ "index.js": load("first") }),
      };
      const { values, warnings } = await reading(ctx, files, tweak(ctx.single, { sideEffectImports: false }));
      assert.deepEqual([values, warnings], [["nothing", "nothing", "nothing"], []]);
    },
  },
  {
    title: "they are done before other imports, which may rely on them",
    needs: ["parallel"],
    run: async (ctx) => {
      if (ctx.capabilities.remote) return;
      const files = {
        "main.mjs": `import * as fp from ${JSON.stringify(library)};\nimport "odd";\nimport { order } from "odd/second";\nexport const read = () => fp.value(fp.future(() => order()));`,
        ...packageOf({
          "index.js": load("first"),
          "second.js": `const before = globalThis[Symbol.for("conformance/loaded")]?.join() ?? "nothing"; export const order = () => before;`,
        }),
      };
      assert.deepEqual((await reading(ctx, files)).values, ["first", "first", "first"]);
    },
  },
]);
