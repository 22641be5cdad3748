/** Closures of plain modules and scripts, run by plain `node` in a worker thread: each gives there what it gives at home, or is refused. */

import { beforeAll, describe, expect, it } from "vitest";
import type { ProgramResult } from "./support/Program.ts";
import { programs } from "./support/programs.ts";
import { runPrograms } from "./support/runPrograms.ts";

let results: ReadonlyMap<string, ProgramResult>;

beforeAll(() => {
  results = runPrograms(programs);
});

const titles = (kind: string): readonly string[] => programs.filter((program) => program.kind === kind).map(({ title }) => title);
const resultOf = (title: string): ProgramResult => results.get(title) ?? { title, outcome: "wrong", detail: "it was not run" };

describe("programs", () => {
  it.each(titles("same"))("give what they give at home: %s", (title) => {
    expect(resultOf(title)).toEqual({ title, outcome: "same", detail: "" });
  });

  it.each(titles("either"))("give what they give at home or are refused: %s", (title) => {
    expect(resultOf(title).outcome, resultOf(title).detail).not.toBe("wrong");
  });

  it.each(titles("refused"))("are refused: %s", (title) => {
    expect(resultOf(title).outcome, resultOf(title).detail).toBe("refused");
  });
});
