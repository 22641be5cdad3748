/** Futures that say that they run, so that cases can wait until they do. */

// oxlint-disable no-console -- what is written is what is tested

import type { Context } from "../Case.ts";
import { currentFuture, future, type Future } from "../../index.ts";

/** Says that it runs, then waits for its signal. */
export async function waitForSignal(): Promise<string> {
  console.log("running");
  const signal = currentFuture()?.signal;
  return new Promise((_, fail) => signal?.addEventListener("abort", () => fail(new Error("left by signal"))));
}

export function blockForever(): never {
  console.log("running");
  for (;;);
}

/** Starts a future that says `running`, waits until it does, and goes on. */
export async function whileRunning(ctx: Context, fn: () => unknown, then: (f: Future<unknown>) => unknown): Promise<void> {
  await ctx.captureOutput(async (seen) => {
    const f = future(fn, { output: "live", label: "the running one" });
    await seen("running");
    await then(f);
  });
}
