/**
 * What the library itself remembers in this thread, under the session: the plan, plans of single futures, open
 * backends, resources of `workerLocal`. Every copy of the package of the same shape shares it.
 */

import type { Timer } from "../platform/clock.ts";
import { AsyncContext } from "../platform/context.ts";
import { currentSession } from "../session/currentSession.ts";
import type { OpenPlan } from "./OpenPlan.ts";

/** A place that holds a plan: this thread's, a future's, or that of a `withPlan`. */
export interface PlanSlot {
  plan: OpenPlan;
}

/** A `withPlan` in force. */
export interface PlanScope extends PlanSlot {
  /** The future in which it was called. */
  readonly future: string | undefined;
}

export interface SigintState {
  /** Runs of parallel plans that have not heard their last event. */
  pending: number;
  /** Listens soon, should there still be any. */
  timer: Timer | undefined;
  phase: "idle" | "listening" | "interrupted";
}

export interface Engine {
  /** Outside futures; made at first use. */
  base: PlanSlot | undefined;
  readonly scopes: AsyncContext<PlanScope>;
  /** By future: the plan that it set for itself. */
  readonly inside: Map<string, PlanSlot>;
  /** By future that runs in this very thread: its plan, whose next stratum holds inside it. */
  readonly here: Map<string, OpenPlan>;
  /** Plans with an open backend. */
  readonly open: Set<OpenPlan>;
  /** What is known for the case of SIGINT: `sigint.ts`. */
  readonly sigint: SigintState;
  /** The warning about more workers than cores has been given. */
  oversubscribed: boolean;
  /** Misuse of random numbers has been told of. */
  rngWarned: boolean;
  /** Resources of `workerLocal`, by handle. */
  readonly locals: Map<string, unknown>;
}

/** This thread's engine, made at first use. */
export function engine(): Engine {
  const session = currentSession();
  if (isEngine(session.engine)) return session.engine;
  const made: Engine = {
    base: undefined,
    scopes: new AsyncContext(),
    inside: new Map(),
    here: new Map(),
    open: new Set(),
    sigint: { pending: 0, timer: undefined, phase: "idle" },
    oversubscribed: false,
    rngWarned: false,
    locals: new Map(),
  };
  session.engine = made;
  session.ended = (future) => endOfFuture(made, future);
  return made;
}

/** The plan that a future set for itself ends with it. */
export function endOfFuture({ inside, here }: Engine, future: string): void {
  here.delete(future);
  const slot = inside.get(future);
  if (slot === undefined) return;
  inside.delete(future);
  slot.plan.retire();
}

/** Nobody but this file sets it. */
function isEngine(value: unknown): value is Engine {
  return value !== undefined;
}
