/** Ending futures early: cancel, interrupt, timeout, signal. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert, getEventListeners } from "../host/builtins.ts";
import { blockForever, waitForSignal, whileRunning } from "./whileRunning.ts";
import {
  cancel,
  future,
  FutureCanceled,
  FutureInterrupted,
  FutureTimeout,
  outcome,
  resolve,
  resolved,
  value,
  withPlan,
} from "../../index.ts";

const lazy = [false, true] as const;
const forever = (): Promise<never> => new Promise((_, fail) => setTimeout(fail, 600_000, new Error("it ran to its end")).unref());

export const canceling: readonly Case[] = define("cancel", [
  {
    title: "a queued future that is canceled never starts",
    args: { lazy },
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const first = future(() => new Promise((done) => setTimeout(done, 20, 1)));
        const second = future(() => 2, { label: "second", lazy: ctx.lazy });
        cancel(second);
        await assert.rejects(
          value(second),
          (error) => error instanceof FutureCanceled && error.label === "second" && error.message.includes("second"),
        );
        assert.deepEqual([await value(first), (await outcome(second)).status, resolved(second)], [1, "canceled", true]);
      }),
  },
  {
    title: "a running future hears of it by its signal and is interrupted",
    run: (ctx) =>
      whileRunning(ctx, waitForSignal, async (f) => {
        cancel(f);
        await assert.rejects(
          value(f),
          (error) => error instanceof FutureInterrupted && !(error instanceof FutureCanceled) && error.label === "the running one",
        );
        assert.equal((await outcome(f)).status, "interrupted");
        assert.equal(await value(future(() => 1)), 1);
      }),
  },
  {
    title: "a running future that does not listen is ended by force",
    needs: ["interrupts"],
    run: (ctx) =>
      whileRunning(ctx, blockForever, async (f) => {
        cancel(f);
        await assert.rejects(value(f), FutureInterrupted);
        assert.deepEqual(await value([1, 2, 3].map((n) => future(() => n))), [1, 2, 3]);
      }),
  },
  {
    title: "with interrupt: false a running future runs on",
    run: async (ctx) => {
      const slow = async (): Promise<number> => {
        console.log("running");
        await new Promise((done) => setTimeout(done, 20));
        return 5;
      };
      await whileRunning(ctx, slow, async (f) => {
        cancel(f, { interrupt: false });
        const told = await outcome(f);
        assert.ok(told.status !== "canceled");
      });
    },
  },
  {
    title: "a settled future is not changed by cancel",
    run: async () => {
      const f = future(() => 3);
      await value(f);
      cancel(f);
      assert.deepEqual([await value(f), (await outcome(f)).status], [3, "finished"]);
    },
  },
  {
    title: "a container's futures are all canceled, and the workers go on",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const futures = {
          list: [future(forever, { lazy: true }), future(forever, { lazy: true })],
          map: new Map([["k", future(forever, { lazy: true })]]),
        };
        cancel(futures);
        await resolve(futures);
        assert.equal(resolved(futures), true);
        await assert.rejects(value(futures), FutureCanceled);
        assert.equal(await value(future(() => 1)), 1);
      }),
  },
  {
    title: "canceling one future leaves others of its worker alone",
    needs: ["interrupts"],
    run: (ctx) =>
      withPlan(ctx.single, () =>
        whileRunning(ctx, blockForever, async (f) => {
          const behind = [1, 2, 3].map((n) => future(() => n));
          cancel(f);
          assert.deepEqual(await value(behind), [1, 2, 3]);
        }),
      ),
  },
  {
    title: "a nested future is ended with the one around it",
    needs: ["interrupts"],
    run: (ctx) =>
      whileRunning(
        ctx,
        async () => value(future(blockForever, { output: "live" })),
        async (f) => {
          cancel(f);
          await assert.rejects(value(f), FutureInterrupted);
          assert.equal(await value(future(() => 1)), 1);
        },
      ),
  },
]);

export const timing: readonly Case[] = define("timeout", [
  {
    title: "what a future wrote before it was ended by force is known",
    needs: ["isolated", "interrupts"],
    run: async () => {
      const f = future(
        () => {
          console.log("began");
          return new Promise(() => undefined);
        },
        { timeout: 30 },
      );
      const { status, output } = await outcome(f);
      assert.deepEqual([status, output], ["interrupted", [{ type: "console", method: "log", text: "began" }]]);
    },
  },
  {
    title: "a future that waits too long is ended",
    args: { lazy },
    run: async (ctx) => {
      const f = future(forever, { timeout: 30, label: "too slow", lazy: ctx.lazy });
      await assert.rejects(value(f), (error) => {
        assert.ok(error instanceof FutureTimeout && error instanceof FutureInterrupted);
        assert.match(error.message, /too slow[^]*30/);
        return true;
      });
      assert.equal((await outcome(f)).status, "interrupted");
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "a future that computes too long is ended by force",
    needs: ["interrupts"],
    run: async (ctx) => {
      await ctx.captureOutput(() => assert.rejects(value(future(blockForever, { timeout: 50 })), FutureTimeout));
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "the time counts from the start of the run, not of the queue",
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const slow = future(() => new Promise((done) => setTimeout(done, 400, "slow")));
        const quick = future(() => "quick", { timeout: 300 });
        assert.deepEqual(await value([slow, quick]), ["slow", "quick"]);
      }),
  },
  {
    title: "a timeout that is not reached changes nothing",
    run: async () => {
      assert.equal(await value(future(async () => 5, { timeout: 60_000 })), 5);
      assert.equal(await value(future(() => 6, { timeout: Infinity })), 6);
    },
  },
]);

export const signaling: readonly Case[] = define("signal", [
  {
    title: "a signal that was aborted before cancels",
    args: { lazy },
    run: async (ctx) => {
      const f = future(() => 1, { signal: AbortSignal.abort(), lazy: ctx.lazy });
      await assert.rejects(value(f), FutureCanceled);
    },
  },
  {
    title: "aborting cancels a future that is queued",
    args: { lazy },
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const controller = new AbortController();
        const first = future(() => new Promise((done) => setTimeout(done, 20, 1)));
        const second = future(() => 2, { signal: controller.signal, lazy: ctx.lazy });
        controller.abort();
        await assert.rejects(value(second), FutureCanceled);
        assert.equal(await value(first), 1);
      }),
  },
  {
    title: "aborting interrupts a future that runs",
    run: (ctx) =>
      ctx.captureOutput(async (seen) => {
        const controller = new AbortController();
        const f = future(waitForSignal, { signal: controller.signal, output: "live" });
        await seen("running");
        controller.abort(new Error("enough"));
        await assert.rejects(value(f), FutureInterrupted);
      }),
  },
  {
    title: "after the end nothing listens to the signal any more",
    run: async () => {
      const controller = new AbortController();
      const futures = [1, 2, 3].map((n) => future(() => n, { signal: controller.signal }));
      await value(futures);
      assert.deepEqual(getEventListeners(controller.signal, "abort"), []);
      controller.abort();
      assert.deepEqual(await value(futures), [1, 2, 3]);
    },
  },
]);
