/** A backend under the test's hands: it keeps what it is given and says what the test tells it to. */

import { afterEach, beforeEach } from "vitest";
import { plan } from "../../../src/api/plan.ts";
import type { Backend, BackendContext, StopReason, Task } from "../../../src/core/Backend.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";
import type { PlanSpec } from "../../../src/plans/PlanSpec.ts";
import { registerBackend } from "../../../src/plans/registerBackend.ts";
import type { Capabilities } from "../../../src/plans/Capabilities.ts";
import type { OutcomeMessage, OutputEntry } from "../../../src/protocol/messages.ts";

export const capabilities: Capabilities = {
  parallel: true,
  remote: false,
  sharedMemory: false,
  interrupts: true,
  chdir: false,
  isolated: true,
  processes: false,
};

export interface Stop {
  readonly task: Task;
  readonly reason: StopReason;
  readonly interrupt: boolean;
}

export class MemoryBackend implements Backend {
  readonly capabilities: Capabilities = capabilities;
  readonly context: BackendContext;
  readonly tasks: Task[] = [];
  readonly stops: Stop[] = [];
  readonly closed: string[] = [];

  constructor(context: BackendContext) {
    this.context = context;
  }

  get workers(): number {
    return this.context.spec.options.workers ?? 1;
  }

  free(): number {
    return this.workers;
  }

  submit(task: Task): void {
    this.tasks.push(task);
  }

  stop(task: Task, reason: StopReason, interrupt: boolean): void {
    this.stops.push({ task, reason, interrupt });
  }

  close(how: "drain" | "cancelQueued" | "now"): Promise<void> {
    this.closed.push(how);
    return Promise.resolve();
  }
}

export interface Memory {
  readonly spec: PlanSpec;
  /** Every backend that was opened for the spec. */
  readonly opened: MemoryBackend[];
  /** The task that was submitted as the `n`-th of all, counted from 0. */
  task(n: number): Promise<Task>;
}

let count = 0;

/** A plan of its own, whose tasks the test answers. */
export function memoryPlan(options: Record<string, unknown> = {}): Memory {
  const opened: MemoryBackend[] = [];
  const tasks: Task[] = [];
  let wake: (() => void)[] = [];
  const name = `memory${++count}`;
  const open = (context: BackendContext): Backend => {
    const backend = new MemoryBackend(context);
    const submit = backend.submit.bind(backend);
    backend.submit = (task) => {
      submit(task);
      tasks.push(task);
      const woken = wake;
      wake = [];
      for (const each of woken) each();
    };
    opened.push(backend);
    return backend;
  };
  const factory = registerBackend(name, { capabilities, load: () => Promise.resolve({ open }) });
  const task = async (n: number): Promise<Task> => {
    for (;;) {
      const found = tasks[n];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => wake.push(resolve));
    }
  };
  return { spec: factory({ workers: 2, oversubscribe: true, ...options }), opened, task };
}

/** A plan of its own for each test, set while it runs; call once per file or block. */
export function memoryPlanOfEachTest(): Memory {
  let memory: Memory;
  beforeEach(() => {
    memory = memoryPlan();
    plan(memory.spec);
  });
  afterEach(() => {
    plan(sequential());
  });
  return {
    get spec() {
      return memory.spec;
    },
    get opened() {
      return memory.opened;
    },
    task: (n) => memory.task(n),
  };
}

/** The message by which a worker ends a task; plain data only. */
export function outcomeOf(task: Task, root: unknown, more: Partial<OutcomeMessage> = {}): OutcomeMessage {
  return {
    type: "outcome",
    task: task.id,
    status: "value",
    body: { root },
    definitions: [],
    output: [],
    started: 1000,
    finished: 2000,
    left: [],
    spent: false,
    ...more,
  };
}

export function finish(task: Task, root: unknown, output: readonly OutputEntry[] = []): void {
  task.events.outcome(outcomeOf(task, root, { output }));
}

export function fail(task: Task, message: string): void {
  task.events.outcome(outcomeOf(task, message, { status: "error" }));
}
