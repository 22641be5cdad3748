/** Source maps that this process has: those of `--enable-source-maps` and of loaders such as tsx. */

import { findSourceMap } from "node:module";

/** A place in a file; lines and columns count from 1, as in stacks. */
export interface Position {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** The source of a generated position; `undefined` when no map is known, or when it is a source position already. */
export function sourcePosition(position: Position): Position | undefined {
  const entry = findSourceMap(position.url)?.findEntry(position.line - 1, position.column - 1);
  // A file and its transpiled text often share their URL. The map knows only lines of the latter: the nearest
  // entry of another line means that the position was mapped before.
  if (entry === undefined || !("generatedLine" in entry) || entry.generatedLine !== position.line - 1) return undefined;
  if (typeof entry.originalSource !== "string") return undefined;
  return { url: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
