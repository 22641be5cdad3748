import { describe, expect, it } from "vitest";
import { memoryPool, type MemoryPool } from "./support/memoryPool.ts";

/** A pool of one worker that runs task 1; task 2 waits. */
function running(
  options: Parameters<typeof memoryPool>[0] = {},
): MemoryPool & { first: ReturnType<MemoryPool["task"]>; second: ReturnType<MemoryPool["task"]> } {
  const made = memoryPool({ workers: 1, ...options });
  const [first, second] = [made.task(), made.task()];
  made.pool.submit(first);
  made.pool.submit(second);
  made.workers[0]?.ready();
  made.workers[0]?.start(1);
  made.log.length = 0;
  return { ...made, first, second };
}

describe("stop", () => {
  it("ends a queued future at once", () => {
    const { pool, log, second, workers } = running();
    pool.stop(second, "cancel", true);
    expect(log).toEqual(["2 stopped cancel false"]);
    workers[0]?.finish(1);
    expect(workers[0]?.tasks).toEqual([1]);
  });

  it("leaves a running future alone without `interrupt`", () => {
    const { pool, log, first, workers, clock } = running();
    pool.stop(first, "cancel", false);
    clock.advance(1000);
    workers[0]?.finish(1, { value: "done" });
    expect(workers[0]?.types()).not.toContain("cancel");
    expect(log).toContain("1 value done");
  });

  it("asks a running future, and keeps the worker when it answers within the grace", () => {
    const { pool, log, first, workers, clock } = running();
    pool.stop(first, "cancel", true);
    expect(workers[0]?.sent.at(-1)).toEqual({ type: "cancel", task: 1, reason: "cancel" });
    clock.advance(99);
    workers[0]?.finish(1);
    clock.advance(100);
    expect(log).toEqual(["2 sent memory/1", "1 stopped cancel true"]);
    expect(workers[0]?.killed).toBe(false);
  });

  it("ends the worker after the grace, and starts another for what waits", () => {
    const { pool, log, first, workers, clock } = running();
    pool.stop(first, "cancel", true);
    clock.advance(100);
    expect(log).toEqual(["1 stopped cancel true"]);
    expect(workers[0]?.killed).toBe(true);
    workers[1]?.ready();
    expect(workers[1]?.tasks).toEqual([2]);
  });

  it("gives the first reason when it is asked twice", () => {
    const { pool, log, first, workers, clock } = running();
    pool.stop(first, "timeout", true);
    pool.stop(first, "cancel", true);
    clock.advance(100);
    expect(log).toEqual(["1 stopped timeout true"]);
    expect(workers[0]?.types().filter((type) => type === "cancel")).toHaveLength(1);
  });

  it("never ends the worker where a backend cannot interrupt", () => {
    const { pool, log, first, workers, clock } = running({ capabilities: { interrupts: false } });
    pool.stop(first, "cancel", true);
    clock.advance(10_000);
    expect(log).toEqual([]);
    workers[0]?.finish(1);
    expect(log).toContain("1 stopped cancel true");
  });

  it("does nothing for a future that has ended", () => {
    const { pool, log, first, workers } = running();
    workers[0]?.finish(1);
    log.length = 0;
    pool.stop(first, "cancel", true);
    expect(log).toEqual([]);
  });
});

describe("a time limit", () => {
  it("counts from the start of the run", () => {
    const { pool, log, task, workers, clock } = memoryPool({ workers: 1 });
    pool.submit(task({ timeout: 50 }));
    workers[0]?.ready();
    clock.advance(1000);
    workers[0]?.start(1);
    clock.advance(49);
    expect(workers[0]?.types()).not.toContain("cancel");
    clock.advance(1);
    expect(workers[0]?.types()).toContain("cancel");
    clock.advance(100);
    expect(log).toContain("1 stopped timeout true");
  });

  it("means nothing to a future that ended in time", () => {
    const { pool, log, task, workers, clock } = memoryPool({ workers: 1 });
    pool.submit(task({ timeout: 50 }));
    workers[0]?.ready();
    const before = clock.armed;
    workers[0]?.start(1);
    workers[0]?.finish(1, { value: 1 });
    expect(clock.armed).toBe(before);
    expect(log.at(-1)).toBe("1 value 1");
  });
});

describe("stop at `concurrency` > 1", () => {
  it("leaves a future whose worker still answers, and gives that worker nothing more", () => {
    const { pool, log, first, task, workers, clock } = running({ concurrency: 2 });
    pool.submit(task());
    pool.stop(first, "cancel", true);
    clock.advance(100);
    expect(workers[0]?.sent.at(-1)).toEqual({ type: "ping" });
    workers[0]?.say({ type: "pong" });
    expect(log).toEqual(["1 stopped cancel true"]);
    workers[1]?.ready();
    expect(workers[1]?.tasks).toEqual([3]);
    workers[0]?.finish(2, { value: "b" });
    expect(log.at(-1)).toBe("2 value b");
    expect(workers[0]?.types().at(-1)).toBe("close");
  });

  it("ends a worker whose loop is blocked, with what else it had begun", () => {
    const { pool, log, first, workers, clock } = running({ concurrency: 2 });
    workers[0]?.start(2);
    pool.stop(first, "cancel", true);
    clock.advance(200);
    expect(workers[0]?.killed).toBe(true);
    expect(log.slice(1)).toEqual(["1 stopped cancel true", "2 lost true one of its futures blocked its event loop and had to be stopped"]);
  });

  it("ignores what a left future says later", () => {
    const { pool, log, first, workers, clock } = running({ concurrency: 2 });
    pool.stop(first, "cancel", true);
    clock.advance(100);
    workers[0]?.say({ type: "pong" });
    workers[0]?.say({ type: "progress", task: 1, fraction: 1, message: undefined });
    workers[0]?.finish(1, { value: "late" });
    expect(log).toEqual(["1 stopped cancel true"]);
  });
});

describe("stop of what may not have begun", () => {
  it("asks the ledger when the grace is over", () => {
    const { pool, log, task, workers, clock } = memoryPool({ workers: 1 });
    const only = task();
    pool.submit(only);
    workers[0]?.ready();
    pool.stop(only, "cancel", true);
    clock.advance(100);
    expect(log.at(-1)).toBe("1 stopped cancel false");
  });

  it("counts it as begun where nothing tells", async () => {
    const { pool, log, task, workers } = memoryPool({ workers: 1, marked: false });
    pool.submit(task());
    workers[0]?.ready();
    await pool.close("now");
    expect(log.at(-1)).toBe("1 stopped shutdown true");
  });

  it("runs no other future of the worker twice, if that is elsewhere and its news are late", () => {
    const { pool, log, task, workers, clock } = memoryPool({ workers: 1, concurrency: 2, marked: false, capabilities: { remote: true } });
    const [first, second] = [task(), task()];
    for (const each of [first, second]) pool.submit(each);
    workers[0]?.ready();
    workers[0]?.start(1);
    pool.stop(first, "cancel", true);
    clock.advance(200);
    expect(log.slice(-2)).toEqual(["1 stopped cancel true", "2 lost true one of its futures blocked its event loop and had to be stopped"]);
  });
});

describe("close", () => {
  it("`now` waits for workers that are being ended with what they have", async () => {
    const made = running();
    const steps: string[] = [];
    let gone: () => void = () => undefined;
    Object.assign(made.workers[0] ?? {}, { kill: () => new Promise<void>((resolve) => (gone = resolve)) });
    const closed = made.pool.close("now").then(() => steps.push("closed"));
    await new Promise((resolve) => setImmediate(resolve));
    steps.push("gone");
    gone();
    await closed;
    expect(steps).toEqual(["gone", "closed"]);
  });

  it("`now` does not wait for ever for a worker that is still being reached", async () => {
    const { pool, task, clock } = memoryPool({ workers: 1, unreachable: true, connectTimeout: 1000 });
    pool.submit(task());
    const closed = pool.close("now");
    await clock.timer(1000);
    clock.hurry();
    await closed;
    expect(clock.armed).toBe(0);
  });

  it("`drain` runs what is queued, then ends the workers", async () => {
    const { pool, log, workers } = running();
    const closed = pool.close("drain");
    workers[0]?.finish(1, { value: "a" });
    workers[0]?.finish(2, { value: "b" });
    await closed;
    expect(log).toEqual(["2 sent memory/1", "1 value a", "2 value b"]);
    expect(workers[0]?.types().at(-1)).toBe("close");
  });

  it("`cancelQueued` finishes what runs only", async () => {
    const { pool, log, workers } = running();
    const closed = pool.close("cancelQueued");
    expect(log).toEqual(["2 stopped shutdown false"]);
    workers[0]?.finish(1, { value: "a" });
    await closed;
    expect(log).toEqual(["2 stopped shutdown false", "1 value a"]);
  });

  it("`now` ends everything", async () => {
    const { pool, log, workers } = running();
    await pool.close("now");
    expect(log).toEqual(["2 stopped shutdown false", "1 stopped shutdown true"]);
    expect(workers[0]?.killed).toBe(true);
  });

  it("`now` hurries a `drain` along", async () => {
    const { pool, log } = running();
    const drained = pool.close("drain");
    await Promise.all([pool.close("now"), drained]);
    expect(log).toEqual(["2 stopped shutdown false", "1 stopped shutdown true"]);
  });

  it("ends a worker that is still starting", async () => {
    const { pool, task, workers, log } = memoryPool();
    pool.submit(task());
    await pool.close("now");
    expect(log).toEqual(["1 stopped shutdown false"]);
    expect(workers[0]?.killed).toBe(true);
  });

  it("needs no worker, and leaves no timer", async () => {
    const { pool, clock, workers } = memoryPool();
    await pool.close("drain");
    expect([clock.armed, workers.length]).toEqual([0, 0]);
  });

  it("leaves no timer when there were workers", async () => {
    const { pool, clock, workers } = running({ idleTimeout: 50 });
    const closed = pool.close("drain");
    workers[0]?.finish(1);
    workers[0]?.finish(2);
    await closed;
    expect(clock.armed).toBe(0);
  });

  it("refuses what is submitted afterwards", async () => {
    const { pool, task, log, refusals } = memoryPool();
    await pool.close("drain");
    pool.submit(task());
    expect(log).toEqual(["1 refused LaunchError"]);
    expect(refusals.get(1)?.message).toContain("memory");
  });
});

describe("close because of SIGINT", () => {
  it("cancels what is queued, and ends when what runs has answered", async () => {
    const { pool, log, workers } = running();
    const closed = pool.close("interrupt");
    expect(log).toEqual(["2 stopped SIGINT false"]);
    expect(workers[0]?.sent.at(-1)).toEqual({ type: "cancel", task: 1, reason: "SIGINT" });
    workers[0]?.finish(1);
    expect(log).toEqual(["2 stopped SIGINT false", "1 stopped SIGINT true"]);
    expect(workers[0]?.types()).toContain("close");
    await closed;
  });

  it("ends by force what has not answered within the grace, and starts nothing", async () => {
    const { pool, log, workers, clock } = running();
    const closed = pool.close("interrupt");
    clock.advance(100);
    expect(log).toEqual(["2 stopped SIGINT false", "1 stopped SIGINT true"]);
    expect(workers.map(({ killed }) => killed)).toEqual([true]);
    await closed;
  });

  it("ends at once when it is closed again", async () => {
    const { pool, log, workers } = running();
    const closed = pool.close("interrupt");
    void pool.close("now");
    expect(log).toEqual(["2 stopped SIGINT false", "1 stopped SIGINT true"]);
    expect(workers[0]?.killed).toBe(true);
    await closed;
  });
});
