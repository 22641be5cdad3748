/** A script as V8 holds it: its text, where functions stand in it, what it imports. All lazily, once per script. */

import { scriptInfo, scriptSource } from "../platform/inspector.ts";
import { isPackageUrl, scriptUrl } from "../platform/packages.ts";
import { analyseScript, type ScriptFacts } from "./analysis/analyseScript.ts";
import { makeLineIndex, type LineIndex } from "./analysis/makeLineIndex.ts";

/** Longer scripts (bundles) are not parsed as a whole: it would take seconds. */
const parseLimit = 2_000_000;

/** Where a text begins: V8's line and column, and the offset in the source. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export class Script {
  readonly id: string;
  readonly url: string;
  readonly isModule: boolean;
  readonly inPackage: boolean;
  private readonly startLine: number;
  private readonly startColumn: number;
  private lines: LineIndex | undefined;
  private parsed: { readonly facts: ScriptFacts | undefined } | undefined;

  constructor(id: string) {
    const info = scriptInfo(id);
    this.id = id;
    this.url = scriptUrl(info?.url ?? "");
    this.isModule = info?.isModule ?? false;
    this.inPackage = isPackageUrl(this.url);
    this.startLine = info?.startLine ?? 0;
    this.startColumn = info?.startColumn ?? 0;
  }

  get source(): string {
    return scriptSource(this.id);
  }

  /** `undefined`: too long, or not to be parsed. */
  get facts(): ScriptFacts | undefined {
    if (this.parsed === undefined) {
      const { source } = this;
      this.parsed = { facts: source.length > parseLimit ? undefined : analyseScript(source, this.isModule ? "module" : "function") };
    }
    return this.parsed.facts;
  }

  /** Where `text` begins that holds the position given. */
  startOf(text: string, line: number, column: number): Place {
    this.lines ??= makeLineIndex(this.source);
    const row = line - this.startLine;
    const at = this.lines.offsetAt(row, row === 0 ? column - this.startColumn : column);
    const offset = this.source.lastIndexOf(text, at);
    if (offset < 0 || offset + text.length < at) return { line, column, offset: at };
    const start = this.lines.positionAt(offset);
    return { line: start.line + this.startLine, column: start.line === 0 ? start.column + this.startColumn : start.column, offset };
  }
}

const scripts = new Map<string, Script>();

export function scriptOf(id: string): Script {
  let script = scripts.get(id);
  if (script === undefined) {
    script = new Script(id);
    scripts.set(id, script);
  }
  return script;
}
