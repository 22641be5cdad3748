/**
 * Questions that scopes do not answer: an arrow's `this`, whether closures share a variable, whether one is initialised.
 * A conditional breakpoint at the entry of a function evaluates an expression in the function's own scope and ends the call there:
 * its body never runs. Turning the debugger on and off takes 2 ms and more, each question about 150 µs.
 */

import { types } from "node:util";
import { evaluateEndably, handleOf } from "./inspector.ts";
import { post } from "./inspectorSession.ts";
import { noteTexts, withDebugger } from "./scripts.ts";

/** A function whose calls can be stopped before they evaluate anything of the user's. */
export interface Stoppable {
  readonly fn: Function;
  /** Generators stop at the first `next()`. */
  readonly generator: boolean;
  /** What it is given: nothing of the user's may be asked by taking it apart. */
  readonly args?: readonly unknown[];
  /** It takes arrays apart that V8 makes for it. */
  readonly iterates?: boolean;
  /** The same for all closures of one place of the code, which then share a breakpoint. `undefined`: it is not known. */
  readonly place?: string | undefined;
}

/** A variable as code in its scope sees it; to be used after the question, too. */
export interface Variable {
  readonly read: () => unknown;
  readonly write: (value: unknown) => void;
}

/** What several questions share. */
interface Session {
  readonly breakpoints: Map<string, { readonly id: string; readonly condition: string }>;
  readonly offices: Map<Function, Office>;
}

/** Where conditions find us: an object of their realm that no variable can hide, and the text that leads there. */
interface Office {
  readonly holder: object;
  readonly text: string;
}

let open: Session | undefined;

/** Runs `body`; its questions share one session of the debugger. No code of the user's may run in it. */
export function questioning<T>(body: () => T): T {
  if (open !== undefined) return body();
  const session: Session = { breakpoints: new Map(), offices: new Map() };
  open = session;
  try {
    return withDebugger(() => {
      try {
        return body();
      } finally {
        for (const { id: breakpointId } of session.breakpoints.values()) post("Debugger.removeBreakpoint", { breakpointId });
      }
    });
  } finally {
    open = undefined;
    for (const { holder } of session.offices.values()) Reflect.deleteProperty(holder, officeName);
  }
}

/** The `this` that an arrow function sees. Throws where it has none yet. */
export function lexicalThis(given: Stoppable): unknown {
  return evaluateIn(given, "this");
}

/** The `new.target` that an arrow function sees. */
export function lexicalNewTarget(given: Stoppable): unknown {
  return evaluateIn(given, "new.target");
}

/** Whether reading variable `name` in `given` throws: it is in its dead zone. */
export function isUninitialised(given: Stoppable, name: string): boolean {
  const { read } = variableIn(given, name);
  try {
    read();
    return false;
  } catch (error) {
    return error instanceof ReferenceError;
  }
}

/** What `name` means to `given`. */
export function variableIn(given: Stoppable, name: string): Variable {
  return evaluateIn(given, `{ read: () => ${name}, write: (ǂ) => { ${name} = ǂ; } }`) as Variable; // made by the text
}

/** Arrow functions, given as text, as they are made in the scope of `given`. */
export function functionsIn(given: Stoppable, texts: readonly string[]): readonly Function[] {
  return evaluateIn(given, `[${texts.join(", ")}]`) as readonly Function[]; // made by the text
}

/** The value of an expression in the scope of `given`. Throws what it throws. */
export function evaluateIn(given: Stoppable, expression: string): unknown {
  return questioning(() => {
    outcome = undefined;
    const condition = `${officeOf(given.fn).text}.${officeName}(() => (${expression}))`;
    stopAtEntry(given, condition);
    return answerOf(outcome);
  });
}

/** The call, its condition, and a handle. */
const textsEach = 3;

type Outcome = { readonly answer: unknown } | { readonly failure: unknown };

const officeName = "ǂfutureplan";
let outcome: Outcome | undefined;

function answerOf(given: Outcome | undefined): unknown {
  if (given === undefined) throw new Error("the function could not be stopped at its entry");
  if ("failure" in given) throw given.failure;
  return given.answer;
}

/** What conditions call. */
function onEntry(evaluate: () => unknown): boolean {
  try {
    outcome = { answer: evaluate() };
  } catch (failure) {
    outcome = { failure };
  } finally {
    post("Runtime.terminateExecution");
  }
  return false;
}

function officeOf(fn: Function): Office {
  const offices = open?.offices ?? new Map<Function, Office>();
  const make = functionMaker(fn);
  const known = offices.get(make);
  if (known !== undefined) return known;
  const office = newOffice(make);
  Object.defineProperty(office.holder, officeName, { value: onEntry, configurable: true });
  offices.set(make, office);
  return office;
}

/** Nothing of the text can be hidden by a variable; if it could not be evaluated, the body would run. */
function newOffice(make: Function): Office {
  const text = "(() => {}).constructor";
  return Object.isExtensible(make) ? { holder: make, text } : { holder: globalOf(make), text: `${text}("return this")()` };
}

/** Makes `hook` known under `name` to all code of the function's realm: how a call of it is written there, and what ends this. */
export function announce(fn: Function, name: string, hook: Function): readonly [call: (args: string) => string, end: () => void] {
  const { holder, text } = newOffice(functionMaker(fn));
  Object.defineProperty(holder, name, { value: hook, configurable: true });
  return [(args) => `${text}.${name}(${args})`, () => void Reflect.deleteProperty(holder, name)];
}

/** `Function` of the function's own realm. */
function functionMaker(fn: Function): Function {
  let root: object = fn;
  for (let at: object | null = fn; at !== null && !types.isProxy(at); at = Object.getPrototypeOf(at) as object | null)
    if (typeof at === "function") root = at;
  const make: unknown = Object.getOwnPropertyDescriptor(root, "constructor")?.value; // `root` is `Function.prototype`
  if (typeof make !== "function" || types.isProxy(make)) throw new Error("no place to answer was found");
  return make;
}

/** With `--frozen-intrinsics`. Throws where no code can be made from text. */
function globalOf(make: Function): object {
  const found: unknown = (make("return this") as () => unknown)();
  if (typeof found !== "object" || found === null) throw new Error("no code can be made from text here");
  return found;
}

function stopAtEntry({ fn, generator, args = [], iterates = false, place = "" }: Stoppable, condition: string): void {
  if (iterates && !hasOwnIteration(functionMaker(fn))) throw new Error("iterating over arrays is not the language's own here");
  setBreakpoint(fn, place, condition);
  noteTexts(textsEach);
  evaluateEndably(
    { fn, args },
    (given) => `${given}.fn(${args.map((_, at) => `${given}.args[${at}]`).join()})${generator ? ".next()" : ""}`,
  );
}

const sourceOf = Function.prototype.toString;

/** Whether arrays of a realm are iterated over by the language's own functions, as their texts show. */
function hasOwnIteration(make: Function): boolean {
  const array = make === Function ? [] : ((make("return []") as () => unknown)() as object);
  const values = ownFunction(Object.getPrototypeOf(array), Symbol.iterator, "values");
  if (values === undefined) return false;
  const iterator = Reflect.apply(values, array, []) as object; // the language's own
  return ownFunction(Object.getPrototypeOf(iterator), "next", "next") !== undefined && !("return" in iterator);
}

function ownFunction(holder: object, key: PropertyKey, name: string): Function | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
  return typeof value === "function" && sourceOf.call(value) === `function ${name}() { [native code] }` ? value : undefined;
}

/** V8 keeps them by place: one stops every closure of it. */
function setBreakpoint(fn: Function, place: string, condition: string): void {
  const breakpoints: Session["breakpoints"] = open?.breakpoints ?? new Map();
  if (place !== "" && breakpoints.get(place)?.condition === condition) return;
  // One place takes one, and that of an unknown place may be any.
  for (const [other, { id }] of breakpoints) {
    if (place !== "" && other !== place && other !== "") continue;
    post("Debugger.removeBreakpoint", { breakpointId: id });
    breakpoints.delete(other);
  }
  const { breakpointId: id } = post<{ breakpointId: string }>("Debugger.setBreakpointOnFunctionCall", {
    objectId: handleOf(fn),
    condition,
  });
  breakpoints.set(place, { id, condition });
}
