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

/** What says where something was made. */
type Made = Pick<FutureCell, "settings" | "number" | "site" | "chunk">;

/** An error that came from a worker: its stack, and those of its causes, are put right in place. */
export function finishUserError<E>(error: E, cell: FutureCell): E {
  translateAll(error);
  const stack = stackOf(error);
  if (error instanceof Error && stack !== undefined) setStack(error, `${stack}\n${creationLine(cell)}`);
  return error;
}

/** An error of ours happened nowhere in the user's code: its stack is the line that created the future. */
export function finishOwnError<E extends Error>(error: E, cell: Made): E {
  if (error instanceof FutureError) error.label ??= cell.settings.label;
  setStack(error, `${error.name}: ${error.message}\n${creationLine(cell)}`);
  return error;
}

function creationLine(cell: Made): string {
  const name = cell.settings.label === undefined ? `#${cell.number}` : JSON.stringify(cell.settings.label);
  const element = elementOf(cell);
  return `    at ${element === undefined ? "future" : `element ${element} of map`} ${name} (${placeOf(cell.site) ?? "<anonymous>"})`;
}

/** In a chunk: the index of the element that threw. */
export function elementOf({ chunk }: Pick<FutureCell, "chunk">): number | undefined {
  const position = chunk?.report?.failed.at(-1);
  return chunk === undefined || position === undefined ? undefined : (chunk.map.indices?.[position] ?? chunk.map.first + position);
}

/** However long its chain of causes is. */
function translateAll(thrown: unknown): void {
  const found = new Set([thrown]);
  for (const error of found) {
    if (!(error instanceof Error)) continue;
    const stack = stackOf(error);
    if (stack !== undefined) setStack(error, translateStack(stack));
    found.add(ownValue(error, "cause"));
    const errors = error instanceof AggregateError ? ownValue(error, "errors") : undefined;
    if (Array.isArray(errors)) for (const each of errors) found.add(each);
  }
}

/** Getters are the user's code and are left alone. */
function ownValue(error: Error, key: "cause" | "errors"): unknown {
  return Object.getOwnPropertyDescriptor(error, key)?.value;
}

/** A getter in its place may throw: then it has none. */
function stackOf(error: unknown): string | undefined {
  try {
    return error instanceof Error && typeof error.stack === "string" ? error.stack : undefined;
  } catch {
    return undefined;
  }
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
