/**
 * What users read when something of ours goes wrong: what happened, to which future, what to do.
 * Backends word the start of workers themselves (`backends/pool/StartFailure.ts`).
 */

import { nearestName } from "./nearestName.ts";

/** How a message names a future: by its label, else by its number and where it was made. */
export function futureName(
  label: string | undefined,
  number: number,
  place: string | undefined,
  kind: "future" | "map" = "future",
): string {
  if (label !== undefined) return `${kind} "${label}"`;
  return place === undefined ? `${kind} #${number}` : `${kind} #${number} created at ${place}`;
}

/** The elements of a map that travel together. */
export function chunkName(map: string, [first, last]: readonly [number, number]): string {
  return first === last ? `element ${first} of ${map}` : `the chunk with elements ${first} to ${last} of ${map}`;
}

/** Whom a message is about. */
export interface Who {
  readonly name: string;
  /** Nobody holds the futures that maps make. */
  readonly canReset: boolean;
}

const shown = 60;

/** A value in a message: short, and never running code of the value's own. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > shown ? `${value.slice(0, shown)}…` : value);
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : describeObject(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value))
    return value.length === 0 ? "an empty array" : `an array of ${value.length}, beginning with ${describeItem(value[0])}`;
  const keys = Object.keys(value);
  return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ", …" : ""}`;
}

/** The same for what may be a secret or data: nothing of what a text or a list holds. */
export function describeKind(value: unknown): string {
  if (typeof value === "string") return "a string";
  return Array.isArray(value) && value.length > 0 ? `an array of ${value.length}` : describeValue(value);
}

function describeItem(value: unknown): string {
  return typeof value === "object" && value !== null ? (Array.isArray(value) ? "an array" : "an object") : describeValue(value);
}

// Options and plans

export function optionText(
  where: string,
  name: string,
  expected: string,
  came: unknown,
  describe: (came: unknown) => string = describeValue,
): string {
  return `Option "${name}" of ${where} must be ${expected}, not ${describe(came)}.`;
}

export function unknownOptionText(where: string, name: string, known: readonly string[]): string {
  return `${where} has no option "${name}"${guess(name, known)}; it takes ${known.length === 0 ? "none" : known.join(", ")}.`;
}

export function notAFunctionText(came: unknown): string {
  return `future(fn) needs a function, not ${describeKind(came)}; write future(() => …).`;
}

export function notAFutureText(verb: string, came: unknown): string {
  return `${verb}() needs a future, not ${describeKind(came)}.`;
}

export function unknownPlanText(name: string, allowed: readonly string[]): string {
  return `There is no plan "${name}"${guess(name, allowed)}; allowed: ${allowed.join(", ")}.`;
}

function guess(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}

export function environmentText(variable: string, value: string, allowed: string, cause: unknown): string {
  const why = cause instanceof Error ? ` ${cause.message}` : "";
  return `${variable}=${JSON.stringify(value)} is not valid.${why} Allowed: ${allowed}.`;
}

export function oversubscribedText(backend: string, workers: number, cores: number): string {
  return (
    `Plan ${backend}: ${workers} workers on ${cores} available core${cores === 1 ? "" : "s"}. ` +
    'Use fewer, or allow it with `oversubscribe: true`; availableCores({ which: "all" }) tells where the number of cores comes from.'
  );
}

export function noBackendText(backend: string): string {
  return `Plan ${backend}: its module has no function open(context), so no worker can be started.`;
}

/** Why Bun has no plans with processes. */
export function noSerializerText(bun: string | undefined): string {
  return `Bun ${bun} lacks DefaultSerializer and DefaultDeserializer of node:v8, which messages between processes are made of. Use "multicore", or run the program with Node.`;
}

export function notLoadedText(backend: string, future: string, cause: unknown): string {
  return `Plan ${backend} could not be opened for ${future}: ${cause instanceof Error ? cause.message : String(cause)}`;
}

// What happens to futures

export type Ending = "cancel" | "timeout" | "shutdown" | "SIGINT";

export function canceledText(future: Who, reason: Ending): string {
  const why = {
    cancel: "was canceled",
    timeout: "ran out of time",
    shutdown: "was canceled, since its plan was shut down,",
    SIGINT: "was canceled by SIGINT (Ctrl-C)",
  }[reason];
  return `${capital(future.name)} ${why} before it began.${reason === "SIGINT" ? "" : again(future)}`;
}

export function interruptedText(future: Who, reason: Ending): string {
  const why = {
    cancel: "by cancel() or its signal",
    timeout: "out of time",
    shutdown: "since its plan was shut down",
    SIGINT: "by SIGINT (Ctrl-C)",
  }[reason];
  return `${capital(future.name)} was interrupted while it ran, ${why}.${reason === "SIGINT" ? "" : again(future)}`;
}

function again({ canReset }: Who): string {
  return canReset ? " reset() makes it runnable again." : "";
}

export function timeoutText(future: string, timeout: number): string {
  return `${capital(future)} ran longer than its timeout of ${timeout} ms and was ended. Give it more time with the option "timeout".`;
}

export interface LossFacts {
  readonly worker: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stderr: string;
  readonly cause: Error | undefined;
}

export function workerLostText(future: Who, loss: LossFacts, retries: number): string {
  const words = loss.stderr.trim() === "" ? "" : `\nLast lines of its standard error:\n${loss.stderr.trimEnd()}`;
  if (isOutOfMemory(loss)) return outOfMemoryText(future, loss, retries) + words;
  const why = loss.cause === undefined ? "" : ` (${loss.cause.message})`;
  const how = loss.signal !== undefined ? ` (signal ${loss.signal})` : loss.exitCode !== undefined ? ` (exit code ${loss.exitCode})` : why;
  const advice =
    retries > 0
      ? `It was run ${retries + 1} times.`
      : `If it is safe to run it twice, set the option "retries"${future.canReset ? ", or call reset()" : ""}.`;
  return `Worker ${loss.worker} was lost${how} while it ran ${future.name}. ${advice}${words}`;
}

/** Threads are ended with an error that says so, processes say it themselves. */
function isOutOfMemory({ cause, stderr }: LossFacts): boolean {
  return (
    (cause !== undefined && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY") ||
    /^FATAL ERROR: .*heap out of memory/m.test(stderr)
  );
}

function outOfMemoryText(future: Who, { worker, signal }: LossFacts, retries: number): string {
  const where = signal === undefined ? "" : ', or its workers with the plan\'s env: { NODE_OPTIONS: "--max-old-space-size=4096" }';
  return (
    `Worker ${worker} ran out of memory while it ran ${future.name}: its JavaScript heap reached its limit.${retries > 0 ? ` It was run ${retries + 1} times.` : ""} ` +
    `Let the future hold less at once (smaller chunks; typed arrays, which lie outside that heap), or start the program with node --max-old-space-size=4096 (MiB), ` +
    `which workers on this machine take over${where}. If workers grow from future to future, the plan's maxMemory replaces them in time.`
  );
}

export function droppedText(future: string): string {
  return `The result of ${future} was freed by value(…, { drop: true }) and cannot be had again. Keep the value, or leave out "drop".`;
}

export function notSettledText(future: string, state: string): string {
  return `${capital(future)} is ${state}; only a settled future can be reset. Wait for it, or cancel() it and wait for its outcome.`;
}

export function progressFailedText(verb: string, error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `The progress function of ${verb}() threw ${what}. The map goes on; the function is not called again.`;
}

export function misfitText(future: string): string {
  return `What came for ${future} are not its values. Make sure that both ends run the same version of futureplan.`;
}

export function leftBehindText(future: string, left: readonly string[]): string {
  return `${capital(future)} left behind: ${left.join(", ")}. Close what a future opens before it returns.`;
}

export function waitingText(future: string, what: readonly string[]): string {
  const rest = what.length > listed ? `, and ${what.length - listed} more` : "";
  return (
    `${capital(future)} has not started: for more than five seconds it has waited for ${what.slice(0, listed).join(", ")}${rest}, which it captured. ` +
    "If it does not need that, read what it does need into a variable first, and use only the variable in the function."
  );
}

/** How many things a message lists. */
const listed = 3;

export function drewText(future: string, place: string): string {
  return (
    `${capital(future)} drew random numbers without a seed${place === "" ? "" : `, at ${place}`}: its value cannot be had again. ` +
    'Give it the option "seed" (true, or a number); the plan option rngMisuse: "ignore" allows such draws, "error" makes them fail.'
  );
}

/** `decides`: they make the exit code 1. */
export function unobservedText(names: readonly string[], more: number, decides: boolean): string {
  const rest = more > 0 ? `\n  and ${more} more` : "";
  const end = decides ? " The exit code is therefore 1; the environment variable FUTURE_UNOBSERVED=warn leaves it alone." : "";
  return `Futures failed and nobody asked for their value:\n  ${names.join("\n  ")}${rest}\nAwait value(f) or outcome(f) to handle such errors.${end}`;
}

/** `place`: where it is written. */
export function writeLostText(verb: string, name: string, place: string): string {
  return (
    `The function given to ${verb}() writes the variable ${name} (${place}), and the code after the call reads it. The write is lost under every plan: ` +
    `each element works with a copy of what the function captured, so ${name} keeps the value it had before. ` +
    "Return what an element contributes and put the values together after the call, or use futureReduce() or futureMapReduce()."
  );
}

export function noInitialText(): string {
  return 'value(…, { reduce }) of an empty container needs the option "initial".';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `everywhere()` was called where it could not hold for all. */
export function everywhereInsideText(): string {
  return "everywhere() was called inside a future or in a worker: what it sets would hold in some workers only. Call it at home, before the futures that need it; inside a future, call the function itself.";
}

/** What a slow capture was busy with. */
interface SlowCapture {
  readonly label: string | undefined;
  readonly path: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly functions: number;
  readonly package: string | undefined;
}

export function slowCaptureText({ label, path, duration, functions, package: from }: SlowCapture): string {
  const what = functions > 1 ? `, with ${functions} functions` : "";
  return (
    `Capturing ${label === undefined ? "a future's function" : `the function of "${label}"`} took ${(duration / 1000).toFixed(1)} s${what}, during which nothing else ran here; ` +
    `most of it is ${path}${from === undefined ? "" : ` (package ${from})`}. ` +
    `Make it where it is used, once per worker, with workerLocal(() => …), or export it from a module and name that: { modules: ["./it.js"] }.`
  );
}
