/** What stands, in an error that came home, for a part that cannot travel. */

/**
 * A part of an error that could not leave its worker: a socket, a `WeakMap`, a running generator. `leftOut` says what it was; of an object of
 * Node's, its own plain data came along (`error.response.statusCode`), and nothing that it can do.
 */
export class LeftOut {
  static readonly name: string = "LeftOut";
  /** The library's own, like its errors: known by name in every process. */
  static {
    Object.defineProperty(this, Symbol.for("futureplan/error"), { value: true });
  }

  /** What it was, and why it is not here. */
  readonly leftOut: string;

  constructor(leftOut: string) {
    this.leftOut = leftOut;
  }
}
