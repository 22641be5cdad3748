/**
 * The scripts of this process, by V8's ids. The URL alone is cheap (0.1 ms for those of the callers, 2 ms and more for all);
 * the rest takes the debugger on for a moment, and then V8 tells of every script: 6 ms for Node's own, 2 to 4 ms more per hundred.
 */

import { fileURLToPath } from "node:url";
import { listening, post } from "./inspectorSession.ts";

/** Lines and columns are zero-based. */
export interface ScriptDetails {
  readonly startLine: number;
  readonly startColumn: number;
  readonly isModule: boolean;
  /** V8's text: what really runs, even when the file has changed. */
  readonly source: string;
}

const urls = new Map<string, string>();

/** The URL or file name of a script. */
export function urlOfScript(id: string): string {
  const known = urls.get(id);
  if (known !== undefined) return known;
  noteCallers();
  if (!urls.has(id)) noteAll();
  if (!urls.has(id)) readScript(id);
  return urls.get(id) ?? "";
}

interface ScriptName {
  readonly scriptId: string;
  readonly url: string;
}
interface Thrown {
  readonly exceptionDetails?: { readonly stackTrace?: { readonly callFrames: readonly ScriptName[] } };
}

/** Those that have a function on the stack: most closures stand where they are made futures. V8 names frames while `Runtime` is on. */
function noteCallers(): void {
  try {
    post("Runtime.enable");
    const { exceptionDetails } = post<Thrown>("Runtime.evaluate", { expression: "throw 0", silent: true });
    for (const { scriptId, url } of exceptionDetails?.stackTrace?.callFrames ?? []) if (url !== "") urls.set(scriptId, url);
  } finally {
    post("Runtime.disable");
  }
}

/** The URLs or file names of all scripts. */
export function scriptNames(): readonly string[] {
  noteAll();
  return [...urls.values()];
}

/** Does not disturb coverage that someone else collects. */
function noteAll(): void {
  const { result } = post<{ result: readonly ScriptName[] }>("Profiler.getBestEffortCoverage");
  urls.clear(); // those that are gone must not pile up
  for (const { scriptId, url } of result) urls.set(scriptId, url);
}

interface ScriptParsed extends ScriptName {
  readonly startLine: number;
  readonly startColumn: number;
  readonly isModule: boolean;
}

/** Everything about a script, at one go: it is the debugger that costs. `undefined`: V8 has it no more. */
export function readScript(id: string): ScriptDetails | undefined {
  return withDebugger(() => {
    const found = told.get(id);
    if (found === undefined) return undefined;
    const { startLine, startColumn, isModule } = found;
    const { scriptSource: source } = post<{ scriptSource: string }>("Debugger.getScriptSource", { scriptId: id });
    return { startLine, startColumn, isModule, source };
  });
}

/** The scripts that V8 has told of since the debugger is on. */
const told = new Map<string, ScriptParsed>();
let isOn = false;
let users = 0;

function note(params: object): void {
  const script = params as ScriptParsed; // V8's shape
  urls.set(script.scriptId, script.url);
  told.set(script.scriptId, script);
}

/** Runs `body` while the debugger is on; what is within another such call, or one of `sharingDebugger`, shares its session. */
export function withDebugger<T>(body: () => T): T {
  return sharingDebugger(() => {
    turnOn();
    return body();
  });
}

function turnOn(): void {
  if (!isOn) listening("Debugger.scriptParsed", note, enable);
}

function enable(): void {
  isOn = true;
  post("Debugger.enable", { maxScriptsCacheSize: 0 });
}

/** Once the debugger comes on in `body`, it stays on until its end. */
export function sharingDebugger<T>(body: () => T): T {
  if (users === 1) endKeeping(); // whoever takes it on anew is told of all scripts
  users += 1;
  try {
    return body();
  } finally {
    users -= 1;
    if (users === 0 && isOn) turnOff();
  }
}

let ends: (() => void)[] | undefined;

/** Takes the debugger on until the running job ends, for many short questions; `ended` is called then. */
export function keepDebugger(ended: () => void): void {
  if (ends === undefined) {
    ends = [];
    users += 1;
    turnOn();
    queueMicrotask(endKeeping);
  }
  ends.push(ended);
}

function endKeeping(): void {
  if (ends === undefined) return;
  const all = ends;
  ends = undefined;
  users -= 1;
  if (users === 0 && isOn) turnOff();
  for (const end of all) end();
}

/** The text of a file that nobody has changed since this process began; `undefined`: there is none, or it has changed. */
export function unchangedFile(url: string): string | undefined {
  if (!url.startsWith("file:")) return undefined;
  const { readFileSync, statSync } = process.getBuiltinModule("node:fs");
  try {
    const path = fileURLToPath(url);
    return statSync(path).mtimeMs < performance.timeOrigin ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined; // a name that is no file's
  }
}

function turnOff(): void {
  isOn = false;
  told.clear();
  post("Debugger.disable");
  sweep();
}

let left = 0;
let debt = 0;
/** What telling of one more script takes, and a full collection per byte of the heap, in ms. */
const perScript = 0.006;
const perByte = 2e-6;
/** Collecting larger heaps would be felt; there they are collected often enough. Bytes. */
const smallHeap = 1e8;

/** Whoever has V8 run texts while the debugger is on says how many. */
export function noteTexts(count: number): void {
  left += count;
}

/**
 * Each text that ran while the debugger was on stays a script until the next full collection, and V8 tells of all scripts whenever it comes on.
 * Once that has cost as much as a collection, one is asked for; V8 does it when the loop is free.
 */
function sweep(): void {
  debt += left * perScript;
  const { used_heap_size: used } = process.getBuiltinModule("node:v8").getHeapStatistics();
  if (used > smallHeap || debt < used * perByte) return;
  left = 0;
  debt = 0;
  post("HeapProfiler.collectGarbage");
}
