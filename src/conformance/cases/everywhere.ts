/** `everywhere()`: each case is a process of its own, for what it sets stays until that ends. */

import type { Case, Context } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { scriptHead } from "../programs/scriptHead.ts";

async function prints(ctx: Context, source: string, expected: readonly unknown[]): Promise<void> {
  const { stdout, stderr, code } = await ctx.runScript(scriptHead + source);
  assert.deepEqual([stdout.trimEnd().split("\n"), code], [expected.map((line) => JSON.stringify(line)), 0], stderr);
}

interface Program {
  readonly title: string;
  readonly source: string;
  readonly prints: readonly unknown[];
  readonly needs?: Case["needs"];
}

const programs: readonly Program[] = [
  {
    title: "gives what the function gives here, and holds in all futures that follow",
    source: `
      show(await fp.everywhere(async () => { globalThis.rate = 2; await null; process.env.CONFORMANCE_STEP = "x"; return 5; }));
      show(new Set((await all(() => globalThis.rate + process.env.CONFORMANCE_STEP))).size);
      show(await fp.future(() => globalThis.rate + process.env.CONFORMANCE_STEP));
      show(await fp.futureMap([1, 2, 3], (x) => x * globalThis.rate));`,
    prints: [5, 1, "2x", [2, 4, 6]],
  },
  {
    title: "calls run in their order, once in each worker",
    source: `
      fp.everywhere(() => { globalThis.log = [...(globalThis.log ?? []), "a"]; });
      await fp.future(() => 0);
      fp.everywhere(() => { globalThis.log = [...globalThis.log, "b"]; });
      fp.everywhere(() => { globalThis.log = [...globalThis.log, "c"]; });
      show([...new Set((await all(() => globalThis.log.join())))]);
      show([...new Set((await all(() => globalThis.log.join())))]);`,
    prints: [["a,b,c"], ["a,b,c"]],
  },
  {
    title: "the function is frozen at the call",
    source: `
      const config = { rate: 1, seen: [] };
      let factor = 10;
      fp.everywhere(() => { config.seen.push(1); globalThis.got = [config.rate * factor, config.seen.length]; });
      config.rate = 2; factor = 20;
      show(await all(() => globalThis.got).then((list) => [...new Set(list.map(String))]));
      show(config.seen);`,
    prints: [["10,1"], [1]],
  },
  {
    title: "large arrays and functions that it captures come whole, to each worker its own",
    source: `
      const data = new Float64Array(50_000).fill(1);
      const add = (list) => list.reduce((a, b) => a + b, 0);
      fp.everywhere(() => { globalThis.table = data; data[0] = add(data); });
      show([...new Set(await all(() => globalThis.table[0] + globalThis.table.length))]);
      show(data[0]);`,
    prints: [[100_000], 50_000],
  },
  {
    title: "futures that were made before and have not begun run after it",
    source: `
      fp.plan(single);
      await fp.future(() => 0);
      const before = [fp.future(() => { const end = Date.now() + 100; while (Date.now() < end); }), ...[1, 2, 3].map(() => fp.future(() => globalThis.rate ?? 0))];
      fp.everywhere(() => { globalThis.rate = 2; });
      show((await fp.value(before)).slice(1));`,
    prints: [[2, 2, 2]],
  },
  {
    title: "what it sets belongs to the state to which a worker is put back",
    needs: ["parallel"],
    source: `
      fp.plan(single);
      await fp.everywhere(() => { globalThis.rate = 2; process.env.CONFORMANCE_STEP = "x"; });
      await fp.future(() => { globalThis.rate = 3; globalThis.other = 1; process.env.CONFORMANCE_STEP = "y"; });
      show(await fp.future(() => [globalThis.rate, "other" in globalThis, process.env.CONFORMANCE_STEP]));`,
    prints: [[2, false, "x"]],
  },
  {
    title: "a directory that it sets stays",
    needs: ["parallel", "chdir"],
    source: `
      await fp.everywhere(() => process.chdir("/"));
      await fp.future(() => 0);
      show([...new Set(await all(() => process.cwd()))]);`,
    prints: [["/"]],
  },
  {
    title: "workers in place of lost ones, and those of later plans, run it, too",
    needs: ["isolated"],
    source: `
      fp.plan(single);
      await fp.everywhere(() => { globalThis.rate = 2; });
      show((await told(fp.future(() => process.exit(1)))).split(":")[0]);
      show(await fp.future(() => globalThis.rate));
      await fp.shutdown();
      show(await fp.future(() => globalThis.rate));
      fp.plan("multicore", { workers: 1 });
      show(await fp.future(() => globalThis.rate));
      show(await fp.withPlan(single, () => fp.value(fp.future(() => globalThis.rate))));`,
    prints: ["WorkerLost", 2, 2, 2, 2],
  },
  {
    title: "workers of the strata below run it, also those that are there already",
    source: `
      fp.plan([single, fp.multicore({ workers: 1 })]);
      const nested = () => fp.value(fp.future(() => fp.value(fp.future(() => globalThis.log ?? "none"))));
      show(await nested());
      const config = { n: 1 };
      fp.everywhere(() => { globalThis.log = "a" + config.n++; });
      show(await nested());
      fp.everywhere(() => { globalThis.log += "b"; });
      show([await nested(), await nested()]);`,
    prints: ["none", "a1", ["a1b", "a1b"]],
  },
  {
    title: "where it fails, the futures that would run there fail with its error",
    needs: ["parallel"],
    source: `
      fp.plan(single);
      await fp.everywhere(() => { if (globalThis.home !== true) throw Object.assign(new RangeError("not here"), { code: "E_HERE" }); });
      show([await told(fp.future(() => 1)), await told(fp.future(() => 2)), await told(fp.futureMap([1, 2], (x) => x))]);
      show(await fp.future(() => 1).then(String, (e) => [e instanceof RangeError, e.code]));
      await fp.shutdown();
      show(await told(fp.future(async () => 1)));`,
    prints: [["RangeError: not here", "RangeError: not here", "RangeError: not here"], [true, "E_HERE"], "RangeError: not here"],
  },
  {
    title: "what rejects there later fails them, too, and the calls after it run",
    needs: ["parallel"],
    source: `
      fp.plan(single);
      fp.everywhere(async () => { await null; if (globalThis.home !== true) throw new RangeError("later"); });
      fp.everywhere(() => undefined);
      show(await told(fp.future(() => 1)));`,
    prints: ["RangeError: later"],
  },
  {
    title: "what fails here rejects, at once or later",
    source: `
      show(await told(fp.everywhere(() => { if (globalThis.home) throw new RangeError("here"); })));
      show(await told(fp.everywhere(async () => { await null; if (globalThis.home) throw new RangeError("later"); })));`,
    prints: ["RangeError: here", "RangeError: later"],
  },
  {
    title: "inside a future it is OptionInvalid, and what is no function, too",
    source: `
      show((await told(fp.future(() => fp.everywhere(() => 1)))).split(":")[0]);
      show((await told(new Promise((done) => done(fp.everywhere(5))))).split(":")[0]);`,
    prints: ["OptionInvalid", "OptionInvalid"],
  },
  {
    title: "what cannot travel rejects and does not run",
    source: `
      const ref = new WeakRef({});
      let ran = false;
      show((await told(fp.everywhere(() => { ran = ref !== undefined; }))).split(":")[0]);
      show([ran, await fp.future(() => 1)]);`,
    prints: ["NotPortable", [false, 1]],
  },
  {
    title: "several futures at once in a worker: it waits for those that run",
    needs: ["parallel"],
    source: `
      fp.plan(fp.tweak(single, { concurrency: 3 }));
      await fp.future(() => 0);
      const slow = () => fp.future(async () => { process.env.CONFORMANCE_STEP = "mine"; for (let i = 0; i < 50; i++) await new Promise(setImmediate); return process.env.CONFORMANCE_STEP; });
      const early = [slow(), slow()];
      fp.everywhere(() => { process.env.CONFORMANCE_STEP = "step"; });
      show(await fp.value([...early, fp.future(() => process.env.CONFORMANCE_STEP), fp.future(() => process.env.CONFORMANCE_STEP)]));
      show(await fp.future(() => process.env.CONFORMANCE_STEP));`,
    prints: [["mine", "mine", "step", "step"], "step"],
  },
];

export const everywhere: readonly Case[] = define(
  "everywhere",
  programs.map(({ title, source, prints: lines, needs = [] }) => ({ title, needs, run: (ctx) => prints(ctx, source, lines) })),
);
