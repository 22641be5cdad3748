/**
 * Calls a constructor only up to a place in it: a conditional breakpoint there hands out `this` and ends the call. No debugger that is
 * attached is stopped by it.
 */

import { evaluateEndably } from "./inspector.ts";
import { post } from "./inspectorSession.ts";
import { announce } from "./probe.ts";
import { keepDebugger, noteTexts } from "./scripts.ts";

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

/** Runs `call`, which calls `constructor`, until there the first statement is reached at or behind `from` and before `to`. Throws where there is none. */
export function constructUntil(
  constructor: Function,
  call: () => object,
  range: readonly [from: Place, to: Place],
  texts: readonly string[],
): Stopped {
  let stopped: Stopped | undefined;
  if (!stops.has(constructor)) stops.set(constructor, setStop(constructor, range, texts));
  onStop = (self, ...functions) => {
    stopped = { self, functions };
    post("Runtime.terminateExecution");
  };
  try {
    noteTexts(textsEach);
    evaluateEndably(call, (given) => `${given}()`);
  } finally {
    onStop = undefined;
  }
  if (stopped === undefined) throw new Error("the constructor could not be stopped");
  return stopped;
}

/** While the debugger is on: how to take away what the breakpoint of a constructor needs. */
const stops = new Map<Function, () => void>();
let onStop: ((self: object, ...functions: Function[]) => void) | undefined;

function hook(self: object, ...functions: Function[]): boolean {
  onStop?.(self, ...functions);
  return false;
}

/** The call, its condition, and a handle. */
const textsEach = 3;

interface Breakpoint {
  readonly actualLocation: { readonly lineNumber: number; readonly columnNumber?: number };
}

/** The breakpoint goes with the debugger. */
function setStop(constructor: Function, [from, to]: readonly [from: Place, to: Place], texts: readonly string[]): () => void {
  keepDebugger(() => {
    stops.get(constructor)?.();
    stops.delete(constructor);
  });
  const [call, end] = announce(constructor, "ǂfutureplanNew", hook);
  const { scriptId, line: lineNumber, column: columnNumber } = from;
  const condition = call(["this", ...texts].join(", "));
  const { actualLocation } = post<Breakpoint>("Debugger.setBreakpoint", { location: { scriptId, lineNumber, columnNumber }, condition });
  if (isBefore(actualLocation, to)) return end;
  end();
  throw new Error("the constructor has no place to stop at");
}

function isBefore({ lineNumber, columnNumber = 0 }: Breakpoint["actualLocation"], { line, column }: Place): boolean {
  return lineNumber < line || (lineNumber === line && columnNumber <= column);
}
