/**
 * Calls a constructor only up to a place in it: a conditional breakpoint there hands out `this` and ends the call. No debugger that is
 * attached is stopped by it.
 */

import { evaluateEndably, post } from "./inspector.ts";
import { announced } from "./probe.ts";
import { keepDebugger } from "./scripts.ts";

/** V8's coordinates. */
export interface Place {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

export interface Stopped {
  readonly self: object;
  /** The arrow functions asked for, as they are made there. */
  readonly functions: readonly Function[];
}

/** Calls `constructor` with `args` until the first statement at or behind `from` that stands before `to`. Throws where there is none. */
export function constructUntil(
  constructor: Function,
  args: readonly unknown[],
  [from, to]: readonly [from: Place, to: Place],
  texts: readonly string[],
): Stopped {
  let stopped: Stopped | undefined;
  const hook = (self: object, ...functions: Function[]): boolean => {
    stopped = { self, functions };
    post("Runtime.terminateExecution");
    return false;
  };
  announced(constructor, hook, ["this", ...texts].join(", "), (condition) => {
    keepDebugger();
    const { scriptId, line: lineNumber, column: columnNumber } = from;
    const { breakpointId, actualLocation } = post<Breakpoint>("Debugger.setBreakpoint", {
      location: { scriptId, lineNumber, columnNumber },
      condition,
    });
    try {
      if (!isBefore(actualLocation, to)) throw new Error("the constructor has no place to stop at");
      evaluateEndably(
        () => Reflect.construct(constructor, args) as unknown,
        (given) => `${given}()`,
      );
    } finally {
      post("Debugger.removeBreakpoint", { breakpointId });
    }
  });
  if (stopped === undefined) throw new Error("the constructor could not be stopped");
  return stopped;
}

interface Breakpoint {
  readonly breakpointId: string;
  readonly actualLocation: { readonly lineNumber: number; readonly columnNumber?: number };
}

function isBefore({ lineNumber, columnNumber = 0 }: Breakpoint["actualLocation"], { line, column }: Place): boolean {
  return lineNumber < line || (lineNumber === line && columnNumber <= column);
}
