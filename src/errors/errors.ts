/** All errors of the library, one class each. Messages are composed by `words.ts`. */

import { FutureError, type FutureErrorInit } from "./FutureError.ts";

/** A worker could not be started. */
export class LaunchError extends FutureError {
  readonly _tag = "LaunchError";
}

/** What is known about a worker that went away. */
export interface WorkerLostInit extends FutureErrorInit {
  readonly worker: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stderr: string;
}

/** The worker died while the future ran: exit code, signal and its last words on stderr tell why. */
export class WorkerLost extends FutureError {
  readonly _tag = "WorkerLost";
  readonly worker: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** The last lines the worker wrote on standard error. */
  readonly stderr: string;

  constructor(message: string, init: WorkerLostInit) {
    super(message, init);
    this.worker = init.worker;
    this.exitCode = init.exitCode;
    this.signal = init.signal;
    this.stderr = init.stderr;
  }
}

/** A name that the future's code uses could not be found where the function was made. */
export class GlobalsNotFound extends FutureError {
  readonly _tag = "GlobalsNotFound";
}

/** The captured values exceed `maxGlobalsSize`. */
export class GlobalsTooLarge extends FutureError {
  readonly _tag = "GlobalsTooLarge";
}

/** A captured value, argument or result cannot leave this process; the message names the path to it. */
export class NotPortable extends FutureError {
  readonly _tag = "NotPortable";
}

/** Host and worker do not speak the same protocol, or a message was damaged. */
export class ProtocolMismatch extends FutureError {
  readonly _tag = "ProtocolMismatch";
}

/** The future was interrupted while it ran. */
export class FutureInterrupted extends FutureError {
  readonly _tag: string = "FutureInterrupted";
}

/** The future was canceled before it ran. */
export class FutureCanceled extends FutureInterrupted {
  override readonly _tag = "FutureCanceled";
}

/** The future ran longer than its `timeout`. */
export class FutureTimeout extends FutureInterrupted {
  override readonly _tag = "FutureTimeout";
}

/** Random numbers were asked for without a seed, or used wrongly. */
export class RngMisuse extends FutureError {
  readonly _tag = "RngMisuse";
}

/** A plan that cannot be: unknown name, wrong worker count, malformed `FUTURE_PLAN`. */
export class PlanInvalid extends FutureError {
  readonly _tag = "PlanInvalid";
}

/** An option that does not exist or does not fit. */
export class OptionInvalid extends FutureError {
  readonly _tag = "OptionInvalid";
}
