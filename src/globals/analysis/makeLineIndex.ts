/** Between offsets in a source and zero-based lines and columns, with lines as V8 counts them. */

export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

export interface LineIndex {
  readonly offsetAt: (line: number, column: number) => number;
  readonly positionAt: (offset: number) => LineColumn;
}

const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;

/** Indexes the lines of `source`. */
export function makeLineIndex(source: string): LineIndex {
  const starts = [0];
  for (const match of source.matchAll(lineEnd)) starts.push(match.index + match[0].length);
  const startOf = (line: number): number => starts[line] ?? source.length;
  return {
    offsetAt: (line, column) => startOf(line) + column,
    positionAt(offset) {
      const line = lineOf(starts, offset);
      return { line, column: offset - startOf(line) };
    },
  };
}

/** The last line that starts at or before `offset`. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
