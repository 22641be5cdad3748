/** Draws without a seed: who is told, and who is left in peace; and what the environment says of seeds. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, futureMap, futureMapReduce, futureReplicate, RngMisuse, tweak, value, withPlan, workerLocal } from "../../index.ts";

/** A package that draws. */
const packaged = "data:text/javascript,export const draw = () => Math.random();";

const used = `await fp.future(() => 1, { seed: 1 });`;
const wait = `await new Promise((done) => setImmediate(done));`;

export const misuse: readonly Case[] = define("random numbers without a seed", [
  {
    title: "rngMisuse: error fails each element that draws, its own errors first, and lets seeds and workerLocal draw",
    run: (ctx) =>
      withPlan(tweak(ctx.plan, { rngMisuse: "error" }), async () => {
        await assert.rejects(
          value(future(() => [1].map(Math.random), { label: "odd" })),
          (error) => error instanceof RngMisuse && error.label === "odd",
        );
        const some = (x: number): number | Promise<number> => (x % 2 === 0 ? Math.random() : x);
        const later = async (x: number): Promise<number> => some(await Promise.resolve(x));
        for (const fn of [some, later]) {
          const failed = await futureMap([1, 2, 3, 4, 5], fn, { onError: "collect" }).catch((error: unknown) => error);
          assert.ok(failed instanceof AggregateError);
          assert.deepEqual(
            failed.errors.map((error: { name: string; index: number }) => [error.name, error.index]),
            [
              ["RngMisuse", 1],
              ["RngMisuse", 3],
            ],
          );
          assert.deepEqual(Reflect.get(failed, "values"), [1, , 3, , 5]); // oxlint-disable-line no-sparse-arrays
          await assert.rejects(
            futureMap([1, 2, 3, 4, 5], fn),
            (error) => error instanceof RngMisuse && /element 1 of map/.test(error.stack ?? ""),
          );
        }
        await assert.rejects(
          futureMapReduce(
            [1, 2],
            (x) => x,
            (a, b) => a + b + Math.random(),
          ),
          RngMisuse,
        );
        const fail = (): never => {
          Math.random();
          throw new RangeError("mine");
        };
        await assert.rejects(value(future(fail)), RangeError);
        await assert.rejects(
          futureMap([1, 2], (x) => (x === 1 ? fail() : x)),
          RangeError,
        );
        const made = workerLocal(async () => [Math.random(), await Promise.resolve(), Math.random()].length);
        assert.equal(await future(() => made.get()), 3);
        assert.equal(await future(() => futureMap([1], () => typeof Math.random()), { seed: 1 }).then(String), "number");
      }),
  },
  {
    title: "of futures that run at once in one worker each draws from its own stream, and only those without one fail",
    needs: ["parallel"],
    run: async (ctx) => {
      const draw = async (turns: number): Promise<readonly number[]> => {
        const numbers: number[] = [];
        for (let turn = 0; turn < turns; turn++) {
          await new Promise((done) => setImmediate(done));
          numbers.push(Math.random());
        }
        return numbers;
      };
      const seeds = [1, 2, 3];
      const one = async (seed: number): Promise<readonly number[]> => await future(draw, [9], { seed });
      const alone = [await one(1), await one(2), await one(3)];
      await withPlan(tweak(ctx.single, { concurrency: 6, rngMisuse: "error" }), async () => {
        const unseeded = future(draw, [5]);
        const silent = future(draw, [0]);
        assert.deepEqual(await value(seeds.map((seed) => future(draw, [9], { seed }))), alone);
        await assert.rejects(value(unseeded), RngMisuse);
        assert.deepEqual(await silent, []);
      });
    },
  },
  {
    title: "in a process that has used a seed, the first draw without one is warned of, once, with its place",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(
        `${used}\nawait fp.futureMap([1, 2, 3], (x) =>\n  x + Math.random());\nawait fp.future(() => Math.random()); ${wait} console.log("end");`,
      );
      assert.deepEqual([run.code, run.stdout], [0, "end\n"], run.stderr);
      assert.match(run.stderr, /FUTURE_RNG_MISUSE.*drew random numbers without a seed, at file:[^ ]*script\.mjs:\d+:12:/);
      assert.equal(run.stderr.split("FUTURE_RNG_MISUSE").length, 2, run.stderr);
    },
  },
  {
    title: "nothing is said where no seed was used, nor of packages, setup, workerLocal, home, or where it is ignored",
    tags: ["script"],
    run: async (ctx) => {
      const { parallel } = ctx.capabilities;
      const sources = [
        `await fp.future(() => Math.random()); await fp.futureReplicate(2, () => Math.random()); await fp.future(() => Math.random());`,
        `${used} await fp.future(async () => (await import(${JSON.stringify(packaged)})).draw()); Math.random();`,
        `${used} const made = fp.workerLocal(async () => [Math.random(), await 1, Math.random()].length); await fp.future(() => made.get());`,
        `${used} await fp.future(() => Math.random(), { seed: true }); await fp.future(() => fp.futureMap([1], () => Math.random()), { seed: 1 });`,
        `${used} fp.plan(fp.tweak(fp.plan()[0], { rngMisuse: "ignore" })); await fp.future(() => Math.random());`,
        ...(parallel ? [`fp.plan(fp.tweak(fp.plan()[0], { setup: () => void Math.random() })); ${used} await fp.future(() => 1);`] : []),
      ];
      for (const source of sources) {
        const run = await ctx.runScript(`${source} ${wait}`);
        assert.deepEqual([run.code, run.stderr], [0, ""], source);
      }
    },
  },
  {
    title: "rngMisuse: warn covers packages, and FUTURE_RNG_MISUSE is its default",
    tags: ["script"],
    run: async (ctx) => {
      const draws = `await fp.value(fp.future(async () => (await import(${JSON.stringify(packaged)})).draw())).catch((e) => console.log(e.name)); ${wait}`;
      const given = await ctx.runScript(`fp.plan(fp.tweak(fp.plan()[0], { rngMisuse: "warn" })); ${draws}`);
      assert.match(given.stderr, /FUTURE_RNG_MISUSE.*at data:text/);
      const fails = await ctx.runScript(draws, { env: { FUTURE_RNG_MISUSE: "error" } });
      assert.deepEqual([fails.stdout, fails.code], ["RngMisuse\n", 0], fails.stderr);
      const own = await ctx.runScript(`fp.plan(fp.tweak(fp.plan()[0], { rngMisuse: "ignore" })); ${draws}`, {
        env: { FUTURE_RNG_MISUSE: "error" },
      });
      assert.deepEqual([own.stdout, own.stderr], ["", ""]);
    },
  },
  {
    title: "FUTURE_SEED seeds the session: the same numbers in every run, and none of workers' own",
    tags: ["script"],
    run: async (ctx) => {
      const source = `const show = (x) => console.log(JSON.stringify(x)); show(await fp.futureReplicate(2, () => Math.random())); show(await fp.futureMap([1, 2], () => Math.random(), { seed: true }));`;
      const [one, other] = await Promise.all([1, 2].map(() => ctx.runScript(source, { env: { FUTURE_SEED: " 42 " } })));
      const [first] = one?.stdout.split("\n") ?? [];
      assert.deepEqual([one?.stdout, one?.code], [other?.stdout, 0], one?.stderr);
      assert.deepEqual(JSON.parse(first ?? ""), await futureReplicate(2, () => Math.random(), { seed: 42 }));
      const nested = `console.log(new Set((await fp.value([1, 2].map(() => fp.future(async () => (await fp.futureReplicate(1, () => Math.random()))[0])))).flat()).size);`;
      const after = `${nested} await fp.future(() => fp.futureReplicate(1, () => 1)); ${source}`;
      const inside = await ctx.runScript(after, { env: { FUTURE_SEED: "42" } });
      assert.equal(inside.stdout, `2\n${one?.stdout}`, inside.stderr);
    },
  },
  {
    title: "a wrong FUTURE_SEED or FUTURE_RNG_MISUSE is refused, naming the variable, the value and what is allowed",
    tags: ["script"],
    run: async (ctx) => {
      for (const [name, given, allowed] of [
        ["FUTURE_SEED", "4.5", "a whole number from -2147483647 to 2147483647"],
        ["FUTURE_SEED", "2147483648", "a whole number"],
        ["FUTURE_RNG_MISUSE", "warning", '"ignore", "warn", "error"'],
      ] as const) {
        const run = await ctx.runScript(`await fp.future(() => 1);`, { env: { [name]: given } });
        assert.equal(run.code, 1);
        assert.ok(run.stderr.includes(`${name}=${JSON.stringify(given)} is not valid`) && run.stderr.includes(allowed), run.stderr);
      }
    },
  },
]);
