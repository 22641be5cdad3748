/**
 * The scripts of this process, by V8's ids. The URL alone is cheap (0.1 ms for those of the callers, 2 ms and more for all);
 * the rest takes the debugger on for a moment, and then V8 tells of every script: 6 ms for Node's own, 2 to 4 ms more per hundred.
 */

import { listening, post } from "./inspector.ts";

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
  let found: ScriptParsed | undefined;
  const note = (params: object): void => {
    const script = params as ScriptParsed; // V8's shape
    urls.set(script.scriptId, script.url);
    if (script.scriptId === id) found = script;
  };
  return listening("Debugger.scriptParsed", note, () =>
    withDebugger(() => {
      if (found === undefined) return undefined;
      const { startLine, startColumn, isModule } = found;
      const { scriptSource: source } = post<{ scriptSource: string }>("Debugger.getScriptSource", { scriptId: id });
      return { startLine, startColumn, isModule, source };
    }),
  );
}

/** Runs `body` while the debugger is on. */
export function withDebugger<T>(body: () => T): T {
  endDebugger(); // whoever takes it on anew is told of all scripts
  try {
    post("Debugger.enable", { maxScriptsCacheSize: 0 });
    return body();
  } finally {
    post("Debugger.disable");
  }
}

let atEnd: (() => void)[] | undefined;

/** Takes the debugger on until the running job ends, for many short questions; `ended` is called then. */
export function keepDebugger(ended: () => void): void {
  if (atEnd === undefined) {
    post("Debugger.enable", { maxScriptsCacheSize: 0 });
    atEnd = [];
    queueMicrotask(endDebugger);
  }
  atEnd.push(ended);
}

function endDebugger(): void {
  if (atEnd === undefined) return;
  const ends = atEnd;
  atEnd = undefined;
  post("Debugger.disable");
  for (const end of ends) end();
}
