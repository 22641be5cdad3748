/** What evaluated texts take from outside is told where the text stands in the code. */

import { describe, expect, it } from "vitest";
import { analyseFunction } from "../../../../src/globals/analysis/analyseFunction.ts";

const namesOf = (text: string): readonly string[] | undefined => analyseFunction(text, true).evalNames;

describe("evalNames", () => {
  it.each([
    ["() => 1", []],
    ['() => eval("a + b.c")', ["a", "b"]],
    ["(a) => { let b; return eval(`a + b + d`) }", ["d"]],
    ['() => eval("(x) => x + y")', ["y"]],
    ['() => [eval("a"), () => eval("b")]', ["a", "b"]],
    ['() => (0, eval)("a")', []],
    ['() => eval("not a text of the language")', []],
    ["(text) => eval(text)", undefined],
    ["() => eval(`a${b}`)", undefined],
    ["() => eval(\"eval('a')\")", undefined],
    ["() => eval(...texts)", undefined],
  ])("%s", (text, names) => {
    expect(namesOf(text)).toEqual(names);
  });
});
