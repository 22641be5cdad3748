/**
 * One plan in use: opens the backend of its first stratum at the first future, keeps order while that is being loaded,
 * and knows which runs are pending, so that a plan that was replaced closes as soon as its last future has ended.
 */

import { systemClock } from "../platform/clock.ts";
import type { Capabilities } from "../plans/Capabilities.ts";
import { backendEntry } from "../plans/registry.ts";
import { parsePlan, type Plan } from "../plans/parsePlan.ts";
import type { PlanSpec } from "../plans/PlanSpec.ts";
import type { Backend, HowToClose, StopReason } from "./Backend.ts";
import { keep } from "../session/keep.ts";
import { defaultWorkers } from "./defaultWorkers.ts";
import { endOfFuture, engine } from "./engine.ts";
import { freezePlan, type FrozenPlan } from "./freezePlan.ts";
import { openBackend, openBackendNow, planClosed, planOpened } from "./openBackend.ts";
import type { Run } from "./Run.ts";
import { isInterrupted, runBegins, runEnded } from "./sigint.ts";

export class OpenPlan {
  readonly strata: Plan;
  readonly capabilities: Capabilities;
  readonly #frozen: () => FrozenPlan;
  /** The one that takes new runs. */
  #backend: Backend | undefined;
  /** Those that have not ended yet, the present one among them. */
  readonly #backends = new Set<Backend>();
  #opening: Promise<Backend | undefined> | undefined;
  /** How many runs have not heard their last event. */
  #pending = 0;
  /** Those of them that wait for the values of other futures. */
  readonly #awaiting = new Set<Run>();
  /** Submitted while the backend was being opened. */
  readonly #held = new Set<Run>();
  #retired = false;
  #below: OpenPlan | undefined;

  constructor(strata: Plan) {
    this.strata = strata;
    this.capabilities = backendEntry(strata[0].backend).capabilities;
    this.#frozen = freezePlan(strata);
  }

  get spec(): PlanSpec {
    return this.strata[0];
  }

  /** The plan inside futures of this one that run in this thread: the next stratum, in the end `sequential`. */
  get below(): OpenPlan {
    const [, first, ...rest] = this.strata;
    this.#below ??= new OpenPlan(first === undefined ? parsePlan("sequential") : [first, ...rest]);
    return this.#below;
  }

  /** How many futures can run at once. */
  get workers(): number {
    if (this.#backend !== undefined) return this.#backend.workers;
    return this.capabilities.parallel ? defaultWorkers(this.spec) * this.spec.options.concurrency : 1;
  }

  get free(): number {
    return this.#backend?.free() ?? Math.max(0, this.workers - this.#pending);
  }

  /** A future is about to be captured: opens the backend, if that can be done at once, and lets a worker start meanwhile. */
  expect(): void {
    if (!this.capabilities.parallel || isInterrupted()) return;
    if (this.#backend === undefined && this.#opening === undefined) this.#openNow();
    this.#backend?.expect?.();
  }

  /** A run of this plan, to be submitted when the values of the futures it depends on are there. */
  await(run: Run): void {
    this.#begins();
    this.#awaiting.add(run);
  }

  /** Queue it, first in, first out. */
  submit(run: Run): void {
    if (!this.#awaiting.delete(run)) this.#begins();
    if (isInterrupted()) return stopSoon(run);
    if (!this.capabilities.parallel) engine().here.set(run.future, this);
    const backend = this.#backend;
    if (backend !== undefined) return keep(() => run.submitTo(backend));
    this.#held.add(run);
    this.#opening ??= this.#open();
  }

  /** Queue it once more, after `backend` lost its worker; one that is being closed takes nothing back. */
  resubmit(run: Run, backend: Backend | undefined): void {
    if (backend === this.#backend) return this.submit(run);
    this.#begins();
    run.events.stopped(isInterrupted() ? "SIGINT" : "shutdown", false);
  }

  /** What was sent and has not begun comes back into the queue: something has to happen in the workers before it. */
  takeBack(): void {
    for (const backend of this.#backends) backend.takeBack?.();
  }

  #begins(): void {
    this.#pending++;
    if (this.capabilities.parallel) runBegins();
  }

  stop(run: Run, reason: StopReason, interrupt: boolean): void {
    if (this.#waits(run)) run.events.stopped(reason, false);
    else run.backend?.stop(run, reason, interrupt);
  }

  #waits(run: Run): boolean {
    return this.#awaiting.has(run) || this.#held.has(run);
  }

  /** Its last event was heard. */
  ended(run: Run): void {
    this.#pending--;
    this.#awaiting.delete(run);
    if (this.capabilities.parallel) runEnded();
    else endOfFuture(engine(), run.future);
    if (this.#retired && this.#pending === 0) this.#closeSoon();
  }

  /** It was replaced: it closes when its last future has ended, and again should a lazy one come later. */
  retire(): void {
    this.#retired = true;
    if (this.#pending === 0) this.#closeSoon();
  }

  /** Ends the workers; a later future opens the plan again. */
  async close(how: HowToClose): Promise<void> {
    const reason = how === "interrupt" ? "SIGINT" : "shutdown";
    if (how !== "drain") for (const run of [...this.#awaiting, ...this.#held]) run.events.stopped(reason, false);
    const backends = new Set(this.#backends);
    const opening = this.#opening;
    this.#backend = undefined;
    this.#opening = undefined; // what comes now is not for this one
    // At the end of the process there is no later.
    const opened = opening === undefined ? undefined : await opening;
    if (opened !== undefined) backends.add(opened);
    const closing = [...backends].map((backend) => this.#closeBackend(backend, how));
    if (how === "now" || how === "interrupt") await Promise.all([...closing, this.#closeBelow(how)]);
    else await Promise.all(closing).then(() => this.#closeBelow(how));
  }

  /** What was made inside futures of this plan outlives it only if it is to be drained. */
  async #closeBelow(how: HowToClose): Promise<void> {
    if (how === "drain") this.#below?.retire();
    else await this.#below?.close(how);
  }

  /** Idle workers do not keep the process alive, but whoever waits for their end must hear of it. */
  async #closeBackend(backend: Backend, how: HowToClose): Promise<void> {
    const hold = how === "drain" ? undefined : systemClock.after(Number.MAX_SAFE_INTEGER, () => undefined, true);
    try {
      await backend.close(how);
    } finally {
      hold?.cancel();
    }
    this.#backends.delete(backend);
    this.#closedIfEmpty();
  }

  #closeSoon(): void {
    this.close("drain").catch((error: unknown) => process.emitWarning(`Plan ${this.spec.backend} did not close cleanly: ${String(error)}`));
  }

  /** Gives what was opened, unless that failed. */
  #open(): Promise<Backend | undefined> {
    planOpened(this);
    const opening = openBackend(this.strata, this.#frozen).then(
      (backend) => {
        this.#add(backend);
        if (this.#opening !== opening) return backend; // the plan has been closed meanwhile
        this.#backend = backend;
        keep(() => this.#release().forEach((run) => run.submitTo(backend)));
        return backend;
      },
      (cause: unknown) => {
        const held = this.#opening === opening ? this.#release() : [];
        this.#closedIfEmpty();
        for (const run of held) run.events.refused(asError(cause));
        return undefined;
      },
    );
    return opening;
  }

  #add(backend: Backend): void {
    this.#backends.add(backend);
    planOpened(this);
  }

  #closedIfEmpty(): void {
    if (this.#backends.size === 0 && this.#opening === undefined) planClosed(this);
  }

  #openNow(): void {
    try {
      this.#backend = openBackendNow(this.strata, this.#frozen);
    } catch {
      return; // submit() opens it again and tells the future what is wrong
    }
    if (this.#backend !== undefined) this.#add(this.#backend);
  }

  #release(): readonly Run[] {
    const held = [...this.#held].filter((run) => !run.over);
    this.#held.clear();
    this.#opening = undefined;
    return held;
  }
}

/** Not before the next turn: a program that tries again and again must leave room for its own end. */
function stopSoon(run: Run): void {
  systemClock.after(0, () => run.events.stopped("SIGINT", false), true);
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
