/** Workers that die: the future settles, the worker is replaced, nobody else notices. */

import type { Case, Context, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { withSmallHeap } from "../host/withSmallHeap.ts";
import { future, outcome, tweak, value, withPlan, WorkerLost } from "../../index.ts";

/** After whatever happened: many futures on the same plan, so that every worker gets some. */
async function stillWorks(): Promise<void> {
  const many = Array.from({ length: 10 }, (_, i) => future((n: number) => n * 2, [i]));
  assert.deepEqual(
    await value(many),
    Array.from({ length: 10 }, (_, i) => i * 2),
  );
}

async function loses(fn: () => unknown, check: (error: WorkerLost) => void = () => undefined): Promise<void> {
  const f = future(fn, { label: "the lost one" });
  await assert.rejects(value(f), (error) => {
    assert.ok(error instanceof WorkerLost, String(error));
    assert.equal(error.label, "the lost one");
    assert.match(error.message, /the lost one/);
    assert.notEqual(error.worker, "");
    check(error);
    return true;
  });
  assert.equal((await outcome(f)).status, "failed");
  await stillWorks();
}

const fillMemory = (): never => {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from<number>({ length: 100_000 }).fill(kept.length));
};

function isOutOfMemory({ message }: WorkerLost): void {
  assert.match(message, /ran out of memory while it ran future "the lost one"/);
  assert.match(message, /--max-old-space-size/);
  assert.doesNotMatch(message, /retries/);
}

const exits: readonly Definition[] = [
  {
    title: "process.exit() ends the worker, with its code",
    needs: ["isolated"],
    run: () =>
      loses(
        () => process.exit(3),
        (error) => assert.equal(error.exitCode, 3),
      ),
  },
  {
    title: "process.exit() after an await",
    needs: ["isolated"],
    run: () =>
      loses(async () => {
        await new Promise((done) => setTimeout(done, 1));
        process.exit();
      }),
  },
  {
    title: "kill -9",
    needs: ["processes"],
    run: () =>
      loses(
        async () => {
          process.kill(process.pid, "SIGKILL");
          await new Promise(() => undefined);
        },
        (error) => assert.equal(error.signal, "SIGKILL"),
      ),
  },
  {
    title: "process.abort(), with its last words",
    needs: ["processes"],
    run: () =>
      loses(
        () => {
          process.stderr.write("about to abort\n");
          process.abort();
        },
        (error) => assert.equal(error.signal, "SIGABRT"),
      ),
  },
  {
    title: "what a worker wrote last on standard error is in the error",
    needs: ["processes"],
    run: () =>
      loses(
        async () => {
          const { writeSync } = await import("node:fs");
          writeSync(2, "famous last words\n");
          process.kill(process.pid, "SIGKILL");
          await new Promise(() => undefined);
        },
        (error) => assert.match(`${error.stderr}${error.message}`, /famous last words/),
      ),
  },
  {
    title: "out of memory, which the error says, with what to do",
    needs: ["isolated"],
    run: (ctx) => {
      const small = tweak(ctx.single, { env: { NODE_OPTIONS: "--max-old-space-size=64" } });
      return withSmallHeap(() => withPlan(small, () => loses(fillMemory, isOutOfMemory)));
    },
  },
];

const strays: readonly Definition[] = [
  [
    "an error thrown from a timer",
    (): Promise<never> =>
      new Promise(() =>
        setTimeout(() => {
          throw new RangeError("stray");
        }, 1),
      ),
  ],
  ["a rejection that nobody handles", (): Promise<never> => new Promise(() => void Promise.reject(new RangeError("stray")))],
  [
    "an error event that nobody handles",
    async (): Promise<never> => {
      const { EventEmitter } = await import("node:events");
      return new Promise(() => setImmediate(() => new EventEmitter().emit("error", new RangeError("stray"))));
    },
  ],
].map(([what, fn]) => ({
  title: `${String(what)} settles the future that was running`,
  needs: ["isolated"],
  run: async (): Promise<void> => {
    assert.ok(typeof fn === "function");
    const error: unknown = await value(future(() => fn())).then(assert.fail, (reason: unknown) => reason);
    assert.ok(error instanceof Error);
    assert.match(`${error.message} ${String(error.cause)}`, /stray/);
    await stillWorks();
  },
}));

export const losses: readonly Case[] = define("loss", [
  ...exits,
  ...strays,
  {
    title: "futures queued behind the lost one run",
    needs: ["isolated"],
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        const bad = future(() => process.exit(1));
        const rest = Array.from({ length: 50 }, (_, i) => future((n: number) => n, [i]));
        await assert.rejects(value(bad), WorkerLost);
        assert.deepEqual(
          await value(rest),
          Array.from({ length: 50 }, (_, i) => i),
        );
        const attempts = await Promise.all(rest.map(async (f) => (await outcome(f)).attempts));
        assert.ok(
          attempts.every((n) => n === 1),
          "none of them counts as run twice",
        );
      }),
  },
  {
    title: "futures queued behind many that end their workers run",
    needs: ["isolated"],
    run: (ctx) =>
      withPlan(ctx.single, async () => {
        await value(Array.from({ length: 500 }, (_, i) => future((n: number) => n, [i]))); // so quick that they are sent ahead from now on
        const bad = Array.from({ length: 5 }, () => future(() => process.exit(1)));
        const rest = Array.from({ length: 40 }, (_, i) => future((n: number) => n, [i]));
        for (const f of bad) await assert.rejects(value(f), WorkerLost);
        assert.deepEqual(
          await value(rest),
          Array.from({ length: 40 }, (_, i) => i),
        );
      }),
  },
  {
    title: "one worker after the other may be lost",
    needs: ["isolated"],
    run: async () => {
      for (let i = 0; i < 4; i++) await assert.rejects(value(future(() => process.exit(1))), WorkerLost);
      await stillWorks();
    },
  },
  {
    title: "a nested worker that is lost fails the inner future only",
    needs: ["isolated"],
    run: (ctx: Context) =>
      withPlan([ctx.single, ctx.single], async () => {
        const outer = future(async () => {
          const tag = await value(future(() => process.exit(1))).then(
            () => "no error",
            (error: unknown) => error instanceof Error && error.name,
          );
          return [tag, await value(future(() => 1))];
        });
        assert.deepEqual(await value(outer), ["WorkerLost", 1]);
      }),
  },
  {
    title: "replaced built-ins do not keep the outcome from coming home",
    needs: ["isolated"],
    run: async (ctx) => {
      const f = future(() => {
        const nothing = (): boolean => true;
        process.stdout.write = nothing;
        process.stderr.write = nothing;
        Object.assign(console, { log: nothing, error: nothing });
        Object.assign(process, { send: nothing, exit: nothing, emit: nothing, nextTick: nothing });
        Object.assign(globalThis, { setTimeout: nothing, queueMicrotask: nothing, structuredClone: nothing });
        return 7;
      });
      await withPlan(ctx.single, async () => assert.equal(await value(f), 7));
    },
  },
  {
    title: "process.exitCode of a future is of no consequence",
    needs: ["isolated"],
    run: async () => {
      const f = future(() => {
        process.exitCode = 9;
        return 1;
      });
      assert.equal(await value(f), 1);
      assert.notEqual(process.exitCode, 9);
    },
  },
]);
