/** The warning that a map's function writes what the code after the call reads: where it comes, and where it does not. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";

/** Bodies of async functions, in which `xs` is `[1, 2, 3]`; each warns of the variables that are called `lost…`, and of no others. */
const losing: readonly string[] = [
  `let lost = 0; await fp.futureMap(xs, () => lost++); return lost`,
  `let lost = 0; await fp.futureForEach(xs, (x) => { lost += x }); return lost`,
  `let lost = 0; await fp.futureForEach(xs, (x) => { lost = lost + x }); console.log(lost)`,
  `let lost; await fp.futureFilter(xs, (x) => { if (x === 2) lost = x; return true }); return lost`,
  `let lost1 = 0, lost2 = 0; await fp.futureMap(xs, (x) => { [lost1, lost2] = [x, lost2] }); return lost1 + lost2`,
  `let lost = 0; const add = (x) => { lost += x }; await fp.futureMap(xs, add); return lost`,
  `let lost = 0; await fp.futureMap(xs, (x) => { xs.forEach(() => { lost++ }) }); return lost`,
  `let lost = 0; return fp.futureMap(xs, (x) => { lost += x }).then(() => lost)`,
  `let lost = 0; await fp.withPlan(fp.sequential(), async () => { await fp.futureMap(xs, () => { lost++ }) }); return lost`,
  `let lost = 0; for await (const each of fp.futureStream(xs, (x) => { lost++; return x })) console.log(each); return lost`,
  `atTop = 0; await fp.futureMap(xs, () => { atTop++ }); return () => atTop`,
];

const silent: readonly string[] = [
  `let n; await fp.futureMap(xs, (x) => { n ??= x; return n }); return n`,
  `let n; await fp.futureMap(xs, (x) => { n ||= x; return n }); return n`,
  `let n; await fp.futureMap(xs, (x) => { if (!n) n = x; return n }); return n`,
  `let n; await fp.futureMap(xs, (x) => { if (n === undefined) { n = x } return n }); return n`,
  `let n; await fp.futureMap(xs, (x) => { if (n) return n; n = x; return n }); return n`,
  `let n; await fp.futureMap(xs, (x) => { n = n ?? x; return n }); return n`,
  `let n = 0; await fp.futureMap(xs, () => n++)`,
  `let n = 0; console.log(n); await fp.futureMap(xs, () => n++)`,
  `let n = 0; await fp.futureMap(xs, () => n++); n = 7; return n`,
  `let i; await fp.futureMap(xs, (x) => { for (i = 0; i < x; i++); return i }); for (i = 0; i < 2; i++);`,
  `let n = 2; await fp.futureMap(xs, () => n++, { chunkSize: n })`,
  `const make = () => { let n = 0; return () => ++n }; const next = make(); await fp.futureMap(xs, next); return next()`,
  `let n = 1; await fp.futureMap(xs, (x) => { let n = 0; n += x; return n }); return n`,
  `let n = 1; await fp.futureMap(xs, (n) => n++); return n`,
  `let n = 1; await fp.futureMap(xs, () => n++, { globals: { n } }); return n`,
  `let n = 0; const add = () => n++; await fp.futureMap(xs, () => { add() }); return n`,
  `const o = { n: 0 }; await fp.futureMap(xs, () => { o.n++ }); return o.n`,
  `let n = 0; for (const x of xs) n += x; await fp.futureMap(xs, (x) => x * n); return n`,
  `let n = 0; (await fp.futureMap(xs, (x) => x)).forEach((x) => { n += x }); return n`,
  `let n = 0; await fp.value(fp.future(() => n + 1)); return n`,
];

const script = (bodies: readonly string[]): string => `
  process.on("warning", (warning) => console.log(warning.code, /variable (\\w+)/.exec(warning.message)?.[1], /script\\.mjs:\\d+:\\d+/.test(warning.message)));
  console.log = ((log) => (first, ...rest) => /^FUTURE/.test(first) && log(first, ...rest))(console.log);
  const xs = [1, 2, 3];
  let atTop = 0;
  const bodies = [${bodies.map((body) => `async () => {\n${body}\n}`).join(",\n")}];
  for (const body of bodies) { await body(); await body() }
  export const used = () => atTop;`;

export const lostWrites: readonly Case[] = define("lost writes", [
  {
    title: "a map whose function writes what the code after the call reads warns, once for each place",
    tags: ["script"],
    run: async (ctx): Promise<void> => {
      const run = await ctx.runScript(script(losing));
      const names = losing.flatMap((body) => [...new Set(body.match(/\b(?:lost|atTop)\w*/g))]);
      assert.equal(run.code, 0, run.stderr);
      assert.deepEqual(run.stdout.trim().split("\n").toSorted(), names.map((name) => `FUTURE_WRITE_LOST ${name} true`).toSorted());
    },
  },
  {
    title: "caches, and variables that nobody reads after the call, are no lost writes",
    tags: ["script"],
    run: async (ctx): Promise<void> => {
      const run = await ctx.runScript(script(silent));
      assert.deepEqual([run.stdout, run.stderr, run.code], ["", "", 0]);
    },
  },
]);
