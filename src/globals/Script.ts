/** A script as V8 holds it: its URL, its text, what it imports. All lazily, once per script: each costs more than the one before. */

import { isPackageUrl, scriptUrl } from "../platform/packages.ts";
import { readScript, unchangedFile, urlOfScript, type ScriptDetails } from "../platform/scripts.ts";
import { analyseScript, type ScriptFacts } from "./analysis/analyseScript.ts";
import { makeLineIndex, type LineIndex } from "./analysis/makeLineIndex.ts";

/** Longer scripts (bundles) are not parsed as a whole: it would take seconds. */
const parseLimit = 2_000_000;

export class Script {
  readonly id: string;
  /** The file's URL, or whatever name the script was given. */
  readonly url: string;
  readonly inPackage: boolean;
  private read: ScriptDetails | undefined;
  private lines: LineIndex | undefined;
  private onDisk: { readonly text: string | undefined } | undefined;
  private parsed: { readonly facts: ScriptFacts | undefined } | undefined;

  constructor(id: string) {
    this.id = id;
    this.url = scriptUrl(urlOfScript(id));
    this.inPackage = isPackageUrl(this.url);
  }

  private get details(): ScriptDetails {
    this.read ??= readScript(this.id);
    if (this.read === undefined) throw new Error(`script ${this.id} (${this.url}) is gone while a function of it is there`);
    return this.read;
  }

  get isModule(): boolean {
    return this.details.isModule;
  }

  get source(): string {
    return this.details.source;
  }

  /** The text for a first look: the file's, without the debugger, where that is older than this process and has `part`, which V8 told. */
  textWith(part: string): string {
    if (this.read !== undefined) return this.read.source;
    this.onDisk ??= { text: unchangedFile(this.url) };
    const { text } = this.onDisk;
    return text?.includes(part) === true ? text : this.source;
  }

  /** `undefined`: too long, or not to be parsed. */
  get facts(): ScriptFacts | undefined {
    if (this.parsed === undefined) {
      const { source } = this;
      this.parsed = { facts: source.length > parseLimit ? undefined : analyseScript(source, this.isModule ? "module" : "function") };
    }
    return this.parsed.facts;
  }

  /** The offset of V8's line and column. */
  offsetAt(line: number, column: number): number {
    this.lines ??= makeLineIndex(this.source);
    const { startLine, startColumn } = this.details;
    const row = line - startLine;
    return this.lines.offsetAt(row, row === 0 ? column - startColumn : column);
  }

  /** The offset where `text` begins that holds the position given. */
  offsetOf(text: string, line: number, column: number): number {
    const at = this.offsetAt(line, column);
    const offset = this.source.lastIndexOf(text, at);
    return offset < 0 || offset + text.length < at ? at : offset;
  }

  /** V8's line and column of an offset. */
  positionAt(offset: number): { readonly line: number; readonly column: number } {
    this.lines ??= makeLineIndex(this.source);
    const { startLine, startColumn } = this.details;
    const { line, column } = this.lines.positionAt(offset);
    return { line: line + startLine, column: line === 0 ? column + startColumn : column };
  }
}

const scripts = new Map<string, Script>();
const kept = 1000;

export function scriptOf(id: string): Script {
  let script = scripts.get(id);
  if (script === undefined) {
    if (scripts.size >= kept) scripts.clear(); // code made from text is a script each
    script = new Script(id);
    scripts.set(id, script);
  }
  return script;
}
