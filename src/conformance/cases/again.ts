/** Running futures again: reset and retries. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { waitForSignal, whileRunning } from "./whileRunning.ts";
import { cancel, currentFuture, future, FutureCanceled, outcome, reset, resolve, value, WorkerLost } from "../../index.ts";

const lazy = [false, true] as const;

export const resetting: readonly Case[] = define("reset", [
  {
    title: "a finished future runs again, from its captures at the call",
    args: { lazy },
    run: async (ctx) => {
      let n = 1;
      const f = future(() => ({ n: n++, random: Math.random() }), { lazy: ctx.lazy });
      n = 100;
      const first = await value(f);
      reset(f);
      const second = await value(f);
      assert.deepEqual([first.n, second.n], [1, 1]);
      assert.notEqual(second.random, first.random);
    },
  },
  {
    title: "a canceled future runs after reset",
    run: async () => {
      const f = future(() => 4, { lazy: true });
      cancel(f);
      await assert.rejects(value(f), FutureCanceled);
      reset(f);
      assert.deepEqual([await value(f), (await outcome(f)).status], [4, "finished"]);
    },
  },
  {
    title: "a failed future runs again, and its output is shown again",
    run: async (ctx) => {
      const f = future(() => {
        console.log("attempt");
        throw new Error("again");
      });
      const run = (): Promise<unknown> => value(f).then(assert.fail, () => undefined);
      const first = await ctx.captureOutput(run);
      reset(f);
      const second = await ctx.captureOutput(run);
      assert.deepEqual([first.stdout, second.stdout], ["attempt\n", "attempt\n"]);
    },
  },
  {
    title: "a future that runs cannot be reset",
    run: (ctx) =>
      whileRunning(ctx, waitForSignal, async (f) => {
        assert.throws(() => reset(f), /running|settled/);
        cancel(f);
        await resolve(f);
      }),
  },
]);

export const retrying: readonly Case[] = define("retries", [
  {
    title: "a future whose worker was lost runs again as often as allowed",
    needs: ["isolated"],
    run: async () => {
      const f = future(
        () => {
          const attempt = currentFuture()?.attempt ?? 0;
          if (attempt < 3) process.exit(1);
          return attempt;
        },
        { retries: 2 },
      );
      assert.deepEqual([await value(f), (await outcome(f)).attempts], [3, 3]);
    },
  },
  {
    title: "when all attempts are used up the worker is lost",
    needs: ["isolated"],
    run: async () => {
      const f = future(() => process.exit(1), { retries: 1 });
      await assert.rejects(value(f), WorkerLost);
      assert.equal((await outcome(f)).attempts, 2);
    },
  },
  {
    title: "the user's error is never retried",
    run: async () => {
      const f = future(
        () => {
          throw new Error(`attempt ${currentFuture()?.attempt}`);
        },
        { retries: 5 },
      );
      await assert.rejects(value(f), /attempt 1/);
      assert.equal((await outcome(f)).attempts, 1);
    },
  },
]);
