/** Text of modules that refuse to load in a worker. */

/** Declares the class; it is known at home by its brand. */
export const notPortable = `
class NotPortable extends Error {
  static [Symbol.for("futureplan/error")] = true;
  get name() { return "NotPortable"; }
  _tag = "NotPortable";
}`;

/** A module that throws `NotPortable`. */
export function refuseText(message: string): string {
  return `${notPortable}\nthrow new NotPortable(${JSON.stringify(message)});`;
}
