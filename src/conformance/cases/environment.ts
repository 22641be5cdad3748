/** Changes of home's environment while workers are there: each case is a process of its own. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { scriptHead } from "../programs/scriptHead.ts";

interface Program {
  readonly title: string;
  readonly source: string;
  readonly prints: readonly unknown[];
}

const changing: readonly Program[] = [
  {
    title: "variables that home sets, changes and deletes reach the workers that are there already",
    source: `
      process.env.CONFORMANCE_LATE = "set";
      show(await seen());
      process.env.CONFORMANCE_LATE = "changed";
      Object.assign(process.env, { CONFORMANCE_MORE: 7 });
      show(await seen());
      delete process.env.CONFORMANCE_LATE;
      show(await seen());
      show(await fp.future(() => "CONFORMANCE_LATE" in process.env));`,
    prints: [["set", null], ["changed", "7"], [null, "7"], false],
  },
  {
    title: "a worker is put back to what home has made of the variables",
    source: `
      process.env.CONFORMANCE_LATE = "new";
      await fp.future(() => { process.env.CONFORMANCE_LATE = "its own"; delete process.env.CONFORMANCE_START; });
      show([...await seen(), await fp.future(() => process.env.CONFORMANCE_START)]);`,
    prints: [["new", null, "start"]],
  },
  {
    title: "an environment that was replaced as a whole reaches them, too, and so does the old one",
    source: `
      const before = process.env;
      process.env = { ...process.env, CONFORMANCE_LATE: "replaced" };
      show(await seen());
      process.env.CONFORMANCE_LATE = "again";
      show(await seen());
      process.env = before;
      show(await seen());`,
    prints: [
      ["replaced", null],
      ["again", null],
      [null, null],
    ],
  },
  {
    title: "variables of home reach the workers of strata below, and what a future sets reaches those that it uses",
    source: `
      fp.plan([single, fp.multicore({ workers: 1 })]);
      const nested = (own) => fp.value(fp.future((own) => {
        if (own !== undefined) process.env.CONFORMANCE_MORE = own;
        return fp.value(fp.future(() => [process.env.CONFORMANCE_LATE ?? null, process.env.CONFORMANCE_MORE ?? null]));
      }, [own]));
      await nested();
      process.env.CONFORMANCE_LATE = "late";
      show([await nested(), await nested("own"), await nested()]);`,
    prints: [
      [
        ["late", null],
        ["late", "own"],
        ["late", null],
      ],
    ],
  },
  {
    title: "a future that captured the environment reads its own, whenever it was captured",
    source: `
      const later = process.env;
      const own = process.env.CONFORMANCE_START;
      show(await fp.future(() => [env === process.env, later === process.env, later.CONFORMANCE_START === own]));
      later.CONFORMANCE_LATE = "by another name";
      show(await seen());
      await fp.shutdown();
      show(process.env === env);
      await fp.future(() => 0);
      later.CONFORMANCE_LATE = "again";
      show(await seen());`,
    prints: [[true, true, true], ["by another name", null], true, ["again", null]],
  },
  {
    title: "what is written while no worker is there holds against what everywhere() set before",
    source: `
      await fp.shutdown();
      await fp.everywhere(() => { process.env.CONFORMANCE_LATE = "step"; process.env.CONFORMANCE_MORE = "step"; });
      process.env.CONFORMANCE_LATE = "later";
      show([process.env.CONFORMANCE_LATE, process.env.CONFORMANCE_MORE]);
      show(await seen());
      process.env.CONFORMANCE_MORE = "latest";
      show(await seen());
      await told(fp.future(() => process.exit(1)));
      show(await seen());`,
    prints: [
      ["later", "step"],
      ["later", "step"],
      ["later", "latest"],
      ["later", "latest"],
    ],
  },
  {
    title: "the plan's own variables win, and the plan itself does not travel",
    source: `
      fp.plan(fp.tweak(single, { env: { CONFORMANCE_LATE: "plan" } }));
      await fp.future(() => 0);
      process.env.CONFORMANCE_LATE = "home";
      process.env.FUTURE_PLAN = "multicore:3";
      show([...await seen(), await fp.future(() => process.env.FUTURE_PLAN ?? null)]);
      delete process.env.CONFORMANCE_LATE;
      show(await seen());`,
    prints: [
      ["plan", null, null],
      ["plan", null],
    ],
  },
];

const environmentHead = `${scriptHead}
  const { env } = process;
  process.env.CONFORMANCE_START = "start";
  fp.plan(single);
  if ((await fp.future(() => process.env.CONFORMANCE_START)) !== "start") { console.log("not shared"); await fp.shutdown(); process.exit(0); }
  const seen = () => fp.future(() => [process.env.CONFORMANCE_LATE ?? null, process.env.CONFORMANCE_MORE ?? null]);
`;

export const environment: readonly Case[] = define(
  "environment",
  changing.map(({ title, source, prints: lines }) => ({
    title,
    needs: ["parallel"],
    async run(ctx) {
      const { stdout, stderr, code } = await ctx.runScript(environmentHead + source);
      const expected = lines.map((line) => JSON.stringify(line));
      // Workers on other hosts get nothing of home's, neither at first nor later.
      const shown = ctx.capabilities.remote && stdout === "not shared\n" ? expected : stdout.trimEnd().split("\n");
      assert.deepEqual([shown, code], [expected, 0], stderr);
    },
  })),
);
