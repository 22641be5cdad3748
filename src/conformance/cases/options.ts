/** Options at the door: labels, and what does not exist or does not fit, refused at the call by name. */

import type { Case, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { currentFuture, future, OptionInvalid, PlanInvalid, tweak, value, WorkerLost } from "../../index.ts";

/** Options of `future()` that must be refused, and what the message must name. */
const badOptions: readonly (readonly [options: unknown, message: RegExp])[] = [
  [{ labell: "typo" }, /labell/],
  [{ sed: true }, /sed/],
  [{ label: 5 }, /label.*5/s],
  [{ lazy: "yes" }, /lazy.*yes/s],
  [{ globals: 5 }, /globals.*5/s],
  [{ globals: ["a"] }, /globals/],
  [{ modules: "./db.js" }, /modules.*db\.js/s],
  [{ maxGlobalsSize: -1 }, /maxGlobalsSize.*-1/s],
  [{ maxGlobalsSize: "1 MiB" }, /maxGlobalsSize.*1 MiB/s],
  [{ output: "loud" }, /output.*relay.*live.*inherit.*discard.*loud/s],
  [{ signal: {} }, /signal/],
  [{ timeout: -5 }, /timeout.*-5/s],
  [{ timeout: "1s" }, /timeout.*1s/s],
  [{ timeout: Number.NaN }, /timeout.*NaN/s],
  [{ retries: 1.5 }, /retries.*1\.5/s],
  [{ retries: -1 }, /retries.*-1/s],
  ["eager", /eager|object/],
];

/** Options of parallel plans that must be refused, and what the message must name. */
const badPlanOptions: readonly (readonly [options: Readonly<Record<string, unknown>>, message: RegExp])[] = [
  [{ wrkrs: 2 }, /wrkrs/],
  [{ workers: 0 }, /workers.*0/s],
  [{ workers: -1 }, /workers.*-1/s],
  [{ workers: 1.5 }, /workers.*1\.5/s],
  [{ workers: Number.NaN }, /workers.*NaN/s],
  [{ workers: "2" }, /workers.*2/s],
  [{ workers: true }, /workers.*true/s],
  [{ concurrency: 0 }, /concurrency.*0/s],
  [{ env: { A: 1 } }, /env/],
  [{ cwd: 5 }, /cwd.*5/s],
  [{ setup: "code" }, /setup.*code/s],
  [{ maxFutures: 0 }, /maxFutures.*0/s],
  [{ idleTimeout: -1 }, /idleTimeout.*-1/s],
  [{ grace: -1 }, /grace.*-1/s],
  [{ oversubscribe: "yes" }, /oversubscribe.*yes/s],
];

const refusals: readonly Definition[] = badOptions.map(([options, message]) => ({
  title: `future() refuses ${typeof options === "string" ? options : describe(options)} at the call, by name`,
  run: () => {
    assert.throws(
      () => Reflect.apply(future, undefined, [() => 1, [], options]),
      (error) => error instanceof OptionInvalid && error._tag === "OptionInvalid" && message.test(error.message),
    );
  },
}));

const planRefusals: readonly Definition[] = badPlanOptions.map(([options, message]) => ({
  title: `a plan refuses ${describe(options)}, by name`,
  needs: ["parallel"],
  run: (ctx) => {
    assert.throws(
      () => tweak(ctx.plan, options),
      (error) => error instanceof PlanInvalid && error._tag === "PlanInvalid" && message.test(error.message),
    );
  },
}));

function describe(options: unknown): string {
  return Object.entries(options ?? {})
    .map(([name, given]) => `${name}: ${typeof given === "object" ? JSON.stringify(given) : String(given)}`)
    .join();
}

export const options: readonly Case[] = define("options", [
  ...refusals,
  ...planRefusals,
  {
    title: "undefined options are as if left out",
    run: async () => {
      const given = { label: undefined, lazy: undefined, globals: undefined, timeout: undefined, signal: undefined, retries: undefined };
      assert.equal(await Reflect.apply(future, undefined, [() => 1, [], given]), 1);
    },
  },
  {
    title: "what was wrong names the future by its label",
    run: () => assert.throws(() => Reflect.apply(future, undefined, [() => 1, { label: "my future", lazy: 5 }]), /my future/),
  },
]);

export const labels: readonly Case[] = define("labels", [
  {
    title: "a label is known inside the future",
    run: async () =>
      assert.deepEqual(await value([future(() => currentFuture()?.label, { label: "a b ä" }), future(() => currentFuture()?.label)]), [
        "a b ä",
        undefined,
      ]),
  },
  {
    title: "a label is in the messages and in the label of our errors",
    needs: ["isolated"],
    run: async () => {
      await assert.rejects(
        value(future(() => process.exit(1), { label: "labelled" })),
        (error) => error instanceof WorkerLost && error.label === "labelled" && error.message.includes("labelled"),
      );
    },
  },
  {
    title: "a future without a label is named by where it was made",
    needs: ["isolated"],
    run: async (ctx) => {
      const { create } = await ctx.importFiles({ "main.mjs": `export const create = (future) =>\n  future(() => process.exit(1));\n` });
      assert.ok(typeof create === "function");
      await assert.rejects(value(create(future)), (error) => error instanceof WorkerLost && /main\.mjs:2/.test(error.message));
    },
  },
]);
