/** The parts of a class's text. */

import { expect, test } from "vitest";
import { analyseFunction } from "../../../../src/globals/analysis/analyseFunction.ts";
import type { ClassFacts } from "../../../../src/globals/analysis/classFacts.ts";
import type { Range } from "../../../../src/globals/analysis/Scope.ts";

function factsOf(text: string): ClassFacts {
  const { classFacts } = analyseFunction(text);
  if (classFacts === undefined) throw new Error(`not a class: ${text}`);
  return classFacts;
}

function cut(text: string, range: Range | undefined): string | undefined {
  return range && text.slice(range.start, range.end);
}

test("heritage and computed keys are located", () => {
  const text = "class A extends mix(B) { [k1] = 1; static [k2]() {} get [k3]() { return 1; } plain() {} }";
  const { heritage, computedKeys } = factsOf(text);
  expect(cut(text, heritage)).toBe("mix(B)");
  expect(computedKeys.map((range) => cut(text, range))).toEqual(["k1", "k2", "k3"]);
});

test("heritage that awaits is located in the class's own text", () => {
  const text = "class extends (await load()).Base {}";
  expect(cut(text, factsOf(text).heritage)).toBe("(await load()).Base");
});

test("static fields and blocks are listed in order with their initialisers", () => {
  const text = "class { a = 1; static b = f(); static 'c d'; static #e = g(); static { h(); } static [k] = 2; static m() {} }";
  const parts = factsOf(text).statics.map((part) =>
    part.type === "block" ? ["block", cut(text, part.range)] : [part.key, part.private, cut(text, part.value), cut(text, part.range)],
  );
  expect(parts).toEqual([
    ["b", false, "f()", "static b = f();"],
    ["c d", false, undefined, "static 'c d';"],
    ["#e", true, "g()", "static #e = g();"],
    ["block", "static { h(); }"],
    [undefined, false, "2", "static [k] = 2;"],
  ]);
});

test("public methods and accessors are listed, the constructor not", () => {
  const text =
    "class { constructor() {} m() {} get p() { return 1; } set p(v) {} #q() {} 3() {} static s() {} static async *t() {} [k]() {} }";
  const { members, privates } = factsOf(text);
  expect(members.map(({ key, static: isStatic, range }) => [key, isStatic, cut(text, range)])).toEqual([
    ["m", false, "m() {}"],
    ["p", false, "get p() { return 1; }"],
    ["p", false, "set p(v) {}"],
    ["3", false, "3() {}"],
    ["s", true, "static s() {}"],
    ["t", true, "static async *t() {}"],
    [undefined, false, "[k]() {}"],
  ]);
  expect(privates?.names).toEqual(["#q"]);
});

test("a class without private names says so", () => {
  expect(factsOf("class {}")).toEqual({
    heritage: undefined,
    computedKeys: [],
    statics: [],
    members: [],
    privates: undefined,
  });
});

test("other functions have no class facts", () => {
  expect(analyseFunction("() => class {}").classFacts).toBeUndefined();
});
