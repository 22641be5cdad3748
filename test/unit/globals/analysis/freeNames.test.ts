/** Which names are free, case by case, and how their uses are described. */

import { describe, expect, test } from "vitest";
import { analyseFunction } from "../../../../src/globals/analysis/analyseFunction.ts";
import type { FreeName } from "../../../../src/globals/analysis/freeNames.ts";

function free(text: string, strict = false): string[] {
  return [...analyseFunction(text, strict).free.keys()].toSorted();
}

function use(text: string, name: string): FreeName | undefined {
  return analyseFunction(text).free.get(name);
}

describe("free names", () => {
  test.each([
    ["a parameter shadows an outer name", "(a) => a", []],
    ["a var declared after its use is local", "() => { a = 1; var a; }", []],
    ["a let in an inner block leaves the same name free outside it", "() => { { let a = 1; a; } return a; }", ["a"]],
    ["a default parameter sees the outer name that the body declares with var", "(b = () => v) => { var v; return b; }", ["v"]],
    ["a default parameter sees an earlier parameter", "(a, b = a) => b", []],
    ["a var named like a parameter is that parameter where no default intervenes", "(a) => { var a; return a; }", []],
    ["keys of a destructuring are no names", "({ a: b }) => b", []],
    ["defaults and computed keys of a destructuring are free", "({ a: b = c, [d]: e, ...f }) => [b, e, f]", ["c", "d"]],
    ["array holes and rest elements declare nothing else", "([, a, ...[b]]) => [a, b]", []],
    ["targets of an assignment pattern are free", "() => { ({ a: o.x, [k]: y, ...r } = z); }", ["k", "o", "r", "y", "z"]],
    ["a catch binding is local to its clause", "() => { try {} catch (e) { e; } return e; }", ["e"]],
    ["a destructured catch binding is local", "() => { try {} catch ({ a, b: [c] }) { a; c; } }", []],
    ["a catch without binding declares nothing", "() => { try {} catch { e; } }", ["e"]],
    ["loop variables are local to the loop", "() => { for (let i = 0; i < n; i++) i; return i; }", ["i", "n"]],
    ["for-in and for-of variables are local", "() => { for (const k in o) k; for (const v of xs) v; }", ["o", "xs"]],
    ["a loop over its own variable reads that variable", "() => { for (const x of x) x; }", []],
    ["for await variables are local", "async () => { for await (const x of xs) x; }", ["xs"]],
    ["a var in a loop head is local to the function", "() => { for (var i of xs) i; return i; }", ["xs"]],
    ["property names, keys and labels are no names", "() => { l: for (;;) { o.p; ({ k: 1 }); break l; } }", ["o"]],
    [
      "import.meta, new.target and private names are no names",
      "function f() { import.meta; new.target; class A { #p; m() { this.#p; } } }",
      [],
    ],
    ["a shorthand property is free", "() => ({ a })", ["a"]],
    ["a tag and its substitutions are free", "() => tag`x${y}`", ["tag", "y"]],
    ["optional chains and logical assignments are followed", "() => { a?.b?.(c); d ??= e; f ||= g; h &&= i; }", [..."acdefghi"]],
    ["a class inside is scanned in full", "() => class A extends B { [k] = f(A); static s = t; static { u; } m() { v; } }", [..."Bfktuv"]],
    [
      "nested functions give their free names, not their locals",
      "() => { function g(x) { return x + y; } new X(...g(z)); }",
      ["X", "y", "z"],
    ],
    [
      "a name of ours or of the language is like any other",
      "() => [undefined, NaN, exports, module, require, name, top]",
      ["NaN", "exports", "module", "name", "require", "top", "undefined"],
    ],
    ["a local named like a global shadows it", "() => { const fetch = mine; return fetch(); }", ["mine"]],
    ["using declares a constant", "async () => { using a = b; await using c = d; return [a, c]; }", ["b", "d"]],
    ["compiled JSX calls its helper", "() => _jsx('div', { children: x })", ["_jsx", "x"]],
    ["CommonJS variables are free", "() => [require('x'), __dirname, __filename]", ["__dirname", "__filename", "require"]],
    ["cases of a switch share a scope that its discriminant is outside of", "() => { switch (a) { case b: let a; } }", ["a", "b"]],
    ["escaped identifiers are the names that they spell", "(\\u0061) => a + \\u0062", ["b"]],
    ["names beyond ASCII are names", "(ä) => ä + π", ["π"]],
    ["a static block and a field have scopes of their own", "() => { class A { static { var v; v; } f = v; } }", ["v"]],
    ["a named function expression knows itself", "() => (function g() { return g; })", []],
    ["the name of a function expression is unknown outside it", "() => { (function g() {}); return g; }", ["g"]],
    ["a var in a nested block belongs to the function", "() => { if (a) { var b = 1; } return b; }", ["a"]],
    ["a var in a catch clause with the name of its binding is also the function's", "() => { try {} catch (e) { var e; } return e; }", []],
    ["arguments in a parameter's default is the function's own", "() => function (a = arguments) {}", []],
  ])("%s", (_sentence, text, names) => {
    expect(free(text)).toEqual(names);
  });

  describe("of sloppy functions in blocks", () => {
    test.each([
      ["are visible in the whole function", "() => { { function f() {} } return f; }", []],
      ["are visible after an if without a block", "() => { if (a) function f() {} return f; }", ["a"]],
      ["are visible after a switch", "() => { switch (1) { case 1: function f() {} } return f; }", []],
      ["stay inside if they are async or generators", "() => { { async function f() {} function* g() {} } return [f, g]; }", ["f", "g"]],
      ["stay inside a block that declares the name with let", "() => { { let f; { function f() {} } } return f; }", ["f"]],
      ["stay inside a destructured catch of the same name", "() => { try {} catch ({ f }) { { function f() {} } } return f; }", ["f"]],
      ["leave through a simple catch of the same name", "() => { try {} catch (f) { { function f() {} } } return f; }", []],
    ])("%s", (_sentence, text, names) => {
      expect(free(text)).toEqual(names);
    });

    test("stay inside the block in strict code", () => {
      expect(free("() => { { function f() {} } return f; }", true)).toEqual(["f"]);
      expect(free("() => { 'use strict'; { function f() {} } return f; }")).toEqual(["f"]);
    });
  });
});

describe("the uses of a free name", () => {
  test.each([
    ["() => { x = 1; }", false, true],
    ["() => { x += 1; }", true, true],
    ["() => { x ??= 1; }", true, true],
    ["() => { x++; }", true, true],
    ["() => { [x] = xs; }", false, true],
    ["() => { ({ x = 1 } = o); }", false, true],
    ["() => { ({ a: [...x] } = o); }", false, true],
    ["() => { for (x of xs); }", false, true],
    ["() => { for (x in o); }", false, true],
    ["() => delete x", true, false],
    ["() => { x.y = 1; }", true, false],
    ["() => x", true, false],
  ])("%s reads it: %s, assigns it: %s", (text, reads, assigned) => {
    expect(use(text, "x")).toMatchObject({ reads, assigned });
  });

  test("are typeof only if there is no other", () => {
    expect(use("() => typeof x === 'undefined'", "x")?.typeofOnly).toBe(true);
    expect(use("() => typeof x === 'undefined' || x", "x")?.typeofOnly).toBe(false);
    expect(use("() => typeof x.y", "x")?.typeofOnly).toBe(false);
  });

  test.each([
    ["() => [x.a, x?.b, x['c'], x.d(), (0, x.e)(), x.a.f, typeof x.g]", ["a", "b", "c", "d", "e", "g"]],
    ["() => [x.a, x]", undefined],
    ["() => x[k]", undefined],
    ["() => { x.a = 1; }", undefined],
    ["() => { x.a++; }", undefined],
    ["() => delete x.a", undefined],
    ["() => delete x?.a", undefined],
    ["() => { [x.a] = xs; }", undefined],
    ["() => { for (x.a of xs); }", undefined],
    ["() => x()", undefined],
    ["() => x.#p", undefined],
  ])("%s reads the members %j", (text, members) => {
    expect(use(text, "x")?.members).toEqual(members);
  });

  test("tell what stands around each occurrence", () => {
    const text = "(o) => { c(); o = [c(), c`x`, { c }, c.d, new c()]; ({ c, k: c, c = 1 } = o); }";
    const positions = use(text, "c")?.positions ?? [];
    expect(positions.map(({ kind }) => kind)).toEqual([
      "statementCallee",
      "callee",
      "callee",
      "shorthand",
      "plain",
      "plain",
      "shorthand",
      "plain",
      "shorthand",
    ]);
    expect(positions.every(({ start, end }) => text.slice(start, end) === "c")).toBe(true);
  });
});
