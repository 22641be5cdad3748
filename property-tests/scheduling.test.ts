/** Whatever workers and users do, and in whatever order: no future is lost, none is run twice, each hears one last event. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Task } from "../src/core/Backend.ts";
import { memoryPool, type MemoryPool } from "../test/unit/backends/support/memoryPool.ts";
import type { MemoryWorker } from "../test/unit/backends/support/MemoryWorker.ts";
import "./seed.ts";

interface Step {
  readonly what: "submit" | "ready" | "begin" | "finish" | "spend" | "fault" | "pong" | "die" | "cancel" | "leave" | "wait";
  /** Chooses among workers or tasks. */
  readonly which: number;
}

interface Setting {
  readonly workers: number;
  readonly concurrency: number;
  readonly marked: boolean;
  readonly maxFutures: number;
  readonly timeout: number | undefined;
  /** Milliseconds that futures seem to take: the quicker they are, the more are sent ahead. */
  readonly pace: number;
  readonly steps: readonly Step[];
  readonly close: "drain" | "cancelQueued" | "now";
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    "submit",
    "submit",
    "ready",
    "begin",
    "finish",
    "finish",
    "spend",
    "fault",
    "pong",
    "die",
    "cancel",
    "leave",
    "wait",
  ),
  which: fc.nat(7),
});

const setting: fc.Arbitrary<Setting> = fc.record({
  workers: fc.integer({ min: 1, max: 3 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  marked: fc.boolean(),
  maxFutures: fc.constantFrom(1, 2, Infinity),
  timeout: fc.constantFrom(undefined, 50),
  pace: fc.constantFrom(0, 0.2, 1),
  steps: fc.array(step, { maxLength: 60 }),
  close: fc.constantFrom("drain", "cancelQueued", "now"),
});

/** Runs the steps on a pool of memory workers and keeps the books. */
class Play {
  readonly made: MemoryPool;
  readonly tasks: Task[] = [];
  /** How often user code began, by task. */
  readonly begun = new Map<number, number>();
  readonly #started = new Map<MemoryWorker, Set<number>>();
  readonly #concurrency: number;
  #finishing = false;

  constructor({ workers, concurrency, marked, maxFutures, pace }: Setting) {
    this.#concurrency = concurrency;
    this.made = memoryPool({ workers, concurrency, marked, maxFutures, opened: (worker) => this.#opened(worker) });
    this.made.clock.step = pace;
  }

  do({ what, which }: Step, timeout: number | undefined): void {
    const worker = choose(
      this.made.workers.filter(({ over }) => !over),
      which,
    );
    const task = choose(this.tasks, which);
    if (what === "submit") this.#submit(timeout);
    else if (what === "wait") this.made.clock.advance(which * 30);
    else if ((what === "cancel" || what === "leave") && task !== undefined) this.made.pool.stop(task, "cancel", what === "cancel");
    else if (worker !== undefined) this.#act(worker, what, which);
  }

  /** From here on workers do what they are told, at once. */
  async close(how: Setting["close"]): Promise<void> {
    this.#finishing = true;
    const closed = this.made.pool.close(how);
    for (const worker of this.made.workers.slice()) this.#serve(worker);
    this.made.clock.hurry();
    await closed;
  }

  finals(): number[] {
    return this.tasks.map(({ id }) => this.made.log.filter((line) => isFinal(line) && line.startsWith(`${id} `)).length);
  }

  /** How many futures each worker runs. */
  loads(): number[] {
    const settled = this.#settled();
    return [...this.#started].filter(([{ over }]) => !over).map(([, started]) => [...started].filter((id) => !settled.has(id)).length);
  }

  #settled(): Set<number> {
    return new Set(this.made.log.filter(isFinal).map((line) => Number.parseInt(line, 10)));
  }

  /** Tasks that a worker has, oldest first, as far as it knows. */
  #aboard(worker: MemoryWorker): number[] {
    const settled = this.#settled();
    return worker.inbox.filter((id) => !settled.has(id));
  }

  #submit(timeout: number | undefined): void {
    const task = this.made.task({ timeout });
    this.tasks.push(task);
    this.made.pool.submit(task);
  }

  #act(worker: MemoryWorker, what: Step["what"], which: number): void {
    // What does not fit beside the others waits in the worker.
    const task = choose(this.#aboard(worker).slice(0, this.#concurrency), which);
    if (what === "ready") worker.ready();
    else if (what === "pong") worker.say({ type: "pong" });
    else if (what === "die") worker.die({ exitCode: 1 });
    else if (task !== undefined) this.#progress(worker, what, task);
  }

  #progress(worker: MemoryWorker, what: Step["what"], task: number): void {
    if (!this.#begin(worker, task)) return;
    if (what === "finish" || what === "spend") worker.finish(task, { spent: what === "spend" });
    if (what === "fault") worker.fault("async", this.#aboard(worker), "late");
  }

  /** `false`: it was taken back. */
  #begin(worker: MemoryWorker, task: number): boolean {
    const started = this.#started.get(worker) ?? new Set();
    if (started.has(task) || worker.over) return true;
    if (!worker.start(task)) return false;
    this.#started.set(worker, started.add(task));
    this.begun.set(task, (this.begun.get(task) ?? 0) + 1);
    return true;
  }

  #opened(worker: MemoryWorker): void {
    if (this.#finishing) queueMicrotask(() => this.#serve(worker));
  }

  #serve(worker: MemoryWorker): void {
    worker.ready();
    const send = worker.send.bind(worker);
    worker.send = (message) => {
      send(message);
      const tasks = message.type === "batch" ? message.tasks : message.type === "task" ? [message] : [];
      for (const { task } of tasks) queueMicrotask(() => this.#progress(worker, "finish", task));
    };
    for (const task of this.#aboard(worker)) this.#progress(worker, "finish", task);
  }
}

function choose<T>(items: readonly T[], which: number): T | undefined {
  return items[which % items.length];
}

function isFinal(line: string): boolean {
  return /^\d+ (value|error|lost|stopped|refused)/.test(line);
}

/** Runs a setting to its end. */
async function played(setting: Setting): Promise<Play> {
  const play = new Play(setting);
  for (const each of setting.steps) play.do(each, setting.timeout);
  await play.close(setting.close);
  return play;
}

export async function everyFutureHearsOneLastEvent(setting: Setting): Promise<void> {
  const play = await played(setting);
  expect(play.finals()).toEqual(play.tasks.map(() => 1));
}

export async function noFutureBeginsTwice(setting: Setting): Promise<void> {
  const play = await played(setting);
  expect([...play.begun.values()].filter((times) => times > 1)).toEqual([]);
}

export async function nothingIsLeft(setting: Setting): Promise<void> {
  const play = await played(setting);
  expect(play.made.workers.filter(({ over }) => !over)).toEqual([]);
  expect(play.made.clock.armed).toBe(0);
}

/** Without deaths nothing goes back to the queue, so futures are first sent in the order in which they were submitted. */
export async function firstInFirstOut(setting: Setting): Promise<void> {
  const play = await played({ ...setting, steps: setting.steps.filter(({ what }) => what !== "die" && what !== "fault") });
  const sent = play.made.log.filter((line) => / sent /.test(line)).map((line) => Number.parseInt(line, 10));
  expect(sent).toEqual(sent.toSorted((one, other) => one - other));
}

/** Laws hold for the workers' number and `concurrency` alike. */
export async function noWorkerHasTooMany(setting: Setting): Promise<void> {
  const play = new Play(setting);
  for (const each of setting.steps) {
    play.do(each, setting.timeout);
    for (const load of play.loads()) expect(load).toBeLessThanOrEqual(setting.concurrency);
  }
  await play.close("now");
}

const laws = { everyFutureHearsOneLastEvent, noFutureBeginsTwice, nothingIsLeft, firstInFirstOut, noWorkerHasTooMany };

test.each(Object.entries(laws))("%s", async (_, law) => {
  await fc.assert(fc.asyncProperty(setting, law), { numRuns: 500 });
});
