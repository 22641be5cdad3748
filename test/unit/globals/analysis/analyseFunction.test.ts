/** The forms of function text and what ties a function to its surroundings. */

import { runInThisContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { analyseFunction, type FunctionFacts } from "../../../../src/globals/analysis/analyseFunction.ts";
import { UnparsableFunction } from "../../../../src/globals/analysis/UnparsableFunction.ts";

/** What V8 gives as the text of the function that `code` evaluates to. */
function textOf(code: string): string {
  return Function.prototype.toString.call(runInThisContext(`(${code})`));
}

function factsOf(code: string): FunctionFacts {
  return analyseFunction(textOf(code));
}

describe("the form of a function", () => {
  test.each([
    ["() => {}", "arrow"],
    ["() => ({ a: 1 })", "arrow"],
    ["x => x", "arrow"],
    ["async(x)=>1", "arrow"],
    ["async x => x", "arrow"],
    ["function () {}", "function"],
    ["function f() { return f; }", "function"],
    ["async function () {}", "function"],
    ["function* () { yield* []; }", "function"],
    ["async function* () {}", "function"],
    ["class{}", "class"],
    ["class A { m() {} }", "class"],
    ["function /* name */ f /* params */ (a /* last */) /* body */ { /* */ }", "function"],
    ["function () { return `*/ </script> \u2028`; }", "function"],
    ["function () { l: for (;;) { break l; } debugger; }", "function"],
    ["new Function('a', 'b = 2', 'return a + b')", "function"],
  ])("%s is read as an expression of form %s", (code, form) => {
    expect(factsOf(code)).toMatchObject({ form, wrap: "expression", key: undefined });
  });

  test.each([
    ["{ m() {} }.m", "method", "m"],
    ["{ async m() {} }.m", "method", "m"],
    ["{ *m() {} }.m", "method", "m"],
    ["{ async*m(){} }.m", "method", "m"],
    ["{ 'a b'() {} }['a b']", "method", "a b"],
    ["{ 0x10() {} }[16]", "method", "16"],
    ["{ delete() {} }.delete", "method", "delete"],
    ["{ get() {} }.get", "method", "get"],
    ["{ set() {} }.set", "method", "set"],
    ["{ static() {} }.static", "method", "static"],
    ["{ async() {} }.async", "method", "async"],
    ["{ async(x) {} }.async", "method", "async"],
    ["{ constructor() {} }.constructor", "method", "constructor"],
    ["{ function() { return super.x; } }.function", "method", "function"],
    ["Object.getOwnPropertyDescriptor({ get g() { return 1; } }, 'g').get", "getter", "g"],
    ["Object.getOwnPropertyDescriptor({ set s(v) {} }, 's').set", "setter", "s"],
    ["class { static m() {} }.m", "method", "m"],
    ["class { static async *m() {} }.m", "method", "m"],
    ["class { m({ a = 1 }) {} }.prototype.m", "method", "m"],
  ])("%s is read as a member of an object", (code, form, name) => {
    expect(factsOf(code)).toMatchObject({ form, wrap: "objectMember", key: { computed: false, name } });
  });

  test.each([
    ["class { #p() {} static of(o) { return o.#p; } }", "method"],
    ["class { async *#p() {} static of(o) { return o.#p; } }", "method"],
  ])("a private method of %s is read as a member of a class", (code, form) => {
    const text = textOf(`(() => { const C = ${code}; return C.of(new C()); })()`);
    expect(analyseFunction(text)).toMatchObject({ form, wrap: "classMember", key: { computed: false, name: "#p" } });
  });

  test("a private getter is read as a member of a class", () => {
    expect(analyseFunction("get #p() { return 1; }")).toMatchObject({ form: "getter", wrap: "classMember", key: { name: "#p" } });
  });

  test("a computed key is located and is no free name of the method", () => {
    const text = "['a' + k](x) { return x + y; }";
    const facts = analyseFunction(text);
    expect(facts.key).toMatchObject({ computed: true, name: undefined });
    expect(text.slice(facts.key?.start, facts.key?.end)).toBe("'a' + k");
    expect([...facts.free.keys()]).toEqual(["y"]);
  });

  test("offsets of free names in a method are offsets in its own text", () => {
    const text = "m(x) { return x + count; }";
    const [position] = analyseFunction(text).free.get("count")?.positions ?? [];
    expect(text.slice(position?.start, position?.end)).toBe("count");
  });

  test.each([
    ["async () => {}", true, false],
    ["function* () {}", false, true],
    ["async function* () {}", true, true],
    ["{ async *m() {} }.m", true, true],
    ["class {}", false, false],
  ])("%s tells whether it is async (%s) and a generator (%s)", (code, async, generator) => {
    expect(factsOf(code)).toMatchObject({ async, generator });
  });

  test.each([
    ["function () { 'use strict'; }", true],
    ["function () { 'other'; 'use strict'; }", true],
    ["function () { f(); 'use strict'; }", false],
    ["function () {}", false],
    ["() => {}", false],
    ["class {}", true],
  ])("%s is strict by itself: %s", (code, strict) => {
    expect(factsOf(code).strict).toBe(strict);
  });

  test("strict surroundings make a function strict", () => {
    expect(analyseFunction("() => 1", true).strict).toBe(true);
  });

  test("a strict function with other than simple parameters is refused by the language itself", () => {
    expect(() => analyseFunction("(a = 1) => { 'use strict'; }")).toThrow(UnparsableFunction);
  });
});

describe("a function's own name", () => {
  test("is not free but reported with its uses", () => {
    const facts = factsOf("function f(n) { return n ? f(n - 1) : f; }");
    expect(facts).toMatchObject({ ownName: "f", ownUses: { assigned: false } });
    expect(facts.free.size).toBe(0);
  });

  test("is reported as assigned when the body assigns it", () => {
    expect(factsOf("function f() { f = 1; }").ownUses).toMatchObject({ assigned: true, reads: false });
  });

  test("is not used where a parameter or a variable shadows it", () => {
    expect(factsOf("function f(f) { return f; }").ownUses).toBeUndefined();
    expect(factsOf("function f() { var f = 1; return f; }").ownUses).toBeUndefined();
  });

  test("of a class is local to its fields, methods and heritage", () => {
    const facts = analyseFunction("class A extends mix(A) { static a = new A(); m() { return A; } }");
    expect(facts).toMatchObject({ ownName: "A", ownUses: { assigned: false } });
    expect([...facts.free.keys()]).toEqual(["mix"]);
  });

  test("of an arrow or a method does not exist", () => {
    expect(factsOf("() => 1").ownName).toBeUndefined();
    expect(factsOf("{ m() {} }.m").ownName).toBeUndefined();
  });
});

describe("what belongs to the surroundings", () => {
  test.each([
    ["() => this", true],
    ["() => () => this", true],
    ["(a = this) => a", true],
    ["() => ({ [this.k]: 1 })", true],
    ["() => class extends this.Base {}", true],
    ["class extends this.Base {}", true],
    ["class { [this.k]() {} }", true],
    ["() => function () { return this; }", false],
    ["() => ({ m() { return this; } })", false],
    ["() => class { a = this; static b = this; static { this; } m() { return this; } }", false],
    ["function () { return this; }", false],
    ["class { a = () => this; }", false],
  ])("%s uses an outer this: %s", (text, usesThis) => {
    expect(analyseFunction(text).usesThis).toBe(usesThis);
  });

  test.each([
    ["m() { return super.m(); }", true],
    ["m() { return () => super.m(); }", true],
    ["m(a = super.x) {}", true],
    ["() => super.m()", true],
    ["m() { return { m() { return super.m(); } }; }", false],
    ["class extends B { constructor() { super(); } m() { return super.m(); } static a = super.b; }", false],
    ["class { [super.k]() {} }", true],
  ])("%s needs a home object from outside: %s", (text, usesSuper) => {
    expect(analyseFunction(text).usesSuper).toBe(usesSuper);
  });

  test("super in an arrow uses its outer this", () => {
    expect(analyseFunction("() => super.m()").usesThis).toBe(true);
  });

  test("new.target belongs to the surroundings of an arrow only", () => {
    expect(analyseFunction("() => new.target").usesNewTarget).toBe(true);
    expect(analyseFunction("function () { return () => new.target; }").usesNewTarget).toBe(false);
  });

  test("arguments belongs to the surroundings of an arrow only and is a free name there", () => {
    expect(analyseFunction("() => () => arguments[0]")).toMatchObject({ usesArguments: true });
    expect(analyseFunction("() => arguments").free.has("arguments")).toBe(true);
    expect(analyseFunction("function () { return () => arguments; }").usesArguments).toBe(false);
    expect(analyseFunction("function (a = arguments) {}").usesArguments).toBe(false);
    expect(analyseFunction("(arguments) => arguments").usesArguments).toBe(false);
  });

  test("private names of a class around it are reported", () => {
    expect(analyseFunction("(o) => #a in o && o.#b").undeclaredPrivate).toEqual(["a", "b"]);
    expect(analyseFunction("class { #a; m(o) { return class { m() { return o.#a; } }; } }").undeclaredPrivate).toEqual([]);
  });

  test("import.meta is located together with the property read from it", () => {
    const text = "() => [import.meta, import.meta.url, import.meta['dirname'], import.meta.resolve('x')]";
    const found = analyseFunction(text).importMeta.map(({ start, member, end }) => text.slice(start, member?.end ?? end));
    expect(found).toEqual(["import.meta", "import.meta.url", "import.meta['dirname']", "import.meta.resolve"]);
    expect(analyseFunction(text).importMeta.map(({ member }) => member?.name)).toEqual([undefined, "url", "dirname", "resolve"]);
  });

  test("import() is reported and its arguments are scanned", () => {
    const facts = analyseFunction("() => import(path, { with: options })");
    expect(facts.dynamicImport).toBe(true);
    expect([...facts.free.keys()]).toEqual(["path", "options"]);
  });

  test.each([
    ["() => eval('x')", true],
    ["() => (0, eval)('x')", false],
    ["() => eval?.('x')", false],
    ["(eval) => eval('x')", false],
  ])("%s contains a direct eval: %s", (text, directEval) => {
    expect(analyseFunction(text).directEval).toBe(directEval);
  });

  test.each([
    ["() => globalThis.x", true],
    ["() => { global.x = 1; }", true],
    ["() => Function('return this')()", true],
    ["() => (0, eval)('x')", true],
    ["(globalThis) => globalThis.x", false],
    ["function () { this.x = 1; }", true],
    ["function () { 'use strict'; this.x = 1; }", false],
    ["class { m() { return this; } }", false],
    ["() => console.log(1)", false],
  ])("%s can reach the global object: %s", (text, touchesGlobals) => {
    expect(analyseFunction(text).touchesGlobals).toBe(touchesGlobals);
  });
});

describe("the analysis", () => {
  test("is cached by text and by the strictness of the surroundings", () => {
    const text = "() => cached";
    expect(analyseFunction(text)).toBe(analyseFunction(text));
    expect(analyseFunction(text, true)).not.toBe(analyseFunction(text));
  });

  test("reads a class whose heritage awaits", () => {
    expect([...analyseFunction("class extends (await load()).Base {}").free.keys()]).toEqual(["load"]);
  });

  test("refuses native code, telling what was tried", () => {
    const act = (): unknown => analyseFunction(Function.prototype.toString.call(Math.max));
    expect(act).toThrow(UnparsableFunction);
    expect(act).toThrow(/function max\(\) \{ \[native code\] \}\n {2}as an expression: Unexpected token/);
  });

  test("refuses code that is nested too deeply to be walked", () => {
    expect(() => analyseFunction(`() => a${".b()".repeat(50_000)}`)).toThrow(UnparsableFunction);
  });
});
