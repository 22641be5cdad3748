/**
 * What stays at home of an object that travels in part: whoever reads or writes such a property is told so. Accessors do it, so that
 * nothing (`?.`, `in` with a read after it, spreading, `JSON.stringify`) ever sees `undefined` in its place.
 */

import { NotPortable } from "../errors/errors.ts";

const mark = Symbol.for("futureplan/leftOut");

/** `name` is the path of the property, as messages show it. */
export function leftOut(name: string): PropertyDescriptor {
  const refuse = (): never => {
    throw new NotPortable(
      `${name} stayed at home: of its object only what the code reads by fixed names travels, because the whole of it cannot. Read it into a variable before the future is made.`,
    );
  };
  Object.defineProperty(refuse, mark, { value: name });
  return { get: refuse, set: refuse, enumerable: true, configurable: true };
}

/** The path of the property that an accessor stands for; `undefined`: it is an ordinary function. */
export function leftOutName(fn: Function): string | undefined {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, mark)?.value;
  return typeof name === "string" ? name : undefined;
}
