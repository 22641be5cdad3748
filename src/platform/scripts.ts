/**
 * The scripts of this process, by V8's ids. The URL alone is cheap (3 ms for all); the rest takes the debugger
 * on for a moment (20 ms the first time, then 3 to 5).
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

/** The URL or file name of a script. Does not disturb coverage that someone else collects. */
export function urlOfScript(id: string): string {
  const known = urls.get(id) ?? scripts.get(id)?.url;
  if (known !== undefined) return known;
  const { result } = post<{ result: readonly { readonly scriptId: string; readonly url: string }[] }>("Profiler.getBestEffortCoverage");
  urls.clear();
  for (const { scriptId, url } of result) urls.set(scriptId, url);
  return urls.get(id) ?? scriptInfo(id)?.url ?? "";
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
      scripts.clear(); // those that are gone must not pile up
      post("Debugger.enable", { maxScriptsCacheSize: 0 });
      return body();
    } finally {
      post("Debugger.disable");
    }
  });
}
