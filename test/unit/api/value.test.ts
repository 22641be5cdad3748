/** Containers of futures; the futures run at home, under `sequential`, or are answered by the test. */

import { beforeEach, describe, expect, test } from "vitest";
import { future } from "../../../src/api/future.ts";
import { outcome } from "../../../src/api/outcome.ts";
import { plan } from "../../../src/api/plan.ts";
import { resolve } from "../../../src/api/resolve.ts";
import { resolved } from "../../../src/api/resolved.ts";
import { value } from "../../../src/api/value.ts";
import { OptionInvalid } from "../../../src/errors/errors.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";
import { fail, finish, memoryPlanOfEachTest } from "../core/memoryBackend.ts";

beforeEach(() => {
  plan(sequential());
});

describe("shapes", () => {
  test("what is no future is its own value", async () => {
    const date = new Date(0);
    const view = new Float64Array(2);
    expect(await value(3)).toBe(3);
    expect(await value("text")).toBe("text");
    expect(await value(null)).toBe(null);
    expect(await value(date)).toBe(date);
    expect(await value(view)).toBe(view);
  });

  test("arrays, objects, Map, Set and iterables keep their shape, nested as they are", async () => {
    const one = future(() => 1);
    const two = future(() => 2);
    expect(await value([one, [two, 3]])).toEqual([1, [2, 3]]);
    expect(await value({ a: one, b: { c: two } })).toEqual({ a: 1, b: { c: 2 } });
    expect(
      await value(
        new Map([
          ["x", one],
          ["y", two],
        ]),
      ),
    ).toEqual(
      new Map([
        ["x", 1],
        ["y", 2],
      ]),
    );
    expect([...(await value(new Set([two, one])))]).toEqual([2, 1]);
    const generator = (function* () {
      yield one;
      yield two;
    })();
    expect(await value(generator)).toEqual([1, 2]);
  });

  test("promises inside are awaited, instances of classes pass as they are", async () => {
    class Box {
      readonly inner = 1;
    }
    const box = new Box();
    const result = await value({ p: Promise.resolve(5), box });
    expect(result.p).toBe(5);
    expect(result.box).toBe(box);
  });

  test("the same future twice, and cycles, keep their identity", async () => {
    const f = future(() => ({ made: true }));
    const cyclic: { f: typeof f; again: typeof f; self?: unknown } = { f, again: f };
    cyclic.self = cyclic;
    const result = (await value(cyclic)) as unknown as { f: object; again: object; self: unknown };
    expect(result.self).toBe(result);
    expect(result.again).toBe(result.f);
  });

  test("a key named __proto__ stays a key", async () => {
    const given: unknown = JSON.parse('{"__proto__": 1}');
    expect(Object.keys((await value(given)) as object)).toEqual(["__proto__"]);
  });

  test("the value of a future is not looked into", async () => {
    const inner = { list: [1, 2] };
    expect(await value(future(() => inner))).toEqual({ list: [1, 2] });
  });
});

describe("folding", () => {
  test("reduces the values in order, from the first or from initial", async () => {
    const fs = [3, 1, 2].map((n) => future((x) => x, [n]));
    expect(await value(fs, { reduce: (a: string, b: number) => `${a}${b}`, initial: ">" })).toBe(">312");
    expect(await value(fs, { reduce: (a, b) => a - b })).toBe(0);
  });

  test("folds the elements of objects and maps, nested ones as their shape", async () => {
    expect(await value({ a: future(() => 1), b: 2 }, { reduce: (a, b) => a + b })).toBe(3);
    expect(await value(new Map([["k", [future(() => 1)]]]), { reduce: (a: number, b) => a + b.length, initial: 10 })).toBe(11);
  });

  test("an empty container gives initial, or is refused", async () => {
    const empty: number[] = [];
    expect(await value(empty, { reduce: (a, b) => a + b, initial: 7 })).toBe(7);
    await expect(value(empty, { reduce: (a, b) => a + b })).rejects.toThrow(OptionInvalid);
  });

  test("out of order starts from initial too", async () => {
    const fs = [1, 2, 3, 4].map((n) => future((x) => x, [n]));
    expect(await value(fs, { reduce: (a, b) => a + b, initial: 100, inOrder: false })).toBe(110);
  });
});

describe("options", () => {
  test("that do not exist or do not fit are refused", async () => {
    await expect(value([], { inorder: true } as never)).rejects.toThrow('value() has no option "inorder"');
    await expect(value([], { reduce: 1 } as never)).rejects.toThrow('Option "reduce" of value() must be a function');
  });
});

describe("errors", () => {
  const memory = memoryPlanOfEachTest();

  test("the first to fail cancels those after it, and those before it are waited for", async () => {
    const fs = [0, 1, 2].map((n) => future((x) => x, [n]));
    const all = value(fs);
    const tasks = await Promise.all([0, 1, 2].map((n) => memory.task(n)));
    const [first, second, third] = tasks as [(typeof tasks)[0], (typeof tasks)[0], (typeof tasks)[0]];
    const stopped = new Promise<void>((resolveStop) => {
      const backend = memory.opened[0];
      if (backend === undefined) throw new Error("not opened");
      backend.stop = (task, reason) => {
        task.events.stopped(reason, false);
        resolveStop();
      };
    });
    fail(second, "second");
    await stopped;
    expect(fs.map((f) => f.state)).toEqual(["queued", "failed", "canceled"]);
    finish(first, 0);
    await expect(all).rejects.toBe("second");
    expect(third.future).toBe(fs[2]?.id);
  });

  test("the error with the lowest index wins, whenever it comes", async () => {
    const all = value([0, 1].map((n) => future((x) => x, [n])));
    fail(await memory.task(1), "second");
    fail(await memory.task(0), "first");
    await expect(all).rejects.toBe("first");
  });

  test("cancel: false leaves the others running", async () => {
    const fs = [0, 1].map((n) => future((x) => x, [n]));
    const all = value(fs, { cancel: false });
    fail(await memory.task(0), "first");
    await expect(all).rejects.toBe("first");
    expect(memory.opened[0]?.stops).toEqual([]);
    finish(await memory.task(1), 1);
    expect(await fs[1]).toBe(1);
  });

  test("resolve waits for all and throws nothing; resolved tells without waiting", async () => {
    const fs = { a: future(() => 1), b: [future(() => 2, { lazy: true })] };
    expect(resolved(fs)).toBe(false);
    fail(await memory.task(0), "first");
    finish(await memory.task(1), 2);
    await resolve(fs);
    expect(resolved(fs)).toBe(true);
    expect((await outcome(fs.a)).status).toBe("failed");
  });
});
