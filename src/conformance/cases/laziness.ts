/** When a future starts, and how one asks without waiting: lazy, `resolved`, `resolve`, `asCompleted`, `outcome`. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { asCompleted, cancel, future, outcome, resolve, resolved, value, withPlan } from "../../index.ts";

const lazy = [false, true] as const;

function failing(message: string): never {
  throw new TypeError(message);
}

export const laziness: readonly Case[] = define("lazy", [
  {
    title: "an eager future runs without being asked",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const first = future(() => 1);
        await value(future(() => 2));
        assert.equal(resolved(first), true);
      }),
  },
  {
    title: "a lazy future does not start before it is asked",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const first = future(() => 1, { lazy: true });
        const other = future(() => 2);
        await value(other);
        await value(first);
        assert.ok(Number((await outcome(first)).started) >= Number((await outcome(other)).finished));
      }),
  },
  {
    title: "resolved starts a lazy future",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const first = future(() => 1, { lazy: true });
        assert.equal(resolved(first), false);
        await value(future(() => 2));
        assert.equal(resolved(first), true);
      }),
  },
  {
    title: "resolve, outcome and await start a lazy future",
    run: async () => {
      const [one, two, three] = [1, 2, 3].map((n) => future(() => n, { lazy: true }));
      assert.ok(one !== undefined && two !== undefined && three !== undefined);
      await resolve(one);
      assert.equal(resolved(one), true);
      assert.equal((await outcome(two)).status, "finished");
      assert.equal(await three, 3);
    },
  },
  {
    title: "asking a container starts all its lazy futures",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const futures = [1, 2, 3].map((n) => future(() => n, { lazy: true }));
        assert.equal(resolved(futures), false);
        await value(future(() => 0));
        assert.equal(resolved(futures), true);
      }),
  },
  {
    title: "a lazy future that was canceled never runs",
    run: async () => {
      const f = future(() => 1, { lazy: true });
      cancel(f);
      assert.equal((await outcome(f)).status, "canceled");
    },
  },
]);

export const asking: readonly Case[] = define("resolved", [
  {
    title: "resolved tells without waiting",
    args: { lazy },
    run: async (ctx) => {
      const f = future(() => new Promise((done) => setTimeout(done, 20, 1)), { lazy: ctx.lazy });
      assert.equal(resolved(f), false);
      await value(f);
      assert.equal(resolved(f), true);
      assert.equal(resolved(f), true);
    },
  },
  {
    title: "resolved of a container is true when all are",
    run: async () => {
      const quick = future(() => 1);
      const slow = future(() => new Promise((done) => setTimeout(done, 20, 1)));
      const all = { list: [quick, 5], map: new Map([["k", slow]]) };
      assert.equal(resolved(all), false);
      await resolve(all);
      assert.deepEqual([resolved(all), resolved([]), resolved({ n: 1 })], [true, true, true]);
    },
  },
  {
    title: "a failed future is resolved, and resolve does not throw its error",
    args: { lazy },
    run: async (ctx) => {
      const f = future(() => failing("no"), { lazy: ctx.lazy });
      assert.equal(await resolve(f), undefined);
      assert.equal(resolved(f), true);
      assert.equal(await resolve([f, { f }]), undefined);
      await assert.rejects(value(f), TypeError);
    },
  },
  {
    title: "resolve waits for all and unwraps nothing",
    run: async () => {
      const futures = [1, 2].map((n) => future(() => new Promise((done) => setTimeout(done, 5, n))));
      assert.equal(await resolve(futures), undefined);
      assert.ok(futures.every((f) => resolved(f)));
    },
  },
]);

export const completion: readonly Case[] = define("asCompleted", [
  {
    title: "asCompleted gives each future once, failed ones too, and not their values",
    args: { lazy },
    run: async (ctx) => {
      const futures = [1, 2, 3].map((n) => future(() => (n === 2 ? failing("two") : n), { lazy: ctx.lazy }));
      const seen = new Set<unknown>();
      for await (const f of asCompleted(futures)) {
        const found = futures.find((each) => Object.is(each, f));
        assert.ok(found !== undefined && resolved(found));
        seen.add(found);
      }
      assert.equal(seen.size, 3);
      await assert.rejects(value(futures), /two/);
    },
  },
  {
    title: "asCompleted gives first what settles first",
    needs: ["parallel"],
    run: async () => {
      const slow = future(() => new Promise((done) => setTimeout(done, 150, "slow")), { label: "slow" });
      const quick = future(() => "quick", { label: "quick" });
      const order: string[] = [];
      for await (const f of asCompleted([slow, quick])) order.push(Object.is(f, slow) ? "slow" : "quick");
      assert.deepEqual(order, ["quick", "slow"]);
    },
  },
  {
    title: "asCompleted may be left early and may be empty",
    run: async () => {
      const futures = [1, 2, 3].map((n) => future(() => n));
      let count = 0;
      for await (const _ of asCompleted(futures)) if (++count === 1) break;
      for await (const _ of asCompleted([])) count += 100;
      assert.equal(count, 1);
      assert.deepEqual(await value(futures), [1, 2, 3]);
    },
  },
]);

export const outcomes: readonly Case[] = define("outcome", [
  {
    title: "the outcome of a finished future tells everything",
    args: { lazy },
    run: async (ctx) => {
      const before = Date.now();
      const f = future(() => ({ n: 1 }), { lazy: ctx.lazy, label: "told" });
      const told = await outcome(f);
      assert.equal(told.status, "finished");
      assert.equal(told.status === "finished" && told.value, await value(f));
      assert.deepEqual([told.output, told.warnings, told.attempts, typeof told.worker], [[], [], 1, "string"]);
      assert.ok(Number(told.started) >= before - 1 && Number(told.finished) >= Number(told.started));
    },
  },
  {
    title: "the outcome of a failed future has its error and does not throw",
    run: async () => {
      const told = await outcome(future(() => failing("told")));
      assert.ok(told.status === "failed" && told.error instanceof TypeError);
      assert.equal(told.error.message, "told");
    },
  },
  {
    title: "outcome holds output and warnings and replays none",
    run: async (ctx) => {
      const f = future(() => {
        console.log("one");
        process.emitWarning("two", "OddWarning");
      });
      const seen = await ctx.captureOutput(() => resolve(f));
      const told = await outcome(f);
      assert.deepEqual([seen.pieces, seen.warnings], [[], []]);
      assert.deepEqual([told.output.length, told.warnings.length], [1, 1]);
    },
  },
  {
    title: "the outcome of a canceled future says so",
    run: async () => {
      const f = future(() => 1, { lazy: true });
      cancel(f);
      const told = await outcome(f);
      assert.deepEqual([told.status, told.attempts], ["canceled", 0]);
    },
  },
  {
    title: "workers are told apart",
    needs: ["parallel"],
    run: async () => {
      const futures = Array.from({ length: 10 }, () => future(() => new Promise((done) => setTimeout(done, 50))));
      const workers = await Promise.all(futures.map(async (f) => (await outcome(f)).worker));
      assert.ok(new Set(workers).size > 1);
    },
  },
]);
