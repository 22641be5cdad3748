/** The base of everything that goes wrong on our side; the user's own errors pass untouched. */

/** What every `FutureError` carries besides its message. */
export interface FutureErrorInit {
  /** The future's label, if it has one. */
  readonly label?: string | undefined;
  readonly cause?: unknown;
}

/** Trouble of the library, never of the user's function. `_tag` tells which; the message says what to do. */
export abstract class FutureError extends Error {
  static override readonly name: string = "FutureError";
  /** Marks our classes, so that an error of ours is known in every process, whichever bundle made it. */
  static {
    Object.defineProperty(this, Symbol.for("futureplan/error"), { value: true });
  }

  abstract readonly _tag: string;
  /** The label of the future it happened to; set by the engine where the error was made without knowing it. */
  label: string | undefined;

  constructor(message: string, init: FutureErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.label = init.label;
    Object.defineProperty(this, "name", { value: new.target.name, configurable: true, writable: true });
  }
}
