/** What the parameters and the beginning of a function say about stopping its calls. */

import { runInThisContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { analyseFunction, type FunctionFacts } from "../../../../src/globals/analysis/analyseFunction.ts";

function factsOf(code: string): FunctionFacts {
  return analyseFunction(Function.prototype.toString.call(runInThisContext(`(${code})`)));
}

describe("calls that can be stopped before they evaluate anything", () => {
  test.each([
    ["() => 1", 0],
    ["(a, b) => 1", 0],
    ["(...rest) => 1", 0],
    ["(a, b = 1, c = -1, d = 'x', e = {}, f = [], ...rest) => 1", 6],
    ["(a = b.c, d = this.e, f = `${a}`, g = () => h(), i = j ? k : l) => 1", 5],
    ["({ a, b = 2 } = {}, c) => 1", 1],
    ["(a, { b: c = null }) => 1", 2],
    ["([a, , b = 1], { c: { d: [e] } }, ...f) => 1", 2],
    ["({ ['a']: b, 1: c, [`d`]: e, ...f }) => 1", 1],
    ["(a, ...[b, [c], d]) => 1", 4],
    ["(...[a, ...[b, c]]) => 1", 3],
    ["(...{ length }) => 1", 0],
    ["class { constructor(a, { b }) {} }", 2],
    ["() => { class A { m() { f(); } } }", 0],
    ["() => { f(); class A extends B {} }", 0],
    ["() => { if (a?.b) f(a?.b, [...a?.b]); const c = a?.b; g(() => { while (a?.b) {} }); }", 0],
    ["() => { const A = class { static a = f(); }; }", 0],
  ])("%s, given %i arguments that answer", (code, answers) => {
    expect(factsOf(code).parameters).toMatchObject({ obstacle: undefined, answers });
  });

  test.each([
    ["([a]) => 1", false],
    ["([a, ...[b]]) => 1", true],
    ["(...[a]) => 1", true],
    ["(...{ length }) => 1", false],
  ])("%s takes arrays of its realm apart: %s", (code, iterates) => {
    expect(factsOf(code).parameters).toMatchObject({ obstacle: undefined, iterates });
  });

  test("variables that are keys are told", () => {
    expect(factsOf("({ [key]: value, a: { [other]: b } }) => 1").parameters).toMatchObject({ obstacle: undefined, keys: ["key", "other"] });
  });

  test.each([
    ["(a = f()) => 1", "default", "f()"],
    ["({ a = new A() }) => 1", "default", "new A()"],
    ["([a, { b = [...c] }]) => 1", "default", "[...c]"],
    ["(a = class extends f() {}) => 1", "default", "class extends f() {}"],
    ["({ a } = { b: `${f()}` }) => 1", "default", "{ b: `${f()}` }"],
    ["({ [f()]: a }) => 1", "key", "f()"],
    ["({ [a.b]: c }) => 1", "key", "a.b"],
    ["(a, { [a]: b }) => 1", "key", "a"],
    ["(...{ length, 0: a }) => 1", "rest", "{ length, 0: a }"],
    ["([...{ b }]) => 1", "rest", "{ b }"],
    [`([${",".repeat(101)}]) => 1`, "rest", `[${",".repeat(101)}]`],
    ["async function ({ a = f() }) {}", "default", "f()"],
    ["() => { class A extends B {} }", "class", "class A extends B {}"],
    ["() => { ; { class A { static a = f(); } } f(); }", "class", "class A { static a = f(); }"],
    ["() => { if (true) { class A { [f()]() {} } } }", "class", "class A { [f()]() {} }"],
    ["() => { 'a'; var b; function c() {} try { class A { static {} } } finally {} }", "class", "class A { static {} }"],
    ["() => { f(); while (a?.b) {} }", "chain", "a?.b"],
    ["() => { f(); do {} while (a?.b()); }", "chain", "a?.b()"],
    ["() => { f(); for (; ; a?.b) {} }", "chain", "a?.b"],
    ["async () => { f(); for await (const c of a?.b) {} }", "chain", "a?.b"],
    ["() => { f(); for (const c in a?.b) {} }", "chain", "a?.b"],
    ["() => (f(), a?.b)", "chain", "a?.b"],
    ["() => { f(); return class { [a?.b]() {} }; }", "chain", "a?.b"],
  ])("not %s, for the %s %s", (code, type, text) => {
    expect(factsOf(code).parameters.obstacle).toEqual({ type, text });
  });

  test("names that its blocks declare are told", () => {
    expect([...factsOf("(a) => { { let b = a; } for (const c of d) { try {} catch (e) {} } return (f) => { var g; }; }").declared]).toEqual(
      ["a", "b", "c", "e"],
    );
  });
});
