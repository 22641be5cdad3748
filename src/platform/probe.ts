/**
 * Questions that scopes do not answer: an arrow's `this`, whether closures share a variable, whether one is initialised.
 * A conditional breakpoint at the entry of a function answers in the function's own scope and ends the call there:
 * its body never runs. 3 to 5 ms; needed rarely.
 */

import { types } from "node:util";
import { evaluateEndably, handleOf, lookAt, post } from "./inspector.ts";
import { withDebugger } from "./scripts.ts";

/** A function whose calls can be stopped before they evaluate anything: its parameters are plain names. */
export interface Stoppable {
  readonly fn: Function;
  /** Generators stop at the first `next()`. */
  readonly generator: boolean;
}

/** The `this` that an arrow function sees. */
export function lexicalThis(given: Stoppable): unknown {
  return ask(given, "() => this", (read) => read());
}

/** The `new.target` that an arrow function sees. */
export function lexicalNewTarget(given: Stoppable): unknown {
  return ask(given, "() => new.target", (read) => read());
}

/** Whether reading variable `name` in `given` throws: it is in its dead zone. */
export function isUninitialised(given: Stoppable, name: string): boolean {
  return ask(given, `() => ${name}`, (read) => {
    try {
      read();
      return false;
    } catch (error) {
      return error instanceof ReferenceError;
    }
  });
}

/** Which of `others` see it when variable `name` of `given` is written. The old value is put back. */
export function sharersOf(given: Stoppable, name: string, others: readonly Function[]): readonly boolean[] {
  const marker = Symbol("marker");
  return ask(given, `() => ${name}, (ǂ) => { ${name} = ǂ; }`, (read, write) => {
    const before = read();
    write(marker);
    try {
      if (read() !== marker || variableOf(given.fn, name) !== marker) throw new Error(`${name} is not the variable that was captured`);
      return others.map((other) => variableOf(other, name) === marker);
    } finally {
      write(before);
    }
  });
}

/** Arrow functions, given as text, as they are made in the scope of `given`. */
export function functionsIn(given: Stoppable, texts: readonly string[]): readonly Function[] {
  return ask(given, texts.join(", "), (...made) => made);
}

function variableOf(fn: Function, name: string): unknown {
  return lookAt(fn).scopes.find(({ object }) => name in object)?.object[name];
}

type Read = () => unknown;
type Write = (value: unknown) => void;

const probeName = "ǂfutureplan";

/** Answers in the scope of `given`. `accessors` are arrow functions as text, which `answer` is called with. */
function ask<T>(given: Stoppable, accessors: string, answer: (read: Read, write: Write, ...more: Function[]) => T): T {
  const outcome: { answer?: T; failure?: unknown } = {};
  const onEntry = (read: Read, write: Write, ...more: Function[]): boolean => {
    try {
      outcome.answer = answer(read, write, ...more);
    } catch (error) {
      outcome.failure = error;
    } finally {
      post("Runtime.terminateExecution");
    }
    return false;
  };
  const [call, end] = announce(given.fn, probeName, onEntry);
  try {
    withDebugger(() => callUntilEntry(given, call(accessors)));
  } finally {
    end();
  }
  if ("answer" in outcome) return outcome.answer as T; // T itself may be undefined
  throw outcome.failure ?? new Error("the function could not be stopped at its entry");
}

/**
 * Makes `hook` known under `name` to all code of the function's realm: how a call of it is written there, and what ends this. Nothing of the
 * call can be hidden by a variable; if it could not be evaluated, the body of what is called would run.
 */
export function announce(fn: Function, name: string, hook: Function): readonly [call: (args: string) => string, end: () => void] {
  const global = globalOf(fn);
  Object.defineProperty(global, name, { value: hook, configurable: true });
  return [(args) => `(() => {}).constructor("return this")().${name}(${args})`, () => void Reflect.deleteProperty(global, name)];
}

/** The global object that `Function` of the function's own realm makes functions for. Throws where it makes none. */
function globalOf(fn: Function): object {
  let root: object = fn;
  for (let at: object | null = fn; at !== null && !types.isProxy(at); at = Object.getPrototypeOf(at) as object | null)
    if (typeof at === "function") root = at;
  const make: unknown = Object.getOwnPropertyDescriptor(root, "constructor")?.value; // `root` is `Function.prototype`
  const found: unknown = typeof make === "function" ? (make("return this") as () => unknown)() : undefined;
  if (typeof found !== "object" || found === null) throw new Error("no code can be made from text here");
  return found;
}

function callUntilEntry({ fn, generator }: Stoppable, condition: string): void {
  const { breakpointId } = post<{ breakpointId: string }>("Debugger.setBreakpointOnFunctionCall", { objectId: handleOf(fn), condition });
  try {
    evaluateEndably(fn, (given) => (generator ? `${given}().next()` : `${given}()`));
  } finally {
    post("Debugger.removeBreakpoint", { breakpointId });
  }
}
