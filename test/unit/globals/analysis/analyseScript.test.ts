/** What a name used in some function of a script means, and where functions are. */

import { Session } from "node:inspector";
import { runInThisContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { analyseScript, type BindingFacts, type ScriptFacts, type ScriptKind } from "../../../../src/globals/analysis/analyseScript.ts";
import { makeLineIndex } from "../../../../src/globals/analysis/makeLineIndex.ts";

function factsOf(source: string, kind: ScriptKind = "module"): ScriptFacts {
  const facts = analyseScript(source, kind);
  if (facts === undefined) throw new Error(`does not parse: ${source}`);
  return facts;
}

/** What `x` means to the function that begins with the first arrow's `() =>`. */
function binding(source: string, kind: ScriptKind = "module"): BindingFacts | undefined {
  return factsOf(source, kind).bindingAt(source.indexOf("() =>"), "x");
}

describe("bindingAt", () => {
  test.each([
    ["const x = 1; () => x;", "const"],
    ["let x = 1; () => x;", "let"],
    ["var x = 1; () => x;", "var"],
    ["function x() {} () => x;", "function"],
    ["class x {} () => x;", "class"],
    ["import x from 'm'; () => x;", "import"],
    ["import * as x from 'm'; () => x;", "import"],
    ["function f(x) { return () => x; }", "param"],
    ["function f({ a: [x] }) { return () => x; }", "param"],
    ["try {} catch (x) { () => x; }", "catch"],
    ["(function x() { return () => x; });", "functionName"],
    ["(class x { static f = () => x; });", "class"],
    ["for (const x of []) () => x;", "const"],
    ["{ using x = null; () => x; }", "const"],
  ])("%s: the kind of x is %s", (source, kind) => {
    expect(binding(source)?.kind).toBe(kind);
  });

  test("is undefined for names that the script does not declare", () => {
    expect(binding("() => x;")).toBeUndefined();
    expect(binding("{ let x; } () => x;")).toBeUndefined();
  });

  test.each([
    ["let x = 1; () => x;", false],
    ["let x; x = 1; () => x;", true],
    ["let x = 1; () => x; x++;", true],
    ["let x = 1; () => x; [x] = [2];", true],
    ["let x = 1; () => x; for (x of []);", true],
    ["let x = 1; () => x; { let x; x = 2; }", false],
    ["let x = 1; () => { x = 2; };", true],
    ["for (let x = 0; x < 1; x++) () => x;", true],
    ["for (let x of []) () => x;", false],
    ["for (var x of []) () => x;", true],
    ["var x = 1; () => x;", false],
    ["var x = 1; var x = 2; () => x;", true],
    ["while (1) { var x = 1; () => x; }", true],
    ["while (1) { let x = 1; () => x; }", false],
    ["function x() {} var x = 1; () => x;", true],
    ["function x() {} () => x;", false],
    ["(function (x) { var x = 1; () => x; });", true],
    ["let x = 1; () => x; eval('x = 2');", true],
    ["let x = 1; () => x; function f(eval) { eval('x = 2'); }", false],
  ])("%s: x is assigned: %s", (source, assigned) => {
    expect(binding(source, "script")?.assigned).toBe(assigned);
  });

  test.each([
    ["let x = 1; x = 2; () => x;", false],
    ["let x = 1; { x++; } for (x of []); () => x;", false],
    ["let x; class A { static { x = A; } static y = (x = 1); } () => x;", false],
    ["let x; () => x; (y) => { x = y; };", true],
    ["let x; () => x; class A { m() { [x] = []; } }", true],
    ["let x; () => x; function f() { return () => x++; }", true],
    ["let x = 1; () => x; function f(x) { x = 2; }", false],
    ["const x = 1; () => x;", false],
  ])("%s: x changes: %s", (source, changes) => {
    expect(binding(source)?.changes).toBe(changes);
  });

  test("a sloppy function in a block is assigned where its block runs", () => {
    expect(binding("{ function x() {} } () => x;", "script")).toMatchObject({ kind: "function", assigned: true });
    expect(binding("{ function x() {} } () => x;", "module")).toBeUndefined();
  });

  test("tells declarations of one name in different scopes apart", () => {
    const source = "let x = 1; function f(x) { return function g() { return x; }; } function h() { return x; }";
    const facts = factsOf(source);
    const inner = facts.bindingAt(source.indexOf("() { return x; };"), "x");
    const outer = facts.bindingAt(source.lastIndexOf("() {"), "x");
    expect(inner).toMatchObject({ kind: "param", declaredAt: source.indexOf("x) {") });
    expect(outer).toMatchObject({ kind: "let", declaredAt: 4, scope: { start: 0, end: source.length } });
    expect(inner?.scope).toEqual({ start: source.indexOf("function f"), end: source.indexOf(" function h") });
  });

  test("gives variables of one scope the same scope range", () => {
    const source = "function make() { let c = 0; const d = 1; return [() => c++, () => c + d]; }";
    const facts = factsOf(source);
    const positions = [source.indexOf("() => c++"), source.indexOf("() => c + d")];
    const scopes = positions.map((position) => facts.bindingAt(position, "c")?.scope);
    expect(scopes[0]).toEqual(scopes[1]);
    expect(facts.bindingAt(positions[1] ?? 0, "d")?.scope).toEqual(scopes[0]);
  });

  test("separates a parameter from the body's var where parameters have expressions", () => {
    const source = "function f(x, g = () => x) { var x = 2; return function h() { return x; }; }";
    const facts = factsOf(source);
    expect(facts.bindingAt(source.indexOf("() =>"), "x")).toMatchObject({ kind: "param", assigned: false });
    expect(facts.bindingAt(source.indexOf("() { return x"), "x")).toMatchObject({ kind: "var", assigned: false });
  });

  test("counts the functions that use a variable from outside, those around a user included", () => {
    const source = "function make() { let x = 0; x++; return [() => x, () => x, () => () => x, () => 1]; }";
    expect(binding(source)?.capturedBy).toBe(4);
  });
});

describe("functionAt", () => {
  test("finds the text of every function where V8 says that the function is", () => {
    const source = [
      "var r = [function foo (x) {}, x => 1, async x => 1, async (x) => 1, (x) => 2, class { m() {} },\r\n",
      "  class { static /* s */ m (a) {} }.m, class { static static() {} }.static, { static() {} }.static,\u2028",
      "  { async *g() {} }.g, { ['a' + 1]() {} }.a1, Object.getOwnPropertyDescriptor({ get q() { return 1; } }, 'q').get,\n",
      "  class { static async m() {} }.m, a => b => a, (a = () => 1) => a]; r",
    ].join("");
    const functions = runInThisContext(source) as (() => unknown)[];
    const facts = factsOf(source, "script");
    const lines = makeLineIndex(source);
    for (const fn of functions) {
      const { line, column } = locationOf(fn);
      const range = facts.functionAt(lines.offsetAt(line, column));
      expect(source.slice(range?.start, range?.end)).toBe(Function.prototype.toString.call(fn));
    }
  });

  test("tells whether the function is strict", () => {
    const strictAt = (source: string, kind: ScriptKind): boolean | undefined =>
      factsOf(source, kind).functionAt(source.indexOf("() {"))?.strict;
    expect(strictAt("function f() {}", "module")).toBe(true);
    expect(strictAt("function f() {}", "function")).toBe(false);
    expect(strictAt("'use strict'; function f() {}", "function")).toBe(true);
    expect(strictAt("class A { m() {} }", "script")).toBe(true);
    expect(strictAt("function f() { 'use strict'; }", "script")).toBe(true);
  });

  test("is undefined outside all functions", () => {
    expect(factsOf("let a; () => a;").functionAt(0)).toBeUndefined();
  });
});

describe("analyseScript", () => {
  test("takes the body of a CommonJS module", () => {
    const source = "#!/usr/bin/env node\nconst x = require('y'); if (x) return; exports.f = () => x; new.target;";
    expect(binding(source, "function")?.kind).toBe("const");
  });

  test("takes scripts that await at the top", () => {
    expect(binding("const x = await f(); () => x;", "script")?.kind).toBe("const");
  });

  test("takes scripts that name a variable await", () => {
    expect(binding("var await = 1; const x = await (1); () => x;", "script")?.kind).toBe("const");
  });

  test.each(["let x; let x;", "<div/>", "@dec class A {}"])("is undefined for %s, which does not parse", (source) => {
    expect(analyseScript(source, "module")).toBeUndefined();
  });

  test("is undefined for code that is nested too deeply", () => {
    expect(analyseScript(`a${".b()".repeat(50_000)}`, "script")).toBeUndefined();
  });
});

/** V8's `[[FunctionLocation]]`, zero-based. */
function locationOf(fn: () => unknown): { line: number; column: number } {
  const session = new Session();
  session.connect();
  const slot = globalThis as { locationOf?: unknown };
  slot.locationOf = fn;
  let location = { line: NaN, column: NaN };
  session.post("Runtime.evaluate", { expression: "globalThis.locationOf" }, (_error, { result }) => {
    session.post("Runtime.getProperties", { objectId: result.objectId ?? "" }, (_failure, { internalProperties }) => {
      const value = internalProperties?.find(({ name }) => name === "[[FunctionLocation]]")?.value?.value;
      location = { line: value.lineNumber, column: value.columnNumber };
    });
  });
  delete slot.locationOf;
  session.disconnect();
  return location;
}
