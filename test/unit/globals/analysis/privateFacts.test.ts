/** What a class's text tells about private state, and which expressions run no code of the user's. */

import { describe, expect, it, test } from "vitest";
import { analyseFunction } from "../../../../src/globals/analysis/analyseFunction.ts";
import type { PrivateFacts } from "../../../../src/globals/analysis/privateFacts.ts";

function factsOf(text: string): PrivateFacts {
  const privates = analyseFunction(text, true).classFacts?.privates;
  if (privates === undefined) throw new Error(`no private state: ${text}`);
  return privates;
}

test("fields and names are those of instances, in the order of the text", () => {
  const { fields, names, hasPublicFields, isDerived } = factsOf(
    "class extends B { #a = 1; static #s = 2; #m() {} get #g() {} set #g(v) {} #b; static #t() {} pub = 3 }",
  );
  expect([fields, names]).toEqual([
    ["#a", "#b"],
    ["#a", "#m", "#g", "#b"],
  ]);
  expect([hasPublicFields, isDerived]).toEqual([true, true]);
});

test.each(["class { a = 1 }", "class { static #a = 1 }", "class { static #m() {} }", "class { m() { return class { #x = 1 } } }"])(
  "%s gives its instances no private state",
  (text) => {
    expect(analyseFunction(text, true).classFacts?.privates).toBeUndefined();
  },
);

test("initialisers that must not run are told from literals and functions", () => {
  const text = "class { #a = f(); #b = 1; #c = () => 1; d = [g()]; #e; #f = class {}; static #s = h(); #g = function () {} }";
  const { initialisers, functions } = factsOf(text);
  expect(initialisers.map(({ start, end, name }) => [text.slice(start, end), name])).toEqual([
    ["f()", undefined],
    ["[g()]", undefined],
    ["class {}", "#f"],
  ]);
  expect(functions.map(({ key }) => key)).toEqual(["#c", "#g"]);
});

describe("an initialiser", () => {
  it.each([
    "1",
    "'t'",
    "-1n",
    "null",
    "undefined",
    "/r/g",
    "[]",
    "[1, [2], {}]",
    "{ a: 1, 'b': [], ['c']: 2, m() { f() } }",
    "`a${1 + 2}`",
    "() => f()",
    "new Map()",
    "new Set([1, 2])",
    "new Float64Array(8)",
    "new Array(10).fill(0)",
    "Symbol('s')",
    "Object.create(null)",
    "Date.now()",
    "other",
    "this",
    "this.#x",
    "this.pub",
    "a ? 1 : []",
    "a ?? new Map()",
    "Number.MAX_VALUE",
    "Symbol.iterator",
    "new Error('x')",
  ])("%s runs no code of the user's", (value) => {
    expect(factsOf(`class { #x = 1; pub; #y = ${value} }`).harmless).toBeDefined();
  });

  it.each([
    "f()",
    "new Foo()",
    "n++",
    "x = 1",
    "`${o}`",
    "a + 1",
    "o.p",
    "[...o]",
    "{ ...o }",
    "{ [k]: 1 }",
    "new Map(o)",
    "new Date(o)",
    "new Promise(f)",
    "await 1",
    "this.#m()",
    "this.#g",
    "tag`x`",
    "delete o.x",
    "import('x')",
    "class { static { f() } }",
    "Math.random()",
    "o?.p",
    "new Proxy({}, h)",
    "a in o",
    "new Array(o)",
  ])("%s may run some", (value) => {
    expect(
      factsOf(`class { #x = 1; #m() {} get #g() {} async m() { class A { #q = 1 } } #y = ${value === "await 1" ? "f(1)" : value} }`)
        .harmless,
    ).toBeUndefined();
  });

  it("is taken at the word of the names it uses", () => {
    const { globals, reads } = factsOf("class { #x = new Map(); #y = other; #z = [Math.PI, Date.now()] }").harmless ?? {};
    expect([[...(globals ?? [])], [...(reads ?? [])]]).toEqual([["Map", "Math", "Date"], ["other"]]);
  });
});

describe("a constructor", () => {
  const own = (constructor: string, heritage = ""): PrivateFacts["ownConstructor"] =>
    factsOf(`class ${heritage} { #x = 1; #m() {} ${constructor} }`).ownConstructor;

  it.each([
    "constructor() {}",
    "constructor(a, b) { this.#x = a; this.y = b.c }",
    "constructor({ a, b: [c] = f() } = g(), ...d) { this.#x = [a, ...d, c] }",
    "constructor(a = f()) { this.#x = a?.b ?? `x${a}` }",
  ])("%s only gives properties to this", (text) => {
    expect(own(text)?.isQuiet).toBe(true);
  });

  it.each([
    "constructor(a) { f(a) }",
    "constructor(a) { if (a) throw 1; }",
    "constructor(a) { this.#m() }",
    "constructor(a) { this[a] = 1 }",
    "constructor() { Object.freeze(this) }",
    "constructor(a) { this.x += 1 }",
    "constructor(a) { this.stack = a }",
    "constructor(a) { log.push(this) }",
    "constructor(a) { return a }",
    "constructor(a) { o.x = a }",
  ])("%s does more", (text) => {
    expect(own(text)?.isQuiet).toBe(false);
  });

  it.each([
    ["constructor(a) { super(a, `${a.b}`, ...a, [1]); f() }", true],
    ["constructor(a) { 'use strict'; super(); }", true],
    ["constructor(...all) { super(...all) }", true],
    ["constructor(a) { super(f(a)) }", false],
    ["constructor(a) { f(); super(a) }", false],
    ["constructor(a) { super(...other) }", false],
    ["constructor(a) { const b = a; super(b) }", false],
  ])("%s may be called up to its super: %s", (text, may) => {
    expect(own(text, "extends B")?.afterSuper !== undefined).toBe(may);
  });

  it("with keys to be worked out in its parameters cannot be called", () => {
    expect([own("constructor({ [k()]: a }) {}")?.isCallable, own("constructor({ ['k']: a, b: { c = d() } }) {}")?.isCallable]).toEqual([
      false,
      true,
    ]);
  });
});
