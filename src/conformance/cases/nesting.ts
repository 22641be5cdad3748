/** Futures inside futures, strata, `currentFuture` and labels. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import {
  asCompleted,
  availableCores,
  availableWorkers,
  currentFuture,
  future,
  nbrOfWorkers,
  outcome,
  plan,
  sequential,
  tweak,
  value,
  withPlan,
} from "../../index.ts";

const lazy = [false, true] as const;

/** The names of the current strata, outermost first. */
const backends = (): string[] => plan().map((spec) => spec.backend);

export const nesting: readonly Case[] = define("nested", [
  {
    title: "a future inside a future gives its value",
    args: { lazy },
    run: async (ctx) => {
      const k = 2;
      const isLazy = ctx.lazy;
      const outer = future(async () => {
        const inner = future((x: number) => x * k, [10], { lazy: isLazy });
        return (await value(inner)) + 1;
      });
      assert.equal(await value(outer), 21);
    },
  },
  {
    title: "below the last stratum the plan is sequential",
    run: async (ctx) => {
      const inner = await withPlan(ctx.plan, () => value(future(() => [backends(), nbrOfWorkers()])));
      assert.deepEqual(inner, [["sequential"], 1]);
    },
  },
  {
    title: "inside a future the plan is the next stratum",
    run: async (ctx) => {
      const strata = [ctx.single, ctx.single, sequential()];
      const [first, second, third] = await withPlan(strata, () =>
        value(future(async () => [backends(), ...(await value(future(async () => [backends(), await value(future(() => backends()))])))])),
      );
      const name = ctx.plan.backend;
      assert.deepEqual([first, second, third], [[name, "sequential"], ["sequential"], ["sequential"]]);
    },
  },
  {
    title: "inner futures of a parallel stratum run side by side",
    needs: ["parallel"],
    run: async (ctx) => {
      const two = tweak(ctx.plan, { workers: 2, oversubscribe: true });
      const workers = await withPlan([ctx.single, two], () =>
        value(
          future(async () => {
            const inner = Array.from({ length: 10 }, () =>
              future(() => new Promise((done) => setTimeout(done, 100, currentFuture()?.worker))),
            );
            return value(inner);
          }),
        ),
      );
      assert.equal(new Set(workers).size, 2);
    },
  },
  {
    title: "a worker's share of the cores is what futures inside may use",
    needs: ["parallel"],
    run: async (ctx) => assert.equal(await withPlan(ctx.plan, () => value(future(() => availableCores()))), 1),
  },
  {
    title: "workers of futures inside are on the worker's own machine, whatever a batch job has",
    needs: ["parallel"],
    run: async (ctx) => {
      const f = (): Promise<string[]> =>
        value(
          future(() => {
            process.env["LSB_HOSTS"] = "n1 n2";
            return availableWorkers();
          }),
        );
      assert.deepEqual(await withPlan(ctx.plan, f), ["localhost"]);
    },
  },
  {
    title: "plan() inside a future is that future's own",
    run: async () => {
      const before = plan();
      const inside = await value(
        future(async () => {
          plan("sequential");
          return [backends(), await value(future(() => 5))];
        }),
      );
      assert.deepEqual([inside, plan()], [[["sequential"], 5], before]);
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "a nested future captures variables of the outer function and of home",
    run: async () => {
      const home = { n: 1 };
      const got = await value(
        future(async () => {
          let local = 5;
          const up = (): number => ++local;
          const inner = future(() => [up(), home.n, local]);
          local = 50;
          return [await value(inner), local];
        }),
      );
      assert.deepEqual(got, [[6, 1, 6], 50]);
    },
  },
  {
    title: "an error of a nested future arrives as it was",
    run: async () => {
      const outer = future(async () => {
        const inner = future(() => {
          throw Object.assign(new RangeError("inner"), { code: "E_IN" });
        });
        return value(inner);
      });
      await assert.rejects(
        value(outer),
        (error) => error instanceof RangeError && error.message === "inner" && Reflect.get(error, "code") === "E_IN",
      );
    },
  },
  {
    title: "a nested container, asCompleted and outcome work inside",
    run: async () => {
      const got = await value(
        future(async () => {
          const futures = [1, 2, 3].map((n) => future(() => n * 10));
          let count = 0;
          for await (const f of asCompleted(futures)) count += futures.some((each) => Object.is(each, f)) ? 1 : 0;
          return [count, await value(new Map([["k", futures]])), await Promise.all(futures.map(async (f) => (await outcome(f)).status))];
        }),
      );
      assert.deepEqual(got, [3, new Map([["k", [10, 20, 30]]]), ["finished", "finished", "finished"]]);
    },
  },
  {
    title: "output of nested futures is relayed through the outer one",
    run: async (ctx) => {
      const outer = future(async () => {
        console.log("before");
        await value(future(() => console.log("inner")));
        console.log("after");
      });
      assert.equal((await ctx.captureOutput(() => value(outer))).stdout, "before\ninner\nafter\n");
    },
  },
  {
    title: "futures three deep on one lane do not block each other",
    run: async (ctx) => {
      const deep = await withPlan(ctx.single, () =>
        value([1, 2, 3].map((n) => future(async () => value([1, 2].map((m) => future(async () => value(future(() => n * 10 + m)))))))),
      );
      assert.deepEqual(deep, [
        [11, 12],
        [21, 22],
        [31, 32],
      ]);
    },
  },
]);

export const context: readonly Case[] = define("currentFuture", [
  {
    title: "at home there is no current future",
    run: () => assert.equal(currentFuture(), undefined),
  },
  {
    title: "inside a future there is one, with its label and worker, also after an await",
    args: { lazy },
    run: async (ctx) => {
      const describe = (): unknown => {
        const now = currentFuture();
        return now === undefined
          ? undefined
          : [now.label, now.attempt, now.index, typeof now.id, now.signal instanceof AbortSignal && !now.signal.aborted];
      };
      const f = future(
        async () => {
          const first = describe();
          await new Promise((done) => setTimeout(done, 1));
          return [first, describe(), currentFuture()?.worker];
        },
        { label: "me", lazy: ctx.lazy },
      );
      const [first, second, worker] = await value(f);
      assert.deepEqual(
        [first, second],
        [
          ["me", 1, undefined, "string", true],
          ["me", 1, undefined, "string", true],
        ],
      );
      assert.equal(worker, (await outcome(f)).worker);
      assert.equal(currentFuture(), undefined);
    },
  },
  {
    title: "every future has an id of its own",
    run: async () => {
      const ids = await value([1, 2, 3].map(() => future(() => currentFuture()?.id)));
      assert.equal(new Set(ids).size, 3);
    },
  },
  {
    title: "a nested future has a context of its own and gives the outer one back",
    run: async () => {
      const f = future(async () => [await value(future(() => currentFuture()?.label, { label: "inner" })), currentFuture()?.label], {
        label: "outer",
      });
      assert.deepEqual(await value(f), ["inner", "outer"]);
    },
  },
  {
    title: "progress may be told from inside",
    run: async () => {
      const f = future(() => {
        currentFuture()?.progress(0.5, "half");
        currentFuture()?.progress(1);
        return "done";
      });
      assert.equal(await value(f), "done");
    },
  },
]);
