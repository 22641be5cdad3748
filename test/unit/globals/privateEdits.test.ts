/** Class texts that were edited so that objects can be given private state. */

import { expect, test } from "vitest";
import { analyseFunction } from "../../../src/globals/analysis/analyseFunction.ts";
import { applyEdits, placeEdits } from "../../../src/globals/placeEdits.ts";

const edited = (text: string): string => applyEdits(text, placeEdits(text, analyseFunction(text, true)).edits);

const text = `class A extends B {
  #a = f(); // first
  pub = () => this.#a;
  #K = class {};
  #m() { return import.meta.url }
  constructor({ x } = {}) { super(x);
    this.#a = x }
  // last
}`;

test("keep their lines", () => {
  const lines = (given: string): readonly string[] => given.split("\n").map((line) => line.trim().slice(0, 3));
  expect(edited(text).split("\n")).toHaveLength(text.split("\n").length);
  expect(lines(edited(text)).slice(1, -1)).toEqual(lines(text).slice(1, -1));
});

test("are classes", () => {
  expect(analyseFunction(edited(text), true).classFacts?.privates?.names).toEqual(["#a", "#K", "#m"]);
});

test("are guarded once, however often they travel on", () => {
  const once = edited(text).replaceAll(/\s+/g, " ");
  const twice = edited(edited(text)).replaceAll(/\s+/g, " ");
  expect(twice.match(/ǃquiet/g)).toEqual(once.match(/ǃquiet/g));
  expect(twice.match(/ǃprivate/g)).toEqual(once.match(/ǃprivate/g));
});

test("stay as they are without private state", () => {
  const plain = "class A { a = f(); constructor(x) { g(x) } #never() {} }".replace("#never() {}", "static #s = 1");
  expect(edited(plain)).not.toContain("ǃquiet");
});
