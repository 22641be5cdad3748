/** Text of modules that refuse to load in a worker. */

/** Declares the class; it is known at home by its brand. */
export const notPortable = `
class NotPortable extends Error {
  static [Symbol.for("futureplan/error")] = true;
  _tag = "NotPortable";
  constructor(message) {
    super(message);
    Object.defineProperty(this, "name", { value: "NotPortable", writable: true, configurable: true });
    this.stack = "NotPortable: " + message; // its frames are these lines
  }
}`;

/** A module that throws `NotPortable`. */
export function refuseText(message: string): string {
  return `${notPortable}\nthrow new NotPortable(${JSON.stringify(message)});`;
}
