/** All errors of the library, one class each; the names stand in the code, for bundlers shorten those of classes. Messages are composed by `words.ts`. */

import { FutureError, type FutureErrorInit } from "./FutureError.ts";

/** A worker could not be started. */
export class LaunchError extends FutureError {
  static override readonly name: string = "LaunchError";
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
  static override readonly name: string = "WorkerLost";
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
  static override readonly name: string = "GlobalsNotFound";
  readonly _tag = "GlobalsNotFound";
}

/** The captured values exceed `maxGlobalsSize`. */
export class GlobalsTooLarge extends FutureError {
  static override readonly name: string = "GlobalsTooLarge";
  readonly _tag = "GlobalsTooLarge";
}

/** A captured value, argument or result cannot leave this process; the message names the path to it. */
export class NotPortable extends FutureError {
  static override readonly name: string = "NotPortable";
  readonly _tag = "NotPortable";
}

/** Host and worker do not speak the same protocol, or a message was damaged. */
export class ProtocolMismatch extends FutureError {
  static override readonly name: string = "ProtocolMismatch";
  readonly _tag = "ProtocolMismatch";
}

/** The future was interrupted while it ran. */
export class FutureInterrupted extends FutureError {
  static override readonly name: string = "FutureInterrupted";
  readonly _tag: string = "FutureInterrupted";
}

/** The future was canceled before it ran. */
export class FutureCanceled extends FutureInterrupted {
  static override readonly name: string = "FutureCanceled";
  override readonly _tag = "FutureCanceled";
}

/** The future ran longer than its `timeout`. */
export class FutureTimeout extends FutureInterrupted {
  static override readonly name: string = "FutureTimeout";
  override readonly _tag = "FutureTimeout";
}

/** Random numbers were asked for without a seed, or used wrongly. */
export class RngMisuse extends FutureError {
  static override readonly name: string = "RngMisuse";
  readonly _tag = "RngMisuse";
}

/** A plan that cannot be: unknown name, wrong worker count, malformed `FUTURE_PLAN`. */
export class PlanInvalid extends FutureError {
  static override readonly name: string = "PlanInvalid";
  readonly _tag = "PlanInvalid";
}

/** An option that does not exist or does not fit. */
export class OptionInvalid extends FutureError {
  static override readonly name: string = "OptionInvalid";
  readonly _tag = "OptionInvalid";
}
