/** What only a whole process shows: its exit, the environment's plan, node's flags, unobserved failures. */

// oxlint-disable no-console -- what is written is what is tested

import type { ScriptOptions } from "../host/runScript.ts";
import type { Case, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert, createServer, once } from "../host/builtins.ts";

/** A script that must end by itself with code 0 and print exactly this. */
interface Script {
  readonly title: string;
  readonly source: string;
  readonly prints: string;
  readonly options?: ScriptOptions;
}

const show = `const show = (x) => console.log(JSON.stringify(x));`;

const printing: readonly Script[] = [
  { title: "a script with an idle plan ends by itself", source: `console.log(await fp.value(fp.future(() => 1)));`, prints: "1\n" },
  { title: "a plan that is not used does not keep the process", source: `console.log("end");`, prints: "end\n" },
  {
    title: "a pending future keeps the process alive",
    source: `fp.future(() => new Promise((done) => setTimeout(done, 200, "late"))).then((v) => console.log(v));`,
    prints: "late\n",
  },
  {
    title: "a lazy future that nobody asks for does not run and does not keep the process",
    source: `fp.future(() => { console.log("no"); return new Promise(() => setInterval(() => {}, 1000)) }, { lazy: true, output: "inherit" }); console.log("end");`,
    prints: "end\n",
  },
  {
    title: "code after shutdown works",
    source: `console.log(await fp.future(() => 1)); await fp.shutdown(); console.log(await fp.future(() => 2)); await fp.shutdown();`,
    prints: "1\n2\n",
  },
  {
    title: "a process may end while futures run",
    source: `fp.future(() => new Promise((done) => setTimeout(done, 60_000))); console.log("end"); process.exit(0);`,
    prints: "end\n",
  },
  {
    title: "a canceled future does not keep the process",
    source: `const f = fp.future(() => new Promise((done) => { const t = setTimeout(done, 60_000); fp.currentFuture().signal.addEventListener("abort", () => clearTimeout(t)) })); fp.cancel(f); console.log((await fp.outcome(f)).status !== "finished");`,
    prints: "true\n",
  },
  {
    title: "a script given on the command line captures",
    source: `const n = 4; const f = (x) => x * n; console.log(await fp.future(() => f(2)));`,
    prints: "8\n",
    options: { inline: true },
  },
  {
    title: "capture works with frozen intrinsics",
    source: `const n = 4; class A { m() { return n } } console.log(await fp.future(() => new A().m()));`,
    prints: "4\n",
    options: { execArgv: ["--frozen-intrinsics", "--no-warnings"] },
  },
  {
    title: "capture works where code generation from strings is forbidden",
    source: `const n = 4; const f = (x) => x + n; console.log(await fp.future(() => f(1)));`,
    prints: "5\n",
    options: { execArgv: ["--disallow-code-generation-from-strings"] },
  },
  {
    title: "capture works while a debugger may attach",
    source: `const n = 4; const f = (x) => x + n; console.log(await fp.future(() => f(1)));`,
    prints: "5\n",
    options: { execArgv: ["--inspect=127.0.0.1:0"] },
  },
  {
    title: "an explicit list of globals needs no search",
    source: `const n = 4; console.log(await fp.future(() => n + 1, { globals: { n } }));`,
    prints: "5\n",
  },
  {
    title: "FUTURE_PLAN sets the starting plan, with strata",
    source: `${show} show(fp.plan().map((s) => [s.backend, s.options.workers ?? null])); show(await fp.future(() => fp.plan().map((s) => s.backend)));`,
    prints: `[["sequential",null],["multicore",2]]\n["multicore"]\n`,
    options: { setPlan: false, env: { FUTURE_PLAN: "sequential,multicore:2" } },
  },
  {
    title: "plan() in the script wins over FUTURE_PLAN",
    source: `fp.plan("sequential"); console.log(fp.plan()[0].backend, await fp.future(() => 2));`,
    prints: "sequential 2\n",
    options: { setPlan: false, env: { FUTURE_PLAN: "multisession:2" } },
  },
  {
    title: "FUTURE_PLAN is not inherited by futures",
    source: `console.log(await fp.future(() => fp.plan().map((s) => s.backend).join()));`,
    prints: "sequential\n",
    options: { env: { FUTURE_PLAN: "multisession:2,multisession:2" } },
  },
  {
    title: "FUTURE_WORKERS sets the default number of workers",
    source: `fp.plan("multicore"); console.log(fp.nbrOfWorkers());`,
    prints: "1\n",
    options: { setPlan: false, env: { FUTURE_WORKERS: "1" } },
  },
  {
    title: "idle workers that ended are started again",
    source: `if (fp.plan()[0].backend !== "sequential") fp.plan(fp.tweak(fp.plan()[0], { idleTimeout: 20 })); console.log(await fp.future(() => 1)); await new Promise((done) => setTimeout(done, 200)); console.log(await fp.future(() => 2));`,
    prints: "1\n2\n",
  },
];

/** A future that fails and that nobody asks. */
const forgotten = `const f = fp.future(() => { throw new Error("nobody cares") }, { label: "forgotten" }); await fp.resolve(f);`;

/** Ends that the program, or whoever starts it, decides on: what it does, with which variables, and its code. */
const ownEnds: readonly (readonly [source: string, env: Readonly<Record<string, string>>, code: number])[] = [
  [`process.exitCode = 0;`, {}, 0],
  [`process.exitCode = 7;`, {}, 7],
  [`process.exit(0);`, {}, 0],
  [``, { FUTURE_UNOBSERVED: "warn" }, 0],
];

const scripted = ({ title, source, prints, options }: Script): Definition => ({
  title,
  tags: ["script"],
  run: async (ctx): Promise<void> => {
    const run = await ctx.runScript(source, options);
    assert.deepEqual([run.stdout, run.code, run.signal], [prints, 0, null], run.stderr);
  },
});

export const scripts: readonly Case[] = define("exit", [
  ...printing.map(scripted),
  {
    title: "an uncaught failure ends the script with code 1 and shows message, line and where the future was made",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(`const f = fp.future(() => {\n  throw new RangeError("shown at the end");\n});\nawait fp.value(f);`);
      assert.equal(run.code, 1);
      assert.match(run.stderr, /RangeError: shown at the end[^]*script\.mjs:\d+/);
    },
  },
  {
    title: "a failure that nobody asked for is no unhandled rejection, is reported once, at exit, and makes the exit code 1",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(`${forgotten} console.log("end");`);
      assert.deepEqual([run.code, run.stdout], [1, "end\n"], run.stderr);
      assert.equal(run.stderr.split("forgotten").length, 2, run.stderr);
      assert.match(run.stderr, /FUTURE_UNOBSERVED=warn/);
    },
  },
  {
    title: "a failure that nobody asked for is reported, but leaves an exit code alone that the program sets",
    tags: ["script"],
    run: async (ctx) => {
      for (const [source, env, code] of ownEnds) {
        const run = await ctx.runScript(`${forgotten} ${source}`, { env });
        assert.equal(run.code, code, `${source} ${run.stderr}`);
        assert.match(run.stderr, /forgotten/);
        assert.doesNotMatch(run.stderr, /exit code/);
      }
    },
  },
  {
    title: "futures that were canceled, interrupted or ran out of time leave the exit code alone, and so do those of futures",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(`
        const endless = () => new Promise((_, fail) => { const timer = setTimeout(fail, 60_000); fp.currentFuture().signal.addEventListener("abort", () => { clearTimeout(timer); fail(new Error("stopped")) }) });
        const running = fp.future(endless), lazy = fp.future(endless, { lazy: true }), late = fp.future(endless, { timeout: 50 });
        fp.cancel(running); fp.cancel(lazy); await fp.resolve([running, late]);
        console.log(await fp.future(async () => { await fp.resolve(fp.future(() => { throw new Error("inner") })); return 1 }));
        await fp.shutdown();`);
      assert.deepEqual([run.code, run.stdout], [0, "1\n"], run.stderr);
    },
  },
  {
    title: "a failure that somebody caught is not reported",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(
        `const make = () => fp.future(() => { throw new Error("x") }); await fp.value(make()).catch(() => {}); await fp.outcome(make()); console.log("end");`,
      );
      assert.deepEqual([run.code, run.stdout, run.stderr], [0, "end\n", ""]);
    },
  },
  {
    title: "a wrong FUTURE_PLAN is refused, naming the variable, the value and what is allowed",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(`await fp.value(fp.future(() => 1));`, { setPlan: false, env: { FUTURE_PLAN: "multicoar:2" } });
      assert.equal(run.code, 1);
      assert.match(run.stderr, /PlanInvalid[^]*FUTURE_PLAN[^]*multicoar[^]*multisession/);
    },
  },
  {
    title: "without an inspector, explicit globals work and the search says so",
    tags: ["script"],
    run: async (ctx) => {
      const source = `const n = 4; console.log(await fp.future(() => n + 1, { globals: { n } })); await fp.future(() => n).then(() => console.log("found"), (e) => console.log(e.name, /globals/.test(e.message)));`;
      const run = await ctx.runScript(source, { execArgv: withoutInspector() });
      assert.deepEqual([run.stdout, run.code], ["5\nNotPortable true\n", 0], run.stderr);
    },
  },
  {
    title: "without an inspector, what only that can tell is refused, and nothing is taken for something else",
    tags: ["script"],
    run: async (ctx) => {
      const source = `
        class Private { #x = 1; get x() { return this.#x; } }
        class Static { static #x = 1; static x() { return Static.#x; } }
        class Plain { y = 1; get() { return this.y; } }
        let n = 0, up = () => ++n, down = () => --n;
        const own = { x: 1, arrow() { return () => this.x; }, rest() { return () => arguments[0]; } };
        const told = (v) => v.x ?? v.get?.() ?? v();
        const each = async (value, globals = {}) => {
          for (const run of [() => fp.future(told, [value], { globals }), () => fp.futureMap([value], told, { globals })])
            await run().then((v) => console.log("value", String(v)), (e) => console.log(e.name, /inspector|Proxy|may share/.test(e.message)));
        };
        for (const value of [new Private(), Static, new Proxy({ x: 1 }, {}), own.arrow(), own.rest(2), { p: Promise.resolve(1) }]) await each(value);
        await each({ x: () => 1, up, down }, { n });
        await each(new Plain());
      `;
      const run = await ctx.runScript(source, { execArgv: withoutInspector() });
      assert.deepEqual([run.stdout, run.code], [`${"NotPortable true\n".repeat(14)}value 1\nvalue 1\n`, 0], run.stderr);
    },
  },
  {
    title: "nothing is left after shutdown: no handle keeps the process",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(
        `await fp.future(() => 1); await fp.shutdown(); await new Promise((done) => setImmediate(done)); console.log(JSON.stringify(process.getActiveResourcesInfo().filter((x) => !/^(Pipe|TTY|Immediate)/.test(x) )));`,
      );
      assert.deepEqual([run.stdout, run.code], ["[]\n", 0], run.stderr);
    },
  },
  {
    title: "workers end when their home is killed",
    tags: ["script"],
    needs: ["processes"],
    run: async (ctx) => {
      const { port, ended } = await untilGone();
      const source = `fp.future(async () => { const { connect } = await import("node:net"); const socket = connect(${port}, "127.0.0.1"); await new Promise((done) => socket.on("connect", done)); console.log("up"); await new Promise(() => undefined) }, { output: "live" });
        const write = process.stdout.write; process.stdout.write = (...args) => { process.kill(process.pid, "SIGKILL"); return write.apply(process.stdout, args) }; console.log = process.stdout.write; await new Promise((done) => setTimeout(done, 10_000));`;
      const run = await ctx.runScript(source);
      assert.equal(run.signal, "SIGKILL");
      await ended;
    },
  },
  {
    title: "workers that are blocked in a loop end when their home is killed",
    tags: ["script"],
    needs: ["processes"],
    run: async (ctx) => {
      for (const signal of ["SIGTERM", "SIGKILL"]) {
        const { port, ended } = await untilGone();
        const run = await ctx.runScript(
          `const home = process.pid;
          await fp.future(async () => {
            const { connect } = await import("node:net");
            const socket = connect(${port}, "127.0.0.1");
            await new Promise((done) => socket.on("connect", done));
            process.kill(home, "${signal}");
            for (;;);
          });`,
        );
        assert.equal(run.signal, signal);
        await ended;
      }
    },
  },
  {
    title: "a console method kept before the first future is known after console was changed",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(
        `const { log } = console; console.log = (text) => log("changed:", text); await fp.value(fp.future(() => log("kept")));`,
      );
      assert.deepEqual([run.stdout, run.code], ["changed: kept\n", 0], run.stderr);
    },
  },
]);

/** A port of this machine; `ended` resolves when the process that connects to it has ended. */
async function untilGone(): Promise<{ port: number; ended: Promise<unknown> }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  const ended = once(server, "connection").then(async ([socket]) => {
    await once(socket.resume(), "close");
    server.close();
  });
  return { port: address.port, ended };
}

function withoutInspector(): readonly string[] {
  const flags = process.allowedNodeEnvironmentFlags;
  const flag = flags.has("--permission") ? "--permission" : "--experimental-permission";
  const net = flags.has("--allow-net") ? ["--allow-net"] : []; // Node 26 asks for it before a process may have a channel
  return [flag, "--no-warnings", "--allow-fs-read=*", "--allow-fs-write=*", "--allow-child-process", "--allow-worker", ...net];
}
