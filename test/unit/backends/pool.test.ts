import { describe, expect, it } from "vitest";
import { definition, memoryPool } from "./support/memoryPool.ts";

describe("starting workers", () => {
  it("starts none before there is work, and only as many as there is work", () => {
    const { pool, workers, task } = memoryPool({ workers: 3 });
    expect(workers).toHaveLength(0);
    pool.submit(task());
    expect(workers).toHaveLength(1);
    pool.submit(task());
    expect(workers.map(({ name }) => name)).toEqual(["memory/1", "memory/2"]);
  });

  it("starts at most `workers`", () => {
    const { pool, workers, task } = memoryPool({ workers: 2 });
    for (let count = 0; count < 5; count++) pool.submit(task());
    expect(workers).toHaveLength(2);
  });

  it("starts one ahead of a future that is expected, which then takes it", () => {
    const { pool, workers, task } = memoryPool();
    pool.expect?.();
    pool.expect?.();
    expect(workers).toHaveLength(1);
    pool.submit(task());
    expect(workers).toHaveLength(1);
  });

  it("starts no further worker while one is idle", () => {
    const { pool, workers, task } = memoryPool();
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.finish(1);
    pool.submit(task());
    expect(workers).toHaveLength(1);
    expect(workers[0]?.tasks).toEqual([1, 2]);
  });

  it("sends `init` first and no task before the worker is ready", () => {
    const { pool, workers, task } = memoryPool();
    pool.submit(task());
    expect(workers[0]?.types()).toEqual(["init"]);
    workers[0]?.ready();
    expect(workers[0]?.types()).toEqual(["init", "task"]);
  });
});

describe("the queue", () => {
  it("is first in, first out", () => {
    const { pool, workers, task } = memoryPool({ workers: 1 });
    for (let count = 0; count < 4; count++) pool.submit(task());
    workers[0]?.ready();
    for (const id of [1, 2, 3, 4]) workers[0]?.finish(id);
    expect(workers[0]?.tasks).toEqual([1, 2, 3, 4]);
  });

  it("gives the next future to the worker that was used last", () => {
    const { pool, workers, task } = memoryPool();
    pool.submit(task());
    pool.submit(task());
    for (const worker of workers) worker.ready();
    workers[1]?.finish(2);
    workers[0]?.finish(1);
    pool.submit(task());
    expect(workers[0]?.tasks).toEqual([1, 3]);
  });

  it("sends the next future before it delivers the outcome of the last", () => {
    const { pool, workers, task, log } = memoryPool({ workers: 1 });
    pool.submit(task());
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.finish(1, { value: "a" });
    expect(log).toEqual(["1 sent memory/1", "2 sent memory/1", "1 value a"]);
  });

  it("counts free workers", () => {
    const { pool, workers, task } = memoryPool({ workers: 2 });
    expect(pool.free()).toBe(2);
    for (let count = 0; count < 3; count++) pool.submit(task());
    expect(pool.free()).toBe(0);
    for (const worker of workers) worker.ready();
    for (const id of [1, 2, 3]) workers.find(({ tasks }) => tasks.includes(id))?.finish(id);
    expect(pool.free()).toBe(2);
  });

  it("spreads futures over all workers before it gives one a second, at `concurrency` > 1", () => {
    const { pool, workers, task } = memoryPool({ workers: 2, concurrency: 2 });
    for (let count = 0; count < 5; count++) pool.submit(task());
    workers[0]?.ready();
    expect(workers[0]?.tasks).toEqual([1]);
    workers[1]?.ready();
    expect([workers[0]?.tasks, workers[1]?.tasks]).toEqual([
      [1, 4],
      [2, 3],
    ]);
    workers[1]?.finish(3);
    expect(workers[1]?.tasks).toEqual([2, 3, 5]);
  });

  it("keeps the process alive exactly while something is pending", () => {
    const { pool, workers, task } = memoryPool({ workers: 1 });
    const first = task();
    pool.submit(first);
    expect(workers[0]?.held).toBe(true);
    pool.stop(first, "cancel", true);
    expect(workers[0]?.held).toBe(false);
    pool.submit(task());
    expect(workers[0]?.held).toBe(true);
    workers[0]?.ready();
    expect(workers[0]?.held).toBe(true);
    workers[0]?.finish(2);
    expect(workers[0]?.held).toBe(false);
  });
});

describe("definitions", () => {
  it("are sent once per worker, in order, before the task that needs them", () => {
    const { pool, workers, task } = memoryPool({ workers: 1 });
    const [a, b, c] = [definition("a"), definition("b"), definition("c")];
    const needing = (needs: (typeof a)[]) =>
      task({ payload: { body: { root: undefined }, needs, blocks: [], bytes: 0, local: undefined } });
    for (const needs of [
      [a, b],
      [b, a],
      [a, c],
    ])
      pool.submit(needing(needs));
    workers[0]?.ready();
    for (const id of [1, 2, 3]) workers[0]?.finish(id);
    expect(workers[0]?.sent.slice(1)).toMatchObject([
      { type: "define", definitions: [a, b] },
      { type: "task", task: 1 },
      { type: "task", task: 2 },
      { type: "define", definitions: [c] },
      { type: "task", task: 3 },
    ]);
  });

  it("are sent again to the worker that takes another's place", () => {
    const { pool, workers, task } = memoryPool({ workers: 1, maxFutures: 1 });
    const payload = { body: { root: undefined }, needs: [definition("a")], blocks: [], bytes: 0, local: undefined };
    pool.submit(task({ payload }));
    pool.submit(task({ payload }));
    workers[0]?.ready();
    workers[0]?.finish(1);
    workers[1]?.ready();
    expect(workers[1]?.types()).toEqual(["init", "define", "task"]);
  });

  it("refuses a future that cannot be cloned, and goes on with the next", () => {
    const { pool, workers, task, log, refusals } = memoryPool({ workers: 1 });
    pool.submit(task({ label: "odd", payload: { body: { root: () => 1 }, needs: [], blocks: [], bytes: 0, local: undefined } }));
    pool.submit(task());
    workers[0]?.ready();
    expect(log).toEqual(["2 sent memory/1", "1 refused NotPortable"]);
    expect(refusals.get(1)?.message).toContain("odd");
  });
});

describe("what only this process has", () => {
  const payload = { body: { root: undefined }, needs: [], blocks: [], bytes: 0, local: "grid: shared memory" };

  it("goes to workers that share memory", () => {
    const { pool, log, workers, task } = memoryPool({ workers: 1 });
    pool.submit(task({ payload }));
    workers[0]?.ready();
    expect(log).toEqual(["1 sent memory/1"]);
  });

  it("is refused by its path elsewhere", () => {
    const { pool, refusals, workers, task } = memoryPool({ workers: 1, capabilities: { sharedMemory: false } });
    pool.submit(task({ payload }));
    expect(refusals.get(1)).toMatchObject({ name: "NotPortable", message: expect.stringContaining("grid: shared memory") });
    expect(workers).toHaveLength(0);
  });
});

describe("what a worker says", () => {
  it("becomes the events of its future", () => {
    const { pool, workers, task, log } = memoryPool({ workers: 1 });
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.start(1);
    workers[0]?.say({ type: "output", task: 1, entries: [{ type: "stdout", text: "x" }] });
    workers[0]?.say({ type: "progress", task: 1, fraction: 0.5, message: undefined });
    workers[0]?.finish(1, { value: 7 });
    expect(log).toEqual(["1 sent memory/1", "1 started 5", "1 output 1", "1 progress 0.5", "1 value 7"]);
  });

  it("is asked for a start message only where no ledger shows the start, or a time limit needs it", () => {
    const announced = (marked: boolean, timeout: number | undefined): unknown => {
      const { pool, workers, task } = memoryPool({ workers: 1, marked });
      pool.submit(task({ timeout }));
      workers[0]?.ready();
      return workers[0]?.sent[1];
    };
    expect(announced(true, undefined)).toMatchObject({ announce: false });
    expect(announced(true, 10)).toMatchObject({ announce: true });
    expect(announced(false, undefined)).toMatchObject({ announce: true });
  });
});

describe("replacement between futures", () => {
  it("replaces a worker that is spent, when there is work", () => {
    const { pool, workers, task } = memoryPool({ workers: 1 });
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.finish(1, { spent: true });
    expect(workers).toHaveLength(1);
    expect(workers[0]?.types().at(-1)).toBe("close");
    pool.submit(task());
    expect(workers).toHaveLength(2);
    expect(workers[1]?.name).toBe("memory/1");
  });

  it("replaces a worker after `maxFutures` futures", () => {
    const { pool, workers, task } = memoryPool({ workers: 1, maxFutures: 2 });
    for (let count = 0; count < 3; count++) pool.submit(task());
    workers[0]?.ready();
    workers[0]?.finish(1);
    workers[0]?.finish(2);
    workers[1]?.ready();
    expect([workers[0]?.tasks, workers[1]?.tasks]).toEqual([[1, 2], [3]]);
  });

  it("lets a spent worker finish what it has, at `concurrency` > 1, while another takes its place", () => {
    const { pool, workers, task } = memoryPool({ workers: 1, concurrency: 2 });
    for (let count = 0; count < 3; count++) pool.submit(task());
    workers[0]?.ready();
    workers[0]?.start(2);
    workers[0]?.finish(1, { spent: true });
    expect(workers[0]?.types()).not.toContain("close");
    workers[1]?.ready();
    expect(workers[1]?.tasks).toEqual([3]);
    workers[0]?.finish(2);
    expect(workers[0]?.types()).toContain("close");
  });

  it("takes from a spent worker what it has not begun, at `concurrency` > 1: it lets that lie", () => {
    const { pool, log, workers, task } = memoryPool({ workers: 1, concurrency: 3, marked: false });
    const tasks = [1, 2, 3].map(() => task());
    for (const each of tasks) pool.submit(each);
    const [, second] = tasks;
    workers[0]?.ready();
    if (second !== undefined) pool.stop(second, "cancel", true);
    workers[0]?.finish(1, { spent: true });
    expect(log.filter((line) => line.startsWith("2 ")).at(-1)).toBe("2 stopped cancel false");
    expect(workers[0]?.types()).toContain("close");
    workers[1]?.ready();
    expect(workers[1]?.tasks).toEqual([3]);
  });

  it("ends a worker that had nothing to do for `idleTimeout`", () => {
    const { pool, workers, task, clock } = memoryPool({ workers: 1, idleTimeout: 50 });
    pool.submit(task());
    workers[0]?.ready();
    clock.advance(100);
    workers[0]?.finish(1);
    clock.advance(49);
    expect(workers[0]?.types()).not.toContain("close");
    clock.advance(1);
    expect(workers[0]?.types()).toContain("close");
  });

  it("kills a worker that does not end when asked", () => {
    const { pool, workers, task, clock } = memoryPool({ workers: 1, idleTimeout: 50, grace: 10 });
    pool.submit(task());
    const [worker] = workers;
    worker?.ready();
    worker?.finish(1);
    if (worker !== undefined) worker.send = (message) => void worker.sent.push(message);
    clock.advance(50);
    expect(worker?.killed).toBe(false);
    clock.advance(10);
    expect(worker?.killed).toBe(true);
  });
});
