/** Output and warnings: what is written in a future appears at home as if it had been written there, in order, once. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert, format, once } from "../host/builtins.ts";
import { future, outcome, resolve, tweak, value, withPlan } from "../../index.ts";

const lazy = [false, true] as const;

/** Each writes something; relayed, it must look exactly as when run at home. */
const writers: Readonly<Record<string, () => unknown>> = {
  "console.log of values": () => console.log("text", 1, { a: [1, { b: new Map([["k", -0]]) }] }, null, undefined, 5n, Symbol("s")),
  "console.log with a format": () => console.log("%s is %d of %i, %j %o %% %c.", "x", 4.5, 4.5, { j: 1 }, [1], "css"),
  "percent signs in relayed text": () => {
    console.log("100%", "%s", "%d");
    console.log("%s");
    process.stdout.write("%s %d\n");
  },
  "an empty line and several lines": () => {
    console.log();
    console.log("");
    console.log("a\nb\n");
  },
  "every console method that writes": () => {
    console.info("info");
    console.debug("debug");
    console.warn("warn");
    console.error("error", new RangeError("shown").message);
    console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
    console.assert(false, "assertion");
    console.assert(true, "not shown");
    console.table([{ a: 1, b: 2 }]);
    console.count();
    console.count("x");
    console.count();
  },
  "groups with indentation": () => {
    console.group("outer");
    console.log("in");
    console.group();
    console.warn("deeper\nlines");
    console.groupEnd();
    console.log("out");
    console.groupEnd();
    console.log("done");
  },
  "stdout and stderr in turn": () => {
    for (let i = 0; i < 3; i++) {
      process.stdout.write(`out ${i} `);
      process.stderr.write(`err ${i} `);
      console.log("log");
      console.error("error");
    }
  },
  "writes of bytes, of other encodings and without newline": () => {
    process.stdout.write(Buffer.from("bytes ä "));
    process.stdout.write(new Uint8Array([104, 105, 32]));
    process.stdout.write("aGk=", "base64");
    process.stdout.write(" end");
  },
  "writes with a callback": async () => {
    await new Promise((done) => process.stdout.write("first\n", done));
    await new Promise((done) => process.stderr.write("second\n", "utf8", done));
    process.stdout.write("third\n");
  },
  "output after awaits and from timers": async () => {
    console.log(1);
    await new Promise((done) => setTimeout(done, 1));
    console.log(2);
    setTimeout(() => console.log(3), 1);
    await new Promise((done) => setTimeout(done, 10));
  },
  "a console method kept in a variable": () => {
    const { log, error } = console;
    log("kept");
    [1, 2].forEach((x) => error(x));
  },
  "much output": () => {
    for (let i = 0; i < 2000; i++) console.log(`line ${i}`);
  },
};

const relayed: readonly Definition[] = Object.entries(writers).map(([title, write]) => ({
  title: `relay shows ${title} as at home`,
  run: async (ctx): Promise<void> => {
    const atHome = await ctx.captureOutput(write);
    const relayedHere = await ctx.captureOutput(() => value(future(write)));
    assert.ok(atHome.pieces.length > 0);
    assert.deepEqual(relayedHere.pieces, atHome.pieces);
  },
}));

export const relay: readonly Case[] = define("output", [
  ...relayed,
  {
    title: "relay shows nothing before value, and then once",
    args: { lazy },
    run: async (ctx) => {
      const before = await ctx.captureOutput(async () => {
        await resolve(future(() => console.log("early"), { lazy: ctx.lazy }));
      });
      const f = future(() => console.log("once"), { lazy: ctx.lazy });
      const first = await ctx.captureOutput(() => value(f));
      const second = await ctx.captureOutput(async () => [await value(f), await f]);
      assert.deepEqual([before.stdout, first.stdout, second.stdout], ["", "once\n", ""]);
    },
  },
  {
    title: "a container's output comes in its order",
    run: async (ctx) => {
      const futures = [40, 1, 20].map((ms, i) =>
        future(() => new Promise<void>((done) => setTimeout(() => done(console.log(`number ${i}`)), ms))),
      );
      const seen = await ctx.captureOutput(() => value(new Map(futures.map((f, i) => [i, [f]]))));
      assert.equal(seen.stdout, "number 0\nnumber 1\nnumber 2\n");
    },
  },
  {
    title: "a future twice in a container shows its output once",
    run: async (ctx) => {
      const f = future(() => console.log("once"));
      assert.equal((await ctx.captureOutput(() => value([f, f]))).stdout, "once\n");
    },
  },
  {
    title: "output before an error is shown before it is thrown",
    run: async (ctx) => {
      const f = future(() => {
        console.log("last words");
        throw new Error("end");
      });
      const seen = await ctx.captureOutput(async () => {
        await value(f).catch((error: unknown) => console.log(String(error)));
      });
      assert.equal(seen.stdout, "last words\nError: end\n");
    },
  },
  {
    title: "relayed text goes through the console methods of home",
    run: async () => {
      const before = console.warn;
      const seen: unknown[] = [];
      console.warn = (...args: readonly unknown[]) => seen.push(format(...args));
      try {
        await value(future(() => console.warn("to be", { seen: true })));
      } finally {
        console.warn = before;
      }
      assert.deepEqual(seen, ["to be { seen: true }"]);
    },
  },
  {
    title: "a console method that was kept before it was replaced belongs to the future that calls it",
    run: async (ctx) => {
      const { log } = console;
      const seen = await ctx.captureOutput(() => value(future(() => log("kept"))));
      assert.equal(seen.stdout, "kept\n");
    },
  },
  {
    title: "a console method that was kept while a future ran in this thread belongs to the future that calls it",
    run: async (ctx) => {
      const [begins, ends] = ["futureplan-begins", "futureplan-ends"];
      const begun = once(process, begins);
      const running = withPlan("sequential", () =>
        future(async () => {
          const ended = once(process, ends);
          Reflect.apply(process.emit, process, [begins]);
          await ended;
        }),
      );
      await begun;
      const { log } = console;
      Reflect.apply(process.emit, process, [ends]);
      await running;
      const seen = await ctx.captureOutput(() => value(future(() => log("kept"))));
      assert.equal(seen.stdout, "kept\n");
    },
  },
  {
    title: "console.trace shows its message and where it was called, on stderr",
    run: async (ctx) => {
      const seen = await ctx.captureOutput(() => value(future(() => console.trace("traced %d", 1))));
      assert.match(seen.stderr, /^Trace: traced 1\n +at /);
    },
  },
  {
    title: "console.time tells a duration",
    run: async (ctx) => {
      const f = future(() => {
        console.time("clock");
        console.timeLog("clock", "on the way");
        console.timeEnd("clock");
      });
      assert.match((await ctx.captureOutput(() => value(f))).stdout, /^clock: .*on the way\nclock: .*\n$/);
    },
  },
  {
    title: "warnings are replayed as warnings, with name, code and message",
    args: { lazy },
    run: async (ctx) => {
      const f = future(
        () => {
          process.emitWarning("plain");
          process.emitWarning("named", { type: "OddWarning", code: "ODD1" });
          process.emitWarning(Object.assign(new Error("as error"), { name: "ErrorWarning" }));
        },
        { lazy: ctx.lazy },
      );
      const seen = await ctx.captureOutput(() => value(f));
      const told = seen.warnings.map((w) => [w.name, w.message, Reflect.get(w, "code")]);
      assert.deepEqual(told, [
        ["Warning", "plain", undefined],
        ["OddWarning", "named", "ODD1"],
        ["ErrorWarning", "as error", undefined],
      ]);
      assert.deepEqual((await ctx.captureOutput(() => value(f))).warnings, []);
    },
  },
  {
    title: "output of two futures on one worker is not mixed up",
    run: async (ctx) => {
      const futures = Array.from({ length: 20 }, (_, i) => future(() => console.log(i)));
      const seen = await ctx.captureOutput(async () => {
        await value(futures.at(7));
        await value(futures.at(3));
      });
      assert.equal(seen.stdout, "7\n3\n");
    },
  },
]);

export const modes: readonly Case[] = define("output", [
  {
    title: "discard drops console, streams and warnings",
    run: async (ctx) => {
      const f = future(
        () => {
          console.log("gone");
          process.stderr.write("gone too");
          process.emitWarning("also gone");
          return 1;
        },
        { output: "discard" },
      );
      const seen = await ctx.captureOutput(async () => assert.equal(await value(f), 1));
      const told = await outcome(f);
      assert.deepEqual([seen.pieces, seen.warnings, told.output, told.warnings], [[], [], [], []]);
    },
  },
  {
    title: "live passes output on as it comes, prefixed by the label, and value repeats none",
    run: async (ctx) => {
      const f = future(
        async () => {
          console.log("first");
          console.error("second");
          await new Promise((done) => setTimeout(done, 5));
          console.log("third");
        },
        { output: "live", label: "livewire" },
      );
      const seen = await ctx.captureOutput(() => resolve(f));
      const later = await ctx.captureOutput(() => value(f));
      assert.match(seen.stdout, /livewire.*first[^]*livewire.*third/);
      assert.match(seen.stderr, /livewire.*second/);
      assert.deepEqual(later.pieces, []);
    },
  },
  {
    title: "inherit leaves output to the worker's own streams",
    tags: ["script"],
    run: async (ctx) => {
      const run = await ctx.runScript(
        `await fp.value(fp.future(() => { console.log("straight"); console.error("through") }, { output: "inherit" })); await new Promise((done) => setTimeout(done, 100));`,
      );
      assert.deepEqual([run.code, run.stdout.includes("straight"), run.stderr.includes("through")], [0, true, true]);
    },
  },
  {
    title: "output beyond maxOutput is cut, with a note",
    run: async (ctx) => {
      const seen = await ctx.captureOutput(() =>
        withPlan(tweak(ctx.plan, { maxOutput: 2000 }), () =>
          value(
            future(() => {
              for (let i = 0; i < 10_000; i++) console.log(`line number ${i}`);
            }),
          ),
        ),
      );
      assert.ok(seen.stdout.length < 10_000, `${seen.stdout.length} characters`);
      assert.match(seen.stdout, /^line number 0\n/);
      assert.match(seen.stdout + seen.stderr + String(seen.warnings), /cut|truncat|left out|dropped|omitted|more/);
    },
  },
]);
