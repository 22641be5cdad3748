/**
 * The scripts of this process, by V8's ids. The URL alone is cheap (0.1 ms for those of the callers, 2 ms and more for all);
 * the rest takes the debugger on for a moment (20 ms the first time, then 3 to 5).
 */

import { listening, post } from "./inspector.ts";

export interface ScriptInfo {
  readonly url: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly isModule: boolean;
}

const urls = new Map<string, string>();
const scripts = new Map<string, ScriptInfo>();
const sources = new Map<string, string>();

/** The URL or file name of a script. */
export function urlOfScript(id: string): string {
  const known = urls.get(id) ?? scripts.get(id)?.url;
  if (known !== undefined) return known;
  noteCallers();
  if (!urls.has(id)) noteAll();
  return urls.get(id) ?? scriptInfo(id)?.url ?? "";
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

export function scriptInfo(id: string): ScriptInfo | undefined {
  if (!scripts.has(id)) withDebugger(() => undefined);
  return scripts.get(id);
}

/** V8's text of a script: what really runs, even when the file has changed. Kept for the lifetime of the process. */
export function scriptSource(id: string): string {
  let source = sources.get(id);
  if (source === undefined) {
    source = withDebugger(() => post<{ scriptSource: string }>("Debugger.getScriptSource", { scriptId: id }).scriptSource);
    sources.set(id, source);
  }
  return source;
}

interface ScriptParsed extends ScriptInfo {
  readonly scriptId: string;
}

/** Runs `body` while the debugger is on; it then tells of all scripts. */
export function withDebugger<T>(body: () => T): T {
  const note = (params: object): void => {
    const { scriptId, url, startLine, startColumn, isModule } = params as ScriptParsed; // V8's shape
    scripts.set(scriptId, { url, startLine, startColumn, isModule });
  };
  return listening("Debugger.scriptParsed", note, () => {
    try {
      scripts.clear(); // as above
      post("Debugger.enable", { maxScriptsCacheSize: 0 });
      return body();
    } finally {
      post("Debugger.disable");
    }
  });
}
