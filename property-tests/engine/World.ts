/**
 * Everything around the engine in one run: the clock, the plans with their pools and workers, the futures, and what was
 * asked. Whatever happens by itself (messages, ends of workers, timers) is a step of fast-check's scheduler.
 */

import type fc from "fast-check";
import { openPool } from "../../src/backends/pool/openPool.ts";
import type { Backend, BackendContext } from "../../src/core/Backend.ts";
import { LaunchError } from "../../src/errors/errors.ts";
import type { TaskMessage } from "../../src/protocol/messages.ts";
import { TestClock } from "../../test/unit/backends/support/TestClock.ts";
import { capabilitiesOf, nameOf, planVariable, specOf } from "./backends.ts";
import type { Book, Launch } from "./Book.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";
import type { Setting } from "./Setting.ts";
import { WiredWorker, type Fate } from "./WiredWorker.ts";

/** Something that was asked, until it is answered. */
export interface Question {
  readonly label: string;
  isAnswered: boolean;
}

/** A `withPlan` under way. */
export interface Scope {
  plan: OpenedPlan;
  /** Runs something inside. */
  readonly inside: (action: () => void) => void;
  readonly leave: () => void;
  isLeft: boolean;
  /** Its `withPlan` has come to its end. */
  isOver: boolean;
  /** What was under way when it was left. */
  launches: readonly Launch[];
  workers: readonly WiredWorker[];
}

export class World {
  readonly setting: Setting;
  readonly clock: TestClock = new TestClock();
  readonly plans: OpenedPlan[] = [];
  readonly books: Book[] = [];
  readonly scopes: Scope[] = [];
  readonly questions: Question[] = [];
  readonly controllers: readonly AbortController[] = [new AbortController(), new AbortController()];
  /** Broken laws that only the moment shows, and errors that nobody may throw. */
  readonly faults: unknown[] = [];
  /** How the next workers start. */
  readonly fates: Fate[] = [];
  /** Which plan holds outside of `withPlan`. */
  base: OpenedPlan;
  /** Whether `base` is still the plan that holds. */
  holding = true;
  readonly #scheduler: fc.Scheduler;
  #time = 0;
  #until = 0;
  #ticking = false;

  constructor(setting: Setting, scheduler: fc.Scheduler) {
    this.setting = setting;
    this.#scheduler = scheduler;
    this.clock.step = setting.pace;
    this.base = this.newPlan(0);
  }

  get workers(): readonly WiredWorker[] {
    return this.plans.flatMap(({ workers }) => workers);
  }

  /** Positions in time, of everything that is written down. */
  readonly tick = (): number => ++this.#time;

  readonly schedule = (label: string, action: () => void): void => {
    void this.#scheduler
      .schedule(Promise.resolve(), label)
      .then(action)
      .catch((error: unknown) => this.faults.push(error));
  };

  /** Whether steps wait to be done. */
  get isBusy(): boolean {
    return this.#scheduler.count() > 0;
  }

  /** Does all steps that wait, and those that come of them. */
  steps(): Promise<void> {
    return this.#scheduler.waitAll();
  }

  newPlan(which: number): OpenedPlan {
    const kind = this.setting.kinds[which % 2 === 0 ? 0 : 1];
    const number = this.plans.length;
    const plan: OpenedPlan = {
      number,
      kind,
      spec: specOf(kind, number),
      pools: [],
      workers: [],
      isTroubled: false,
      isUncertain: kind.remote && (!kind.marked || kind.concurrency > 1),
      maps: 0,
      wasClosed: false,
    };
    this.plans.push(plan);
    return plan;
  }

  /** For the backends: a pool on this world's clock. */
  openPool(context: BackendContext): Backend {
    const number = Number(context.spec.options.env[planVariable]);
    const plan = this.plans[number];
    if (plan === undefined) throw new Error(`no plan ${number}`);
    const open = ({ name }: { name: string }): WiredWorker => this.#openWorker(plan, name);
    const pool = openPool(context, { name: nameOf(plan.kind), capabilities: capabilitiesOf(plan.kind), open }, this.clock);
    const opened = { isClosing: false };
    plan.pools.push(opened);
    const close = pool.close.bind(pool);
    pool.close = (how) => {
      opened.isClosing = true;
      return close(how);
    };
    return pool;
  }

  #openWorker(plan: OpenedPlan, name: string): WiredWorker {
    const fate = this.fates.shift() ?? "ready";
    if (fate !== "ready") plan.isTroubled = true;
    if (fate === "unopened") throw new Error("no worker today");
    if (fate === "hopeless") throw new LaunchError("no worker ever");
    const { marked, concurrency } = plan.kind;
    const worker = new WiredWorker({
      name: `${plan.number}:${name}`,
      marked,
      concurrency,
      fate,
      schedule: this.schedule,
      began: (message) => this.#began(plan, message, worker.isKilled),
      killed: (unheard) => this.#killed(plan, unheard),
      now: () => this.clock.now(),
    });
    plan.workers.push(worker);
    return worker;
  }

  #began(plan: OpenedPlan, { future, task }: TaskMessage, late: boolean): void {
    const book = this.books.find((one) => one.future.id === future);
    book?.launchOf(task).begins.push({ at: this.tick(), task, plan, isUnheard: late && isQuick(plan) });
  }

  /** Only a ledger tells then what has begun. On this machine what was said before the grace passed has been heard. */
  #killed(plan: OpenedPlan, unheard: readonly number[]): void {
    plan.isTroubled = true;
    if (!plan.kind.marked || plan.kind.concurrency > 1 || plan.kind.remote) plan.isUncertain = true;
    if (!isQuick(plan)) return;
    for (const { launches } of this.books)
      for (const { begins } of launches) for (const begin of begins) begin.isUnheard ||= unheard.includes(begin.task);
  }

  /** Time goes on by so much, one timer a step. */
  advance(milliseconds: number): void {
    this.#until = Math.max(this.#until, this.clock.now()) + milliseconds;
    if (!this.#ticking) this.#tickOn();
  }

  #tickOn(): void {
    this.#ticking = true;
    this.schedule("a timer", () => {
      this.#ticking = false;
      if (this.clock.tick(this.#until)) this.#tickOn();
    });
  }

  /** Keeps an eye on a promise; `check` is given how it ended. */
  ask<T>(label: string, promise: Promise<T>, check: (end: PromiseSettledResult<T>) => void = () => undefined): void {
    const question = { label, isAnswered: false };
    this.questions.push(question);
    const answered = (end: PromiseSettledResult<T>): void => {
      question.isAnswered = true;
      check(end);
    };
    promise
      .then(
        (value) => answered({ status: "fulfilled", value }),
        (reason: unknown) => answered({ status: "rejected", reason }),
      )
      .catch((error: unknown) => this.faults.push(error));
  }
}

/** Several futures of a worker of this machine: what is said there is heard before any grace has passed, which wires do not know. */
function isQuick({ kind }: OpenedPlan): boolean {
  return !kind.remote && kind.concurrency > 1;
}
