/**
 * Stacks as users should see them: their own frames at source positions, none of ours, and below them the line that
 * created the future.
 */

import { FutureError } from "../errors/FutureError.ts";
import { placeOf } from "../platform/callSite.ts";
import { isLibraryFrame } from "../platform/libraryFrames.ts";
import { sourcePosition } from "../platform/sourceMaps.ts";
import type { FutureCell } from "./FutureCell.ts";

const frame = /^\s+at /;
const nodeFrame = /^\s+at .*\(?node:/;
const place = /(\(|at (?:async )?)([a-z][\w+.-]+:\/\/.*?|\/.*?):(\d+):(\d+)(\)?)$/;

/** An error that came from a worker: its stack, and those of its causes, are put right in place. */
export function finishUserError(error: unknown, cell: FutureCell): void {
  translateAll(error, new Set());
  if (error instanceof Error && typeof error.stack === "string") setStack(error, `${error.stack}\n${creationLine(cell)}`);
}

/** An error of ours happened nowhere in the user's code: its stack is the line that created the future. */
export function finishOwnError<E extends Error>(error: E, cell: FutureCell): E {
  if (error instanceof FutureError) error.label ??= cell.settings.label;
  setStack(error, `${error.name}: ${error.message}\n${creationLine(cell)}`);
  return error;
}

function creationLine(cell: FutureCell): string {
  const name = cell.settings.label === undefined ? `#${cell.number}` : JSON.stringify(cell.settings.label);
  const element = elementOf(cell);
  return `    at ${element === undefined ? "future" : `element ${element} of map`} ${name} (${placeOf(cell.site) ?? "<anonymous>"})`;
}

/** In a chunk: the index of the element that threw. */
export function elementOf({ chunk }: FutureCell): number | undefined {
  const position = chunk?.report?.failed.at(-1);
  return chunk === undefined || position === undefined ? undefined : (chunk.map.indices?.[position] ?? chunk.map.first + position);
}

function translateAll(error: unknown, seen: Set<unknown>): void {
  if (!(error instanceof Error) || seen.has(error)) return;
  seen.add(error);
  if (typeof error.stack === "string") setStack(error, translateStack(error.stack));
  translateAll(error.cause, seen);
  if (error instanceof AggregateError) for (const each of error.errors) translateAll(each, seen);
}

/** Without our frames, without what lies below the last of the user's if we do, and mapped to sources. */
export function translateStack(stack: string): string {
  const lines = stack.split("\n");
  const end = lines.findLastIndex((line) => !isOurs(line) && !nodeFrame.test(line)) + 1;
  const kept = lines.slice(end).some(isOurs) ? lines.slice(0, end) : lines;
  return kept
    .filter((line) => !isOurs(line))
    .map((line) => (frame.test(line) ? mapFrame(line) : line))
    .join("\n");
}

function isOurs(line: string): boolean {
  return frame.test(line) && isLibraryFrame(line);
}

function mapFrame(line: string): string {
  return line.replace(place, (whole: string, open: string, url: string, row: string, column: string, close: string) => {
    const source = sourcePosition({ url, line: Number(row), column: Number(column) });
    return source === undefined ? whole : `${open}${source.url}:${source.line}:${source.column}${close}`;
  });
}

/** A frozen error keeps the stack it has. */
function setStack(error: Error, stack: string): void {
  Reflect.defineProperty(error, "stack", { value: stack, writable: true, configurable: true, enumerable: false });
}
