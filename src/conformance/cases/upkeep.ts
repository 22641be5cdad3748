/** Workers between futures: put back as they were, set up, replaced. */

// oxlint-disable no-console -- what is written is what is tested

import type { Case, Context } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, tweak, value, withPlan, workerLocal } from "../../index.ts";

const onOne = (ctx: Context, body: () => Promise<unknown>): Promise<unknown> => withPlan(ctx.single, body);

export const puttingBack: readonly Case[] = define("upkeep", [
  {
    title: "environment variables are put back",
    needs: ["parallel"],
    run: (ctx) =>
      onOne(ctx, async () => {
        const read = (): unknown => [process.env["CONFORMANCE_NEW"], process.env["PATH"], Object.keys(process.env).includes("HOME")];
        const before = await value(future(read));
        await value(
          future(() => {
            process.env["CONFORMANCE_NEW"] = "1";
            process.env["PATH"] = "/changed";
            delete process.env["HOME"];
            Object.assign(process.env, { CONFORMANCE_NEW2: "2" });
          }),
        );
        assert.deepEqual(await value(future(read)), before);
        assert.equal(await value(future(() => process.env["CONFORMANCE_NEW2"])), undefined);
      }),
  },
  {
    title: "changes of the environment hold within the future and do not reach home",
    needs: ["parallel"],
    run: (ctx) =>
      onOne(ctx, async () => {
        const f = future(async () => {
          process.env["CONFORMANCE_NEW"] = "1";
          await Promise.resolve();
          return [process.env["CONFORMANCE_NEW"], "CONFORMANCE_NEW" in process.env];
        });
        assert.deepEqual([await value(f), process.env["CONFORMANCE_NEW"]], [["1", true], undefined]);
      }),
  },
  {
    title: "the working directory is put back",
    needs: ["parallel", "chdir"],
    run: (ctx) =>
      onOne(ctx, async () => {
        const before = await value(future(() => process.cwd()));
        assert.equal(await value(future(() => (process.chdir("/"), process.cwd()))), "/");
        assert.equal(await value(future(() => process.cwd())), before);
      }),
  },
  {
    title: "properties of globalThis are put back: added, changed and deleted ones",
    needs: ["parallel"],
    run: (ctx) =>
      onOne(ctx, async () => {
        const read = (): unknown => [
          "added" in globalThis,
          "defined" in globalThis,
          "sloppy" in globalThis,
          typeof globalThis.setTimeout,
          typeof globalThis.URL,
          globalThis.Math.max(1, 2),
        ];
        const before = await value(future(read));
        await value(
          future(() => {
            Object.assign(globalThis, { added: 1, setTimeout: 5 });
            Object.defineProperty(globalThis, "defined", { value: 1, configurable: true });
            Reflect.deleteProperty(globalThis, "URL");
            new Function("sloppy = 1")();
          }),
        );
        assert.deepEqual(await value(future(read)), before);
      }),
  },
  {
    title: "timers that a future leaves behind are reported with its label, and harm nobody",
    needs: ["parallel"],
    run: (ctx) =>
      onOne(ctx, async () => {
        const seen = await ctx.captureOutput(async () => {
          const f = future(
            () => {
              setInterval(() => {
                throw new Error("late");
              }, 3);
              return 1;
            },
            { label: "messy" },
          );
          assert.equal(await value(f), 1);
          const after = Array.from({ length: 5 }, (_, i) => future(() => new Promise((done) => setTimeout(done, 5, i))));
          assert.deepEqual(await value(after), [0, 1, 2, 3, 4]);
        });
        assert.match(`${seen.warnings.map((warning) => warning.message).join()} ${seen.stderr}`, /messy[^]*(Timeout|timer|Interval)/i);
      }),
  },
  {
    title: "a server that a future leaves behind is reported",
    needs: ["parallel"],
    run: (ctx) =>
      onOne(ctx, async () => {
        const seen = await ctx.captureOutput(async () => {
          const f = future(
            async () => {
              const { createServer } = await import("node:net");
              const server = createServer();
              await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
            },
            { label: "open door" },
          );
          await value(f);
          assert.equal(await value(future(() => 1)), 1);
        });
        assert.match(`${seen.warnings.map((warning) => warning.message).join()} ${seen.stderr}`, /open door/);
      }),
  },
  {
    title: "a future that leaves nothing behind is not reported",
    run: async (ctx) => {
      const seen = await ctx.captureOutput(() =>
        value(
          future(async () => {
            await new Promise((done) => setTimeout(done, 1));
            await new Promise((done) => setImmediate(done));
            clearTimeout(setTimeout(() => undefined, 10_000));
          }),
        ),
      );
      assert.deepEqual([seen.warnings, seen.pieces], [[], []]);
    },
  },
  {
    title: "nor is one for what Node loads at first use",
    run: async (ctx) => {
      const looking = () => typeof globalThis.FormData;
      const fetching = async (): Promise<string> => (await globalThis.fetch("data:,text")).text();
      const seen = await ctx.captureOutput(() =>
        withPlan(ctx.single, async () => {
          assert.deepEqual(await value([future(looking), future(fetching), future(looking)]), ["function", "text", "function"]);
        }),
      );
      assert.deepEqual([seen.warnings, seen.pieces], [[], []]);
    },
  },
]);

export const settings: readonly Case[] = define("upkeep", [
  {
    title: "env and cwd of the plan hold in its workers",
    needs: ["parallel"],
    run: (ctx) => {
      const cwd = ctx.directory();
      return withPlan(tweak(ctx.single, { env: { CONFORMANCE_PLAN: "yes" }, ...(ctx.capabilities.chdir ? { cwd } : {}) }), async () => {
        assert.equal(await value(future(() => process.env["CONFORMANCE_PLAN"])), "yes");
        if (ctx.capabilities.chdir) assert.equal(await value(future(() => process.cwd())), cwd);
        assert.equal(process.env["CONFORMANCE_PLAN"], undefined);
      });
    },
  },
  {
    title: "setup runs once in each new worker, with what it captures, before the first future",
    needs: ["parallel"],
    run: async (ctx) => {
      const start = { n: 40 };
      const setup = (): void => {
        Object.assign(globalThis, { conformanceSetup: (Reflect.get(globalThis, "conformanceSetup") ?? start.n) + 1 });
      };
      const read = (): unknown => Reflect.get(globalThis, "conformanceSetup");
      await withPlan(tweak(ctx.single, { setup }), async () => {
        assert.deepEqual([await value(future(read)), await value(future(read))], [41, 41]);
      });
    },
  },
  {
    title: "an asynchronous setup is awaited",
    needs: ["parallel"],
    run: async (ctx) => {
      const setup = async (): Promise<void> => {
        await new Promise((done) => setTimeout(done, 5));
        Object.assign(globalThis, { conformanceSetup: "ready" });
      };
      assert.equal(
        await withPlan(tweak(ctx.single, { setup }), () => value(future(() => Reflect.get(globalThis, "conformanceSetup")))),
        "ready",
      );
    },
  },
  {
    title: "a setup that fails is what futures of the plan fail with",
    needs: ["parallel"],
    run: async (ctx) => {
      const setup = (): void => {
        throw new RangeError("setup broke");
      };
      const error: unknown = await withPlan(tweak(ctx.single, { setup }), () => value(future(() => 1))).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof Error);
      assert.match(`${error.message} ${String(error.cause)}`, /setup broke/);
    },
  },
  {
    title: "a worker is replaced after maxFutures",
    needs: ["parallel"],
    run: async (ctx) => {
      const id = workerLocal(() => Math.random());
      const ids: number[] = [];
      await withPlan(tweak(ctx.single, { maxFutures: 2 }), async () => {
        for (let i = 0; i < 6; i++) ids.push(await value(future(() => id.get())));
      });
      assert.deepEqual([ids[0] === ids[1], ids[2] === ids[3], ids[4] === ids[5], new Set(ids).size], [true, true, true, 3]);
    },
  },
  {
    title: "a worker that grew beyond maxMemory is replaced between futures",
    needs: ["isolated"],
    run: async (ctx) => {
      const id = workerLocal(() => Math.random());
      await withPlan(tweak(ctx.single, { maxMemory: 1 }), async () => {
        const ids = [await value(future(() => id.get())), await value(future(() => id.get()))];
        assert.notEqual(ids[0], ids[1]);
      });
    },
  },
  {
    title: "numeric libraries are told to use one thread",
    needs: ["processes"],
    run: async () => {
      const names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "RAYON_NUM_THREADS"];
      const told = await value(future(() => names.map((name) => process.env[name])));
      assert.deepEqual(
        told,
        names.map((name) => process.env[name] ?? "1"),
      );
    },
  },
]);
