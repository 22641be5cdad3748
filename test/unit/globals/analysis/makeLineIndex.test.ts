/** Lines are counted as V8 counts them. */

import { expect, test } from "vitest";
import { makeLineIndex } from "../../../../src/globals/analysis/makeLineIndex.ts";

const source = "ab\ncd\r\nef\rgh\u2028ij\u2029\nk";

test("every line terminator of the language begins a new line", () => {
  const index = makeLineIndex(source);
  const lineOf = (text: string): number => index.positionAt(source.indexOf(text)).line;
  expect(["ab", "cd", "ef", "gh", "ij", "k"].map(lineOf)).toEqual([0, 1, 2, 3, 4, 6]);
});

test("positions and offsets are inverse to each other", () => {
  const index = makeLineIndex(source);
  for (let offset = 0; offset <= source.length; offset++) {
    const { line, column } = index.positionAt(offset);
    expect(index.offsetAt(line, column)).toBe(offset);
  }
});

test("an empty source has one line", () => {
  expect(makeLineIndex("").positionAt(0)).toEqual({ line: 0, column: 0 });
});
