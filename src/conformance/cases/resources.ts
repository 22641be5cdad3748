/** What workers keep and share: resources of their own, several futures at once. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { waitForSignal, whileRunning } from "./whileRunning.ts";
import { cancel, currentFuture, future, FutureInterrupted, futureMap, outcome, tweak, value, withPlan, workerLocal } from "../../index.ts";

export const resources: readonly Case[] = define("workerLocal", [
  {
    title: "a resource is made once per worker and kept across futures",
    run: async (ctx) => {
      const unique = Symbol.for(`conformance/${ctx.plan.backend}`);
      const resource = workerLocal(() => ({ key: unique, made: Math.random(), open: new WeakMap() }));
      const use = (): number => resource.get().made;
      const once = await withPlan(ctx.single, async () => [
        await value(future(use)),
        await value(future(use)),
        await value(future(() => resource.get().made)),
      ]);
      assert.equal(new Set(once).size, 1);
    },
  },
  {
    title: "two handles are two resources",
    run: async (ctx) => {
      const make = (): { readonly made: number } => ({ made: Math.random() });
      const [a, b] = [workerLocal(make), workerLocal(make)];
      const [one, two, same] = await withPlan(ctx.single, () =>
        value(future(() => [a.get().made, b.get().made, a.get() === a.get()] as const)),
      );
      assert.ok(one !== two && same);
    },
  },
  {
    title: "each worker has its own",
    needs: ["parallel"],
    run: async () => {
      const resource = workerLocal(() => Math.random());
      const futures = Array.from({ length: 10 }, () =>
        future(() => new Promise<number>((done) => setTimeout(() => done(resource.get()), 50))),
      );
      assert.ok(new Set(await value(futures)).size > 1);
    },
  },
  {
    title: "a promised resource is one promise",
    run: async (ctx) => {
      const resource = workerLocal(async () => Math.random());
      const [one, two] = await withPlan(ctx.single, () => value(future(async () => [await resource.get(), await resource.get()])));
      assert.equal(one, two);
    },
  },
  {
    title: "a resource captures like any function",
    run: async () => {
      const settings = { base: 10 };
      const resource = workerLocal(() => new Map([["base", settings.base]]));
      assert.equal(await value(future(() => resource.get().get("base"))), 10);
    },
  },
  {
    title: "an error while making a resource is the future's",
    run: async () => {
      const resource = workerLocal((): number => {
        throw new TypeError("no resource");
      });
      await assert.rejects(value(future(() => resource.get())), /no resource/);
    },
  },
]);

export const together: readonly Case[] = define("concurrency", [
  {
    title: "a worker has several futures at once",
    needs: ["parallel"],
    run: (ctx) =>
      withPlan(tweak(ctx.single, { concurrency: 4 }), async () => {
        const futures = [1, 2, 3, 4].map((n) => future(() => new Promise((done) => setTimeout(done, 150, n))));
        assert.deepEqual(await value(futures), [1, 2, 3, 4]);
        const told = await Promise.all(futures.map(async (f) => outcome(f)));
        const lastStart = Math.max(...told.map((each) => Number(each.started)));
        assert.ok(
          told.every((each) => Number(each.finished) >= lastStart),
          "all had started before the first was finished",
        );
      }),
  },
  {
    title: "output, labels and errors of futures at once are not mixed up",
    needs: ["parallel"],
    run: (ctx) =>
      withPlan(tweak(ctx.single, { concurrency: 4 }), async () => {
        const talk = async (n: number): Promise<string | undefined> => {
          for (let i = 0; i < 5; i++) {
            console.log(`${n}.${i}`);
            await new Promise((done) => setTimeout(done, 2));
          }
          if (n === 3) throw new Error(`error of ${currentFuture()?.label}`);
          return currentFuture()?.label;
        };
        const futures = [0, 1, 2, 3].map((n) => future(talk, [n], { label: `talker ${n}` }));
        for (const [n, f] of futures.entries()) {
          const seen = await ctx.captureOutput(async () => {
            const got: unknown = await value(f).catch((error: unknown) => String(error));
            assert.equal(got, n === 3 ? "Error: error of talker 3" : `talker ${n}`);
          });
          assert.equal(seen.stdout, [0, 1, 2, 3, 4].map((i) => `${n}.${i}\n`).join(""));
        }
      }),
  },
  {
    title: "futures that come at once to a fresh worker leave nothing behind of what the worker itself has open",
    needs: ["parallel"],
    run: async (ctx) => {
      const wait = (n: number): Promise<number> => new Promise((done) => setTimeout(done, n, n));
      const seen = await ctx.captureOutput(() =>
        withPlan(tweak(ctx.single, { concurrency: 3 }), async () => {
          assert.deepEqual(await futureMap([1, 2, 3, 4, 5, 6], wait, { scheduling: Infinity }), [1, 2, 3, 4, 5, 6]);
        }),
      );
      assert.deepEqual(
        seen.warnings.map(({ message }) => message),
        [],
      );
    },
  },
  {
    title: "canceling one of several futures leaves the others of its worker alone",
    needs: ["parallel"],
    run: (ctx) =>
      withPlan(tweak(ctx.single, { concurrency: 2 }), () =>
        whileRunning(ctx, waitForSignal, async (f) => {
          const beside = future(() => new Promise((done) => setTimeout(done, 60, "beside")));
          cancel(f);
          await assert.rejects(value(f), FutureInterrupted);
          assert.deepEqual([await value(beside), (await outcome(beside)).attempts], ["beside", 1]);
        }),
      ),
  },
]);
