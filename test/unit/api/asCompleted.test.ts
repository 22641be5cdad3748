import { expect, test } from "vitest";
import { asCompleted } from "../../../src/api/asCompleted.ts";
import { future } from "../../../src/api/future.ts";
import { outcome } from "../../../src/api/outcome.ts";
import { Future } from "../../../src/core/Future.ts";
import { fail, finish, memoryPlanOfEachTest } from "../core/memoryBackend.ts";

const memory = memoryPlanOfEachTest();

test("gives futures, not values, in the order in which they settle, whatever their end", async () => {
  const fs = ["a", "b", "c"].map((label) => future(() => 1, { label, lazy: true }));
  const completed = asCompleted(fs);
  fail(await memory.task(2), "c");
  const first = await completed.next();
  finish(await memory.task(0), 1);
  finish(await memory.task(1), 2);
  const rest: Future<number>[] = [];
  for await (const f of completed) {
    expect(f).toBeInstanceOf(Future);
    rest.push(f);
  }
  if (first.done) throw new Error("nothing came");
  expect([first.value, ...rest].map((f) => f.label)).toEqual(["c", "a", "b"]);
  expect((await outcome(first.value)).status).toBe("failed");
});

test("several questions at once are answered in turn, and the last ones with the end", async () => {
  const completed = asCompleted([future(() => 1, { label: "only" })]);
  const answers = Promise.all([completed.next(), completed.next()]);
  finish(await memory.task(0), 1);
  expect((await answers).map(({ done }) => done)).toEqual([false, true]);
});

test("leaving the loop ends it", async () => {
  const fs = [future(() => 1), future(() => 2)];
  finish(await memory.task(0), 1);
  const completed = asCompleted(fs);
  for await (const f of completed) {
    expect(f).toBe(fs[0]);
    break;
  }
  expect(await completed.next()).toEqual({ value: undefined, done: true });
  finish(await memory.task(1), 2);
  await fs[1];
});

test("nothing completes at once", async () => {
  expect(await asCompleted([]).next()).toEqual({ value: undefined, done: true });
});
