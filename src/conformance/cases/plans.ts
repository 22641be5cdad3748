/** Plans: setting, changing and mixing them; what they refuse; how many workers there are. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import {
  availableCores,
  currentFuture,
  future,
  nbrOfFreeWorkers,
  nbrOfWorkers,
  outcome,
  plan,
  PlanInvalid,
  sequential,
  shutdown,
  tweak,
  value,
  withPlan,
} from "../../index.ts";

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const worker = (): string => currentFuture()?.worker ?? "none";
const current = (): readonly string[] => plan().map((spec) => spec.backend);

export const planning: readonly Case[] = define("plan", [
  {
    title: "plan() gives the current plan, plan(x) the previous one",
    run: async () => {
      const before = plan();
      try {
        assert.deepEqual(plan(sequential()), before);
        assert.deepEqual(current(), ["sequential"]);
      } finally {
        plan(before);
      }
      assert.deepEqual(plan(), before);
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "the same plan set again keeps its workers",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const first = await value(future(worker));
        plan(ctx.single);
        assert.equal(await value(future(worker)), first);
      }),
  },
  {
    title: "a future keeps the plan under which it was made",
    needs: ["parallel"],
    run: async (ctx) => {
      const before = plan(ctx.single);
      try {
        const futures = [1, 2, 3].map((n) =>
          future(async () => (await new Promise((done) => setTimeout(done, 10)), [n, currentFuture()?.worker])),
        );
        plan("sequential");
        const other = future(worker);
        const got = await value(futures);
        assert.deepEqual(
          got.map(([n]) => n),
          [1, 2, 3],
        );
        const names = new Set(got.map(([, name]) => name));
        assert.ok(names.size === 1 && !names.has(await value(other)));
      } finally {
        plan(before);
      }
    },
  },
  {
    title: "a lazy future keeps the plan under which it was made",
    needs: ["parallel"],
    run: async (ctx) => {
      const f = await withPlan(sequential(), () => [future(worker, { lazy: true })] as const);
      const g = future(worker, { lazy: true });
      await withPlan(sequential(), async () => assert.notEqual(await value(g), await value(future(worker))));
      assert.equal(f.length, 1);
      assert.equal(ctx.plan.backend, current()[0]);
    },
  },
  {
    title: "withPlan holds for its body only, across awaits, and gives what it gives",
    run: async (ctx) => {
      const before = current();
      const got = await withPlan([sequential(), ctx.plan], async () => {
        const first = current();
        await pause(1);
        return [first, current()];
      });
      assert.deepEqual(
        [got, current()],
        [
          [
            ["sequential", ctx.plan.backend],
            ["sequential", ctx.plan.backend],
          ],
          before,
        ],
      );
    },
  },
  {
    title: "withPlan is over after an error too",
    run: async () => {
      const before = current();
      await assert.rejects(
        withPlan(sequential(), async () => {
          await pause(1);
          throw new RangeError("body");
        }),
        RangeError,
      );
      assert.deepEqual(current(), before);
    },
  },
  {
    title: "two plans at once do not see each other",
    run: async (ctx) => {
      const work = async (): Promise<unknown> => {
        const seen: unknown[] = [];
        for (let i = 0; i < 3; i++) {
          await pause(2);
          seen.push(current().length, await value(future(() => plan().length)));
        }
        return seen;
      };
      const [one, two] = await Promise.all([withPlan([ctx.single, sequential(), sequential()], work), withPlan(sequential(), work)]);
      assert.deepEqual(
        [one, two],
        [
          [3, 2, 3, 2, 3, 2],
          [1, 1, 1, 1, 1, 1],
        ],
      );
    },
  },
  {
    title: "withPlan inside withPlan",
    run: async (ctx) => {
      const depth = await withPlan([ctx.single, sequential()], async () => {
        const inner = await withPlan(sequential(), async () => [current().length, await value(future(() => 5))]);
        return [inner, current().length, await value(future(() => 6))];
      });
      assert.deepEqual(depth, [[1, 5], 2, 6]);
    },
  },
  {
    title: "the end of withPlan waits for what runs and cancels what is queued",
    needs: ["parallel"],
    run: async (ctx) => {
      const slow = async (): Promise<void> => {
        console.log("running");
        await new Promise((done) => setTimeout(done, 30));
      };
      const statuses: string[] = [];
      await ctx.captureOutput(async (seen) => {
        const made = await withPlan(ctx.single, async () => {
          const futures = [future(slow, { output: "live" }), future(() => undefined)];
          await seen("running");
          return futures;
        });
        for (const f of made) statuses.push((await outcome(f)).status);
      });
      assert.deepEqual(statuses, ["finished", "canceled"]);
    },
  },
  {
    title: "a plan that is refused leaves the old one standing",
    run: async () => {
      const before = plan();
      for (const bad of ["multicoar", "", 5, null, [], {}, ["sequential", "nope"]])
        assert.throws(() => Reflect.apply(plan, undefined, [bad]), PlanInvalid);
      assert.deepEqual(plan(), before);
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "shutdown ends the workers, and futures made afterwards get new ones",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        assert.equal(await value(future(() => 1)), 1);
        await shutdown();
        assert.equal(await value(future(() => 2)), 2);
        await shutdown();
        await shutdown();
      }),
  },
]);

export const workers: readonly Case[] = define("plan", [
  {
    title: "nbrOfWorkers and nbrOfFreeWorkers tell the current plan's",
    run: async (ctx) => {
      await withPlan(ctx.single, async () => {
        assert.equal(nbrOfWorkers(), 1);
        await value(future(() => 1));
        assert.equal(nbrOfFreeWorkers(), 1);
        const f = future(() => new Promise((done) => setTimeout(done, 20)));
        assert.equal(nbrOfFreeWorkers(), 0);
        await value(f);
      });
    },
  },
  {
    title: "availableCores is a whole number of at least one",
    run: () => {
      const cores = availableCores();
      assert.ok(Number.isInteger(cores) && cores >= 1);
      const all = availableCores({ which: "all" });
      assert.equal(typeof all, "object");
    },
  },
  {
    title: "more than three times as many workers as cores is refused, unless wished",
    needs: ["parallel"],
    run: async (ctx) => {
      const many = tweak(ctx.plan, { workers: availableCores() * 3 + 1, oversubscribe: false });
      await assert.rejects(
        async () => withPlan(many, () => value(future(() => 1))),
        (error) => error instanceof PlanInvalid && /oversubscribe/.test(error.message),
      );
      const wished = tweak(ctx.plan, { workers: availableCores() * 3 + 1, oversubscribe: true });
      assert.equal(await withPlan(wished, () => value(future(() => 1))), 1);
    },
  },
  {
    title: "more workers than cores warns",
    needs: ["parallel"],
    run: async (ctx) => {
      const more = tweak(ctx.plan, { workers: availableCores() + 1, oversubscribe: false });
      const seen = await ctx.captureOutput(() => withPlan(more, () => value(future(() => 1))));
      assert.match(`${seen.warnings.map((warning) => warning.message).join()}${seen.stderr}`, /oversubscribe/);
    },
  },
  {
    title: "tweak changes a copy",
    needs: ["parallel"],
    run: (ctx) => {
      const changed = tweak(ctx.plan, { workers: 1, grace: 5 });
      assert.deepEqual([changed.backend, changed.options.workers, changed.options.grace], [ctx.plan.backend, 1, 5]);
      assert.notEqual(ctx.plan.options.grace, 5);
    },
  },
]);
