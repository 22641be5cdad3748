/** A pool of memory workers under a test clock, and tasks that write down their events. */

import { openPool } from "../../../../src/backends/pool/openPool.ts";
import type { Definition } from "../../../../src/codec/Encoded.ts";
import type { Backend, Task } from "../../../../src/core/Backend.ts";
import type { Capabilities } from "../../../../src/plans/Capabilities.ts";
import type { PoolDefinition } from "../../../../src/backends/pool/PoolDefinition.ts";
import type { PlanOptions } from "../../../../src/plans/PlanSpec.ts";
import { MemoryWorker } from "./MemoryWorker.ts";
import { TestClock } from "./TestClock.ts";

export interface MemoryPool {
  readonly pool: Backend;
  readonly clock: TestClock;
  /** Every worker opened so far, oldest first. */
  readonly workers: MemoryWorker[];
  /** The nth opened worker, as soon as there is one. */
  worker(index: number): Promise<MemoryWorker>;
  /** A new task whose events go to `log` as `<id> <event> …`. */
  task(more?: Partial<Pick<Task, "timeout" | "payload" | "label" | "dependencies">>): Task;
  readonly log: string[];
  /** Resolves once the log has this line. */
  logged(line: string): Promise<void>;
  /** The error that a task was refused with. */
  readonly refusals: Map<number, Error>;
}

export interface MemoryPoolOptions extends Partial<PlanOptions> {
  readonly capabilities?: Partial<Capabilities>;
  readonly marked?: boolean;
  readonly environment?: PoolDefinition["environment"];
  /** Throws instead of opening, for the first so many. */
  readonly broken?: number;
  /** No channel ever comes about, nor an error. */
  readonly unreachable?: boolean;
  /** Called with every worker that is opened. */
  readonly opened?: (worker: MemoryWorker) => void;
}

const capabilities: Capabilities = {
  parallel: true,
  remote: false,
  sharedMemory: true,
  interrupts: true,
  chdir: false,
  isolated: true,
  processes: false,
};

const options: PlanOptions = {
  workers: 2,
  concurrency: 1,
  env: {},
  cwd: undefined,
  setup: undefined,
  sideEffectImports: true,
  threadsPerWorker: 1,
  maxMemory: Infinity,
  maxFutures: Infinity,
  idleTimeout: Infinity,
  grace: 100,
  oversubscribe: false,
  heartbeat: 0,
  connectTimeout: 1000,
  maxOutput: 1000,
  rngMisuse: undefined,
  extra: {},
};

export function memoryPool(given: MemoryPoolOptions = {}): MemoryPool {
  const { capabilities: changed, environment, marked = true, broken = 0, unreachable = false, opened, ...planOptions } = given;
  const clock = new TestClock();
  const workers: MemoryWorker[] = [];
  const log = new Watched();
  const refusals = new Map<number, Error>();
  const wake: (() => void)[] = [];
  let attempts = 0;
  const spec = { backend: "memory", options: { ...options, ...planOptions } };
  const empty = { body: { root: undefined }, needs: [], blocks: [], bytes: 0, local: undefined };
  const context = { spec, strata: empty, setup: empty, session: "test", decode: (body: { root: unknown }) => body.root };
  const pool = openPool(
    context,
    {
      name: "memory",
      capabilities: { ...capabilities, ...changed },
      ...(environment && { environment }),
      open: ({ name }) => {
        if (unreachable) return new Promise<never>(() => undefined);
        if (++attempts <= broken) throw new Error(`no ${attempts}`);
        const worker = new MemoryWorker(name, marked);
        workers.push(worker);
        for (const resolve of wake.splice(0)) resolve();
        opened?.(worker);
        return worker;
      },
    },
    clock,
  );
  let count = 0;
  return {
    pool,
    clock,
    workers,
    refusals,
    log: log.lines,
    logged: (line) => log.has(line),
    worker: async (index) => {
      while (workers[index] === undefined) await new Promise<void>((resolve) => wake.push(resolve));
      const worker = workers[index];
      if (worker === undefined) throw new Error("unreachable");
      return worker;
    },
    task: (more = {}) => newTask(++count, more, log, refusals),
  };
}

class Watched {
  readonly lines: string[] = [];
  #wake: (() => void)[] = [];

  add(line: string): void {
    this.lines.push(line);
    for (const resolve of this.#wake.splice(0)) resolve();
  }

  async has(line: string): Promise<void> {
    while (!this.lines.includes(line)) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }
}

function newTask(id: number, more: Partial<Task>, log: Watched, refusals: Map<number, Error>): Task {
  return {
    id,
    future: `f${id}`,
    label: undefined,
    index: undefined,
    attempt: 1,
    payload: { body: { root: undefined }, needs: [], blocks: [], bytes: 0, local: undefined },
    dependencies: [],
    output: "relay",
    modules: [],
    seed: undefined,
    timeout: undefined,
    ...more,
    events: {
      sent: (worker) => log.add(`${id} sent ${worker}`),
      started: (at) => log.add(`${id} started ${at}`),
      output: (entries) => log.add(`${id} output ${entries.length}`),
      progress: (fraction) => log.add(`${id} progress ${fraction}`),
      outcome: (message) => log.add(`${id} ${message.status} ${String(message.body.root)}`),
      lost: (loss) => log.add(`${id} lost ${loss.started} ${loss.exitCode ?? loss.signal ?? loss.cause?.message ?? ""}`.trimEnd()),
      stopped: (reason, started) => log.add(`${id} stopped ${reason} ${started}`),
      refused: (error) => {
        refusals.set(id, error);
        log.add(`${id} refused ${error.name}`);
      },
    },
  };
}

/** A definition with an id. */
export function definition(id: string): Definition {
  return { type: "constant", id, encoded: { root: 1 } };
}
