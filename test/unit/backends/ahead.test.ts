/** Futures that are sent before their worker is free. */

import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Backend, Task } from "../../../src/core/Backend.ts";
import { open as multicore } from "../../../src/backends/multicore.ts";
import { open as multisession } from "../../../src/backends/multisession.ts";
import type { MemoryWorker } from "./support/MemoryWorker.ts";
import { memoryPool, type MemoryPool, type MemoryPoolOptions } from "./support/memoryPool.ts";
import { contextOf, realTask, run } from "./support/realTask.ts";

/** A pool whose workers are ready and whose futures have taken so many milliseconds. */
function paced(milliseconds: number, options: MemoryPoolOptions = {}): MemoryPool {
  const made = memoryPool({ workers: 2, ...options });
  made.clock.step = milliseconds;
  const first = Array.from({ length: options.workers ?? 2 }, () => made.task());
  for (const task of first) made.pool.submit(task);
  for (const worker of made.workers) worker.ready();
  for (const { id } of first) finish(made, id);
  for (let count = 0; count < 16; count++) {
    const task = made.task();
    made.pool.submit(task);
    finish(made, task.id);
  }
  return made;
}

function finish({ workers }: MemoryPool, id: number): void {
  for (const worker of workers) if (worker.inbox.includes(id) && worker.start(id)) worker.finish(id);
}

function submit({ pool, task }: MemoryPool, count: number): Task[] {
  return Array.from({ length: count }, () => {
    const made = task();
    pool.submit(made);
    return made;
  });
}

/** What its workers have, those that are done left out. */
function inboxes({ workers, log }: MemoryPool): number[][] {
  return workers.map((worker) => worker.inbox.filter((id) => !log.includes(`${id} value undefined`)));
}

describe("tiny futures", () => {
  it("are sent ahead, several in one message", async () => {
    const made = paced(0.1);
    submit(made, 12);
    await Promise.resolve();
    expect(inboxes(made).map(({ length }) => length)).toEqual([6, 6]);
    expect(made.workers.map(({ sent }) => sent.at(-1)?.type)).toEqual(["batch", "batch"]);
  });

  it("keep their order in each worker", async () => {
    const made = paced(0.1);
    submit(made, 12);
    await Promise.resolve();
    for (const inbox of inboxes(made)) expect(inbox).toEqual(inbox.toSorted((one, other) => one - other));
  });

  it("move to a worker that is idle while another is held up", async () => {
    const made = paced(0.1);
    const tasks = submit(made, 8);
    await Promise.resolve();
    const [held] = made.workers[0]?.inbox.filter((id) => tasks.some((task) => task.id === id)) ?? [];
    if (held === undefined) throw new Error("it has one");
    made.workers[0]?.start(held);
    for (let turn = 0; turn < 20; turn++) {
      const next = inboxes(made)[1]?.[0];
      if (next !== undefined && made.workers[1]?.start(next) === true) made.workers[1]?.finish(next);
    }
    const done = tasks.filter(({ id }) => made.log.includes(`${id} value undefined`)).map(({ id }) => id);
    expect(done).toEqual(tasks.map(({ id }) => id).filter((id) => id !== held));
  });
});

it("tiny chunks of one map have nothing in common in their worker, though they had at home", async () => {
  const made = paced(0.1);
  const cell = { v: 0 };
  const map = { first: 0, indices: undefined, as: undefined, onError: "stop", spread: false, discard: false, fresh: true } as const;
  for (let count = 0; count < 12; count++) {
    const body = { root: undefined, specials: [["cell", cell, false] as const] };
    const task = made.task({ payload: { body, needs: [], blocks: [], bytes: 0, local: undefined } });
    made.pool.submit({ ...task, map: { ...map, announce: false, progress: false } });
  }
  await Promise.resolve();
  expect(inboxes(made).map(({ length }) => length)).toEqual([6, 6]);
  const cells = made.workers.flatMap(({ received }) => received.flatMap(({ body }) => body.specials?.map(([, found]) => found) ?? []));
  expect([cells.length, new Set(cells).size]).toEqual([12, 12]);
});

it("long futures are sent one by one", async () => {
  const made = paced(40);
  submit(made, 6);
  await Promise.resolve();
  expect(inboxes(made).map(({ length }) => length)).toEqual([1, 1]);
});

describe("a future that was sent ahead", () => {
  /** One worker that runs the first and has the others. */
  async function crowded(): Promise<{ made: MemoryPool; ids: number[]; tasks: Task[] }> {
    const made = paced(0.1, { workers: 1 });
    const tasks = submit(made, 3);
    await Promise.resolve();
    made.workers[0]?.start(tasks[0]?.id ?? 0);
    expect(inboxes(made)[0]).toHaveLength(3);
    return { made, tasks, ids: tasks.map(({ id }) => id) };
  }

  it("is canceled at once, and never begins", async () => {
    const { made, tasks, ids } = await crowded();
    const [, canceled] = tasks;
    if (canceled !== undefined) made.pool.stop(canceled, "cancel", false);
    expect(made.log.at(-1)).toBe(`${ids[1]} stopped cancel false`);
    expect(made.workers[0]?.start(ids[1] ?? 0)).toBe(false);
    expect(made.workers[0]?.types()).not.toContain("cancel");
  });

  it.each([
    ["the ends of workers", (worker: MemoryWorker) => worker.die({ exitCode: 1 })],
    ["errors that nobody caught", (worker: MemoryWorker, running: number) => worker.fault("async", [running], "stray")],
  ])("is not refused for %s that those before it brought about", async (_, end) => {
    const made = paced(0.1, { workers: 1 });
    const tasks = submit(made, 8);
    await Promise.resolve();
    for (const { id } of tasks.slice(0, -1)) {
      const worker = made.workers.at(-1);
      worker?.start(id);
      expect(worker?.inbox.at(-1)).toBe(tasks.at(-1)?.id);
      if (worker !== undefined) end(worker, id);
      made.workers.at(-1)?.ready();
    }
    expect(made.log.filter((line) => line.includes("refused"))).toEqual([]);
    finish(made, tasks.at(-1)?.id ?? 0);
    expect(made.log.at(-1)).toBe(`${tasks.at(-1)?.id} value undefined`);
  });

  it("goes to another worker when its own is lost before it began", async () => {
    const { made, ids } = await crowded();
    made.workers[0]?.die({ exitCode: 3 });
    made.workers[1]?.ready();
    expect(made.log.filter((line) => line.includes("lost"))).toEqual([`${ids[0]} lost true 3`]);
    expect(made.workers[1]?.tasks).toContain(ids[1]);
  });

  it("does not run in a worker that could not be put back", async () => {
    const { made, ids } = await crowded();
    made.workers[0]?.finish(ids[0] ?? 0, { spent: true });
    expect(made.workers[0]?.start(ids[1] ?? 0)).toBe(false);
    made.workers[1]?.ready();
    expect(made.workers[1]?.tasks).toContain(ids[1]);
  });

  it("is stopped with the queue when the plan is closed", async () => {
    const { made, ids } = await crowded();
    const closed = made.pool.close("cancelQueued");
    expect(made.log.filter((line) => line.includes("stopped"))).toEqual(ids.slice(1).map((id) => `${id} stopped shutdown false`));
    made.workers[0]?.finish(ids[0] ?? 0);
    await closed;
  });

  it("is within the number of futures that a worker takes", async () => {
    const made = paced(0.1, { workers: 1, maxFutures: 20 });
    submit(made, 6);
    await Promise.resolve();
    expect(made.workers[0]?.tasks).toHaveLength(20);
  });
});

describe.each([
  ["threads", (): Backend => multicore(contextOf("multicore", { workers: 2 }))],
  ["processes", (): Backend => multisession(contextOf("multisession", { workers: 2 }))],
])("among %s", (_, open) => {
  it("nothing waits for a long future that came among tiny ones, and none is run twice or lost", async () => {
    const backend = open();
    const release = join(mkdtempSync(join(tmpdir(), "ahead-")), "release");
    const tiny = (value: number): number => value;
    const long = (path: string): string => {
      while (!existsSync(path));
      return "long";
    };
    for (let count = 0; count < 200; count++) await run(backend, tiny, { args: [count] });
    const endings = Array.from({ length: 400 }, (_each, index) => {
      const task = index === 100 ? realTask(long, { args: [release] }) : realTask(tiny, { args: [index] });
      backend.submit(task);
      return task.ending;
    });
    const others = endings.filter((_each, index) => index !== 100);
    const values = (await Promise.all(others)).map((ending) => ("value" in ending ? ending.value : ending));
    expect(values).toEqual(Array.from({ length: 400 }, (_each, index) => index).filter((index) => index !== 100));
    writeFileSync(release, "");
    expect(await endings[100]).toMatchObject({ value: "long" });
    await backend.close("drain");
  });

  it("a worker that is killed takes only what it had begun", async () => {
    const backend = open();
    const tiny = (value: number): number => value;
    const fatal = (): void => process.exit(3);
    for (let count = 0; count < 200; count++) await run(backend, tiny, { args: [count] });
    const endings = Array.from({ length: 300 }, (_each, index) => {
      const task = index % 50 === 25 ? realTask(fatal) : realTask(tiny, { args: [index] });
      backend.submit(task);
      return task.ending;
    });
    const types = (await Promise.all(endings)).map(({ type }) => type);
    expect(types.map((type, index) => (type === "value" ? [] : [index, type])).flat()).toEqual(
      [25, 75, 125, 175, 225, 275].flatMap((index) => [index, "lost"]),
    );
    await backend.close("drain");
  });
});
