/** Ctrl-C at home while futures run: they end first, and the process with code 130. In scripts that interrupt themselves. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";

/** SIGINT is listened for soon after futures have begun to be pending, which `listening` waits for. */
const head = `
  const listening = () => new Promise((done) => {
    if (process.listenerCount("SIGINT") > 0) return done();
    const added = (name) => { if (name === "SIGINT") { process.off("newListener", added); setImmediate(done) } };
    process.on("newListener", added);
  });
  const interrupt = () => process.kill(process.pid, "SIGINT");
  const prints = (text, times = 1, log = console.log) => new Promise((done) => {
    console.log = (...args) => { log(...args); if (args.join(" ").includes(text) && --times === 0) setImmediate(done) };
  });
  const untilStopped = (say = "running") => {
    console.log(say);
    const { signal } = fp.currentFuture();
    return new Promise((_, fail) => signal.addEventListener("abort", () => { console.log("asked", String(signal.reason)); fail(signal.reason) }));
  };
`;

/** A loaded machine takes longer than the default grace to answer. */
const patient = `fp.plan(fp.tweak(fp.plan()[0], { grace: 20_000 }));`;

/** Lines of standard output, sorted. */
function linesOf(text: string): readonly string[] {
  return text.split("\n").filter(Boolean).toSorted();
}

export const interrupts: readonly Case[] = define("exit", [
  {
    title: "SIGINT cancels what is queued, interrupts what runs, and ends the process with code 130",
    tags: ["script"],
    needs: ["parallel"],
    run: async (ctx) => {
      const run = await ctx.runScript(`${head}
        ${patient}
        const workers = fp.nbrOfWorkers();
        const up = prints("running", workers);
        const running = Array.from({ length: workers }, (_, i) => fp.future(untilStopped, { label: "r" + i, output: "live" }));
        const queued = fp.future(() => 1, { label: "q" });
        const lazy = fp.future(() => 1, { lazy: true, label: "lazy" });
        void Promise.all([up, listening()]).then(interrupt);
        const tell = async (f) => fp.value(f).catch((error) => console.log(error.name, /SIGINT/.test(error.message)));
        await Promise.all([...running, queued].map(tell));
        await tell(fp.future(() => 1, { label: "late" }));
        await tell(lazy);
        console.log("end", workers);`);
      assert.deepEqual([run.code, run.signal, run.stderr], [130, null, ""], run.stdout);
      const lines = linesOf(run.stdout.replaceAll(/^\[r\d+\] /gm, ""));
      const workers = Number(lines.find((line) => line.startsWith("end "))?.slice(4));
      const each = (line: string): string[] => Array.from({ length: workers }, () => line);
      const asked = "asked AbortError: This future was asked to stop (SIGINT).";
      assert.deepEqual(lines, [
        ...Array.from({ length: 3 }, () => "FutureCanceled true"),
        ...each("FutureInterrupted true"),
        ...each(asked),
        `end ${workers}`,
        ...each("running"),
      ]);
    },
  },
  {
    title: "SIGINT ends a future that is blocked in a loop",
    tags: ["script"],
    needs: ["parallel", "interrupts"],
    run: async (ctx) => {
      const run = await ctx.runScript(`${head}
        void Promise.all([prints("running"), listening()]).then(interrupt);
        await fp.future(() => { console.log("running"); for (;;); }, { output: "live" });`);
      assert.deepEqual([run.code, run.signal, run.stderr], [130, null, ""], run.stdout);
    },
  },
  {
    title: "what a future wrote until SIGINT stopped it is shown",
    tags: ["script"],
    needs: ["parallel"],
    run: async (ctx) => {
      const run = await ctx.runScript(`${head}
        ${patient}
        let begin;
        const begun = new Promise((done) => (begin = done));
        void Promise.all([begun, listening()]).then(interrupt);
        const progress = ({ done }) => { if (done > 0) begin() };
        await fp.futureMap([1], () => { const stopped = untilStopped(); fp.currentFuture().progress(0.5); return stopped }, { progress });`);
      const stdout = "running\nasked AbortError: This future was asked to stop (SIGINT).\n";
      assert.deepEqual(run, { code: 130, signal: null, stdout, stderr: "" });
    },
  },
  {
    title: "a second SIGINT ends the process at once, however long the grace of its futures is",
    tags: ["script"],
    needs: ["parallel"],
    run: async (ctx) => {
      const run = await ctx.runScript(`${head}
        fp.plan(fp.tweak(fp.plan()[0], { grace: 3_600_000 }));
        const up = prints("running");
        void Promise.all([up, listening()]).then(interrupt);
        const f = fp.future(() => { void untilStopped().catch(() => undefined); return new Promise((done) => setTimeout(done, 1e8)) }, { output: "live" });
        void prints("asked").then(interrupt);
        await f.then(undefined, () => console.log("waited"));`);
      assert.deepEqual([run.code, run.signal], [null, "SIGINT"], run.stderr);
      assert.doesNotMatch(run.stdout, /waited/);
    },
  },
]);
