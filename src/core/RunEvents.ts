/** What a backend tells about a run, turned into the states of its future. After the last event nothing more is heard. */

import { decodeAtHome } from "../globals/snapshot.ts";
import { FutureError } from "../errors/FutureError.ts";
import { FutureCanceled, FutureInterrupted, FutureTimeout, LaunchError, ProtocolMismatch, WorkerLost } from "../errors/errors.ts";
import { canceledText, interruptedText, leftBehindText, notLoadedText, timeoutText, workerLostText } from "../errors/words.ts";
import { systemClock } from "../platform/clock.ts";
import type { OutcomeMessage, OutputEntry } from "../protocol/messages.ts";
import type { Loss, StopReason, TaskEvents } from "./Backend.ts";
import { conclude } from "./conclude.ts";
import type { FutureCell } from "./FutureCell.ts";
import { queued, running, sent } from "./FutureState.ts";
import type { Run } from "./Run.ts";
import { writeLive } from "./relay.ts";
import { warnOfDraw } from "./rngMisuse.ts";
import { finishOwnError, finishUserError } from "./trace.ts";

const nothing: readonly never[] = [];

/** How many workers may be lost with a future aboard that has not begun. */
const freeRuns = 3;

export class RunEvents implements TaskEvents {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  get #cell(): FutureCell {
    return this.#run.cell;
  }

  sent(worker: string): void {
    if (this.#run.over) return;
    this.#cell.worker = worker;
    this.#cell.move(sent);
  }

  started(at: number): void {
    if (this.#run.over) return;
    this.#begin(at);
  }

  output(entries: readonly OutputEntry[]): void {
    if (this.#run.over) return;
    if (this.#cell.settings.output === "live") writeLive(this.#cell, entries);
    else this.#cell.write(entries);
  }

  progress(fraction: number, message: string | undefined): void {
    if (!this.#run.over) this.#cell.chunk?.onProgress?.(fraction, message);
  }

  outcome(message: OutcomeMessage): void {
    if (!this.#finish()) return;
    const cell = this.#cell;
    this.#begin(message.started);
    cell.finished = message.finished;
    if (cell.chunk !== undefined) cell.chunk.report = message.chunk;
    cell.write(message.output);
    if (message.left.length > 0)
      process.emitWarning(leftBehindText(cell.name, message.left), { type: "FutureWarning", code: "FUTURE_LEFT_BEHIND" });
    const failed = message.status === "error";
    if (message.drew !== undefined && !failed) warnOfDraw(cell, message.drew);
    let body: unknown;
    try {
      body = decodeAtHome(message.body, message.definitions);
    } catch (error) {
      return this.#undecoded(error);
    }
    if (!(body instanceof Promise)) return settleWith(cell, failed, body);
    body.then(
      (value) => settleWith(cell, failed, value),
      (error) => this.#undecoded(error),
    );
  }

  /** What came home cannot be rebuilt here. */
  #undecoded(error: unknown): void {
    if (error instanceof ProtocolMismatch) this.#fail(error);
    else settleWith(this.#cell, true, error);
  }

  lost(loss: Loss): void {
    const run = this.#run;
    if (run.over) return;
    const { settings } = run.cell;
    const { attempt, unbegun } = run;
    if (loss.started) run.cell.attempts = attempt;
    if (!loss.started && unbegun < freeRuns) return this.#again(attempt, unbegun + 1);
    if (loss.started && attempt <= settings.retries) return this.#again(attempt + 1, unbegun);
    this.#finish();
    const text = workerLostText(run.cell, loss, attempt - 1);
    const { worker, exitCode, signal, stderr, cause } = loss;
    this.#fail(new WorkerLost(text, { label: settings.label, worker, exitCode, signal, stderr, cause }));
  }

  stopped(reason: StopReason, started: boolean): void {
    if (!this.#finish()) return;
    const cell = this.#cell;
    const { label, timeout, signal } = cell.settings;
    const cause: unknown = reason === "cancel" && signal?.aborted === true ? signal.reason : undefined;
    cell.finished = systemClock.now();
    if (reason === "timeout" && timeout !== undefined) {
      this.#begin(cell.finished);
      conclude(cell, { _tag: "interrupted", error: finishOwnError(new FutureTimeout(timeoutText(cell.name, timeout), { label }), cell) });
    } else if (started || cell.state._tag === "running") {
      this.#begin(cell.finished);
      conclude(cell, {
        _tag: "interrupted",
        error: finishOwnError(new FutureInterrupted(interruptedText(cell, reason), { label, cause }), cell),
      });
    } else {
      conclude(cell, {
        _tag: "canceled",
        error: finishOwnError(new FutureCanceled(canceledText(cell, reason), { label, cause }), cell),
      });
    }
  }

  refused(error: Error): void {
    if (!this.#finish()) return;
    const { name, plan, settings } = this.#cell;
    const ours = error instanceof FutureError;
    this.#fail(ours ? error : new LaunchError(notLoadedText(plan.spec.backend, name, error), { label: settings.label, cause: error }));
  }

  /** A future that it uses failed with `error`, or gave a value that cannot travel. */
  starved(error: unknown): void {
    if (this.#finish()) conclude(this.#cell, { _tag: "failed", error });
  }

  /** The first last event counts. */
  #finish(): boolean {
    const run = this.#run;
    if (run.over) return false;
    run.over = true;
    run.cell.plan.ended(run);
    return true;
  }

  /** Backends need not tell every step: what runs was sent, and what ended had begun. */
  #begin(at: number): void {
    const cell = this.#cell;
    cell.worker ??= cell.plan.spec.backend;
    cell.attempts = this.#run.attempt;
    if (cell.state._tag === "queued") cell.move(sent);
    if (cell.state._tag === "sent") cell.started = at;
    cell.move(running);
  }

  /** The next run is queued before this one ends, or a plan that was replaced would close between them. */
  #again(attempt: number, unbegun: number): void {
    const cell = this.#cell;
    cell.move(queued);
    cell.output = nothing;
    cell.started = undefined;
    this.#run.repeat(attempt, unbegun);
    this.#finish();
  }

  #fail(error: Error): void {
    const cell = this.#cell;
    cell.finished = systemClock.now();
    conclude(cell, { _tag: "failed", error: finishOwnError(error, cell) });
  }
}

function settleWith(cell: FutureCell, failed: boolean, body: unknown): void {
  if (failed) finishUserError(body, cell);
  conclude(cell, failed ? { _tag: "failed", error: body } : { _tag: "finished", value: body });
}
