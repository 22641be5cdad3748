/** Captured output goes on at home through home's own console, streams and warnings, so that whoever patched them sees it. */

import type { ConsoleMethod, OutputEntry } from "../protocol/messages.ts";
import type { FutureCell } from "./FutureCell.ts";
import { besideDrawing } from "./screen.ts";

/** What a future wrote, once and in order. */
export function replay(cell: FutureCell): void {
  if (cell.relayed) return;
  cell.relayed = true;
  relayAll(cell.output);
}

export function relayAll(entries: readonly OutputEntry[]): void {
  if (entries.length > 0) besideDrawing(() => entries.forEach(write));
}

/** Output as it comes, each line after the future's label. */
export function writeLive(cell: FutureCell, entries: readonly OutputEntry[]): void {
  const prefix = `[${cell.settings.label ?? `future #${cell.number}`}] `;
  relayAll(entries.map((entry) => (entry.type === "warning" ? entry : { ...entry, text: prefixed(entry.text, prefix) })));
}

function prefixed(text: string, prefix: string): string {
  return text.replace(/^(?=[^\n]|\n)/gm, prefix);
}

function write(entry: OutputEntry): void {
  switch (entry.type) {
    case "stdout":
      process.stdout.write(entry.text);
      break;
    case "stderr":
      process.stderr.write(entry.text);
      break;
    case "console":
      globalThis.console[plainMethods[entry.method]](entry.text);
      break;
    case "warning":
      process.emitWarning(warningOf(entry));
      break;
  }
}

type PlainMethod = "log" | "info" | "debug" | "warn" | "error";

/** The text is formatted and indented already; only methods that print a text as it is, if it is their only argument, may print it again. */
const plainMethods: Readonly<Record<ConsoleMethod, PlainMethod>> = {
  log: "log",
  info: "info",
  debug: "debug",
  warn: "warn",
  error: "error",
  trace: "error",
  assert: "warn",
  dir: "log",
  table: "log",
  group: "log",
  groupCollapsed: "log",
  groupEnd: "log",
  count: "log",
  time: "log",
};

function warningOf(entry: Extract<OutputEntry, { type: "warning" }>): Error {
  const warning = Object.assign(new Error(entry.message), { name: entry.name });
  if (entry.code !== undefined) Object.assign(warning, { code: entry.code });
  if (entry.stack !== undefined) warning.stack = entry.stack;
  return warning;
}
