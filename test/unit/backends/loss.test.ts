import { describe, expect, it } from "vitest";
import { memoryPool } from "./support/memoryPool.ts";

describe("a worker that dies", () => {
  it("loses the future it had begun, by the ledger alone", () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1 });
    pool.submit(task());
    const [worker] = workers;
    worker?.ready();
    worker?.ledger?.claim(0);
    worker?.die({ exitCode: 7 });
    expect(log.at(-1)).toBe("1 lost true 7");
  });

  it("loses all that it had begun of several at once, whatever has been heard of them", () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1, concurrency: 3 });
    for (let id = 1; id <= 3; id++) pool.submit(task());
    const [worker] = workers;
    worker?.ready();
    worker?.start(1);
    worker?.ledger?.claim(1);
    worker?.die({ exitCode: 1 });
    workers[1]?.ready();
    expect(log.filter((line) => line.includes("lost"))).toEqual(["1 lost true 1", "2 lost true 1"]);
    expect(workers[1]?.tasks).toEqual([3]);
  });

  it("loses the future it had announced", () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1, marked: false });
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.start(1);
    workers[0]?.die({ signal: "SIGKILL" });
    expect(log.at(-1)).toBe("1 lost true SIGKILL");
  });

  it("gives back what it had not begun, before everything else that waits", () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1, marked: false, concurrency: 3 });
    for (let count = 0; count < 4; count++) pool.submit(task());
    workers[0]?.ready();
    workers[0]?.start(1);
    workers[0]?.die({ exitCode: 1 });
    workers[1]?.ready();
    expect(workers[1]?.tasks).toEqual([2, 3, 4]);
    expect(log.filter((line) => line.includes("lost"))).toEqual(["1 lost true 1"]);
  });

  it("is replaced only when there is work", () => {
    const { pool, task, workers } = memoryPool({ workers: 1 });
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.finish(1);
    workers[0]?.die({ exitCode: 1 });
    expect(workers).toHaveLength(1);
    pool.submit(task());
    expect(workers).toHaveLength(2);
  });

  it("costs a future that never began three launches at most", () => {
    const { pool, log, task, workers, refusals } = memoryPool({ workers: 1 });
    pool.submit(task());
    for (const launch of [0, 1, 2]) {
      workers[launch]?.ready();
      workers[launch]?.die({ exitCode: 9, stderr: "oops" });
    }
    expect(workers).toHaveLength(3);
    expect(log.at(-1)).toBe("1 refused LaunchError");
    expect(refusals.get(1)?.message).toMatch(/3 workers[\s\S]*exit code 9[\s\S]*oops/);
  });

  it("counts as the stop of a future that was being stopped", () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1 });
    const first = task();
    pool.submit(first);
    workers[0]?.ready();
    workers[0]?.start(1);
    pool.stop(first, "cancel", true);
    workers[0]?.die({ exitCode: 1 });
    expect(log.at(-1)).toBe("1 stopped cancel true");
  });

  it("is noticed on another machine by three missing heartbeats", () => {
    const { pool, log, task, workers, clock } = memoryPool({ workers: 1, heartbeat: 10, capabilities: { remote: true } });
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.start(1);
    clock.advance(20);
    workers[0]?.say({ type: "pong" });
    clock.advance(39);
    expect(workers[0]?.killed).toBe(false);
    clock.advance(1);
    expect(log.at(-1)).toBe("1 lost true it gave no sign of life");
    expect(workers[0]?.killed).toBe(true);
  });
});

describe("a worker that falls silent", () => {
  it("may have begun what it was sent: that is not given to another", () => {
    const { pool, log, task, workers, clock } = memoryPool({ workers: 1, heartbeat: 10, capabilities: { remote: true }, marked: false });
    pool.submit(task());
    workers[0]?.ready();
    clock.advance(100);
    expect(log).toEqual(["1 sent memory/1", "1 lost true it gave no sign of life"]);
  });
});

describe("an error that nobody caught in a worker", () => {
  it("is the error of the only future aboard", () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1 });
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.fault("async", [1], "late");
    expect(log.at(-1)).toBe("1 error Error: late");
    expect(workers[0]?.killed).toBe(true);
  });

  it("loses all of several futures aboard, and is named as the cause", async () => {
    const { pool, log, task, workers, logged } = memoryPool({ workers: 1, concurrency: 2 });
    for (let count = 0; count < 3; count++) pool.submit(task());
    workers[0]?.ready();
    workers[0]?.fault("async", [1, 2], "late");
    await logged("2 lost true late");
    expect(log).toContain("1 lost true late");
    workers[1]?.ready();
    expect(workers[1]?.tasks).toEqual([3]);
  });

  it("is waited for by `close`", async () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1, concurrency: 2 });
    for (let count = 0; count < 2; count++) pool.submit(task());
    workers[0]?.ready();
    const closed = pool.close("drain");
    workers[0]?.fault("async", [1, 2], "late");
    await closed;
    expect(log.slice(-2)).toEqual(["1 lost true late", "2 lost true late"]);
  });
});

describe("a worker that does not start", () => {
  it("is tried three times, then its future is refused", async () => {
    const { pool, clock, task, worker, logged, refusals } = memoryPool({ workers: 1 });
    pool.submit(task());
    (await worker(0)).die({ exitCode: 1 });
    await clock.timer(50);
    clock.advance(50);
    (await worker(1)).die({ exitCode: 2 });
    await clock.timer(100);
    clock.advance(100);
    (await worker(2)).die({ exitCode: 3, stderr: "no such module" });
    await logged("1 refused LaunchError");
    expect(refusals.get(1)?.message).toMatch(/memory\/1[\s\S]*exit code 3[\s\S]*no such module/);
  });

  it("serves its future when a later attempt works", async () => {
    const { pool, clock, task, worker, log } = memoryPool({ workers: 1, broken: 1 });
    pool.submit(task());
    await clock.timer(50);
    clock.advance(50);
    const second = await worker(0);
    second.ready();
    second.finish(1, { value: "ok" });
    expect(log).toEqual(["1 sent memory/1", "1 value ok"]);
  });

  it("is not tried again when nobody waits any more", async () => {
    const { pool, clock, task, workers } = memoryPool({ workers: 1 });
    const only = task();
    pool.submit(only);
    pool.stop(only, "cancel", true);
    workers[0]?.die({ exitCode: 1 });
    await pool.close("drain");
    expect([workers.length, clock.armed]).toEqual([1, 0]);
  });

  it("is given up after `connectTimeout`", async () => {
    const { pool, clock, task, workers, logged, refusals } = memoryPool({ workers: 1, connectTimeout: 500 });
    pool.submit(task());
    await clock.timer(500);
    clock.advance(500);
    await logged("1 refused LaunchError");
    expect(refusals.get(1)?.message).toContain("500 ms");
    expect(workers[0]?.killed).toBe(true);
  });

  it("refuses everything that waits when the setup function fails, with its error as cause", async () => {
    const { pool, task, workers, logged, refusals } = memoryPool({ workers: 2 });
    for (let count = 0; count < 3; count++) pool.submit(task({ label: "x" }));
    workers[0]?.fault("setup", [], "no database");
    await logged("3 refused LaunchError");
    expect(refusals.size).toBe(3);
    expect(refusals.get(2)).toMatchObject({ label: "x", cause: { message: "no database" } });
    expect(refusals.get(2)?.message).toMatch(/setup.*no database/);
    expect(workers).toHaveLength(2);
  });

  it("refuses another protocol", async () => {
    const { pool, task, workers, logged, refusals } = memoryPool({ workers: 1 });
    pool.submit(task());
    workers[0]?.ready(99);
    await logged("1 refused LaunchError");
    expect(refusals.get(1)?.cause).toMatchObject({ name: "ProtocolMismatch" });
  });

  it("leaves its futures to the workers that did start", async () => {
    const { pool, clock, task, worker, workers, log } = memoryPool({ workers: 2 });
    pool.submit(task());
    pool.submit(task());
    const first = await worker(0);
    first.ready();
    first.start(1);
    for (const [attempt, pause] of [
      [1, 50],
      [2, 100],
    ] as const) {
      (await worker(attempt)).die({ exitCode: 1 });
      await clock.timer(pause);
      clock.advance(pause);
    }
    const last = await worker(3);
    last.die({ exitCode: 1 });
    first.finish(1);
    expect(first.tasks).toEqual([1, 2]);
    first.finish(2, { value: "b" });
    expect(log.at(-1)).toBe("2 value b");
    await pool.close("drain");
    expect(workers).toHaveLength(4);
  });
});

describe("a fault whose error cannot be made a text", () => {
  it("ends all futures aboard all the same", async () => {
    const { pool, log, logged, task, workers } = memoryPool({ workers: 1, marked: false, concurrency: 2 });
    pool.submit(task());
    pool.submit(task());
    workers[0]?.ready();
    workers[0]?.say({ type: "fault", during: "async", tasks: [1, 2], body: { root: Object.create(null) } });
    await logged("2 lost true an empty object");
    expect(log.filter((line) => line.includes("lost"))).toEqual(["1 lost true an empty object", "2 lost true an empty object"]);
  });

  it("refuses what waits for a worker that cannot be prepared", async () => {
    const { pool, logged, task, workers } = memoryPool({ workers: 1 });
    pool.submit(task());
    workers[0]?.say({ type: "fault", during: "setup", tasks: [], body: { root: Object.create(null) } });
    await logged("1 refused LaunchError");
  });
});
