/** What is known of one future: what it was asked to do, and everything that has happened to it since, launch by launch. */

import { cellOf } from "../../src/core/cellOf.ts";
import type { Future } from "../../src/core/Future.ts";
import type { FutureCell } from "../../src/core/FutureCell.ts";
import { isSettled, type StateTag } from "../../src/core/FutureState.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";

export interface Begin {
  /** Position among all steps. */
  readonly at: number;
  readonly task: number;
  readonly plan: OpenedPlan;
  /** Its worker was ended before the news arrived, as it would have on this machine. */
  isUnheard: boolean;
}

/** From `created` to its end; `reset` opens the next. */
export interface Launch {
  /** Tasks of it have higher numbers. */
  readonly after: number;
  readonly states: StateTag[];
  /** Positions among all steps. */
  queuedAt: number | undefined;
  sentAt: number | undefined;
  settledAt: number | undefined;
  readonly begins: Begin[];
  end: { readonly tag: StateTag; readonly value: unknown; readonly error: unknown; readonly attempts: number } | undefined;
}

/** What its code is told. */
export interface Work {
  readonly number: number;
  readonly fails: boolean;
}

export interface BookInit {
  readonly work: Work;
  readonly future: Future<number>;
  readonly plan: OpenedPlan;
  readonly uses: readonly Book[];
  readonly retries: number;
  readonly timeout: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Number of the last task before it. */
  readonly after: number;
  /** Counts steps of all books. */
  readonly tick: () => number;
}

export class Book implements BookInit {
  readonly work: Work;
  readonly future: Future<number>;
  readonly plan: OpenedPlan;
  readonly uses: readonly Book[];
  readonly retries: number;
  readonly timeout: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly after: number;
  readonly tick: () => number;
  readonly launches: Launch[] = [];
  /** Somebody has asked to stop it, once. */
  isAsked: boolean;

  constructor(init: BookInit) {
    this.work = init.work;
    this.future = init.future;
    this.plan = init.plan;
    this.uses = init.uses;
    this.retries = init.retries;
    this.timeout = init.timeout;
    this.signal = init.signal;
    this.after = init.after;
    this.tick = init.tick;
    this.isAsked = init.signal?.aborted === true;
    const cell = cellOf(init.future);
    this.open(init.after);
    this.#enter(cell);
    watch(cell, () => this.#enter(cell));
  }

  get launch(): Launch {
    const last = this.launches.at(-1);
    if (last === undefined) throw new Error("unreachable");
    return last;
  }

  get isSettled(): boolean {
    return this.launch.end !== undefined;
  }

  /** `undefined`: it gives none. */
  get expected(): number | undefined {
    const inputs = this.uses.map(({ expected }) => expected);
    if (this.work.fails || inputs.includes(undefined)) return undefined;
    return inputs.reduce<number>((sum, input) => sum + (input ?? 0), this.work.number * 1000);
  }

  /** The launch that a task belongs to. */
  launchOf(task: number): Launch {
    return this.launches.findLast(({ after }) => task > after) ?? this.launch;
  }

  /** A task of this number or a higher one is another launch's. */
  open(after: number): void {
    this.launches.push({
      after,
      states: [],
      queuedAt: undefined,
      sentAt: undefined,
      settledAt: undefined,
      begins: [],
      end: undefined,
    });
  }

  #enter(cell: FutureCell): void {
    const { state, attempts } = cell;
    const { launch } = this;
    launch.states.push(state._tag);
    const at = this.tick();
    if (state._tag !== "created") launch.queuedAt ??= at; // with a worker at hand it is sent before anybody sees it queued
    if (state._tag === "sent") launch.sentAt ??= at;
    if (!isSettled(state)) return;
    launch.settledAt ??= at;
    const value = state._tag === "finished" ? state.value : undefined;
    const error = state._tag === "finished" ? undefined : state.error;
    launch.end ??= { tag: state._tag, value, error, attempts };
  }
}

/** Hears every change of the state, by whatever way it comes. */
function watch(cell: FutureCell, changed: () => void): void {
  let { state } = cell;
  Object.defineProperty(cell, "state", {
    get: () => state,
    set: (next: FutureCell["state"]) => {
      state = next;
      changed();
    },
  });
}
