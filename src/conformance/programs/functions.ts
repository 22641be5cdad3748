/** Function forms (closures.md 2.9, 1–30): each program is the body of a function that returns the function under test. */

import type { Programs } from "./programCases.ts";

/** In strict mode, as modules are. */
export const functionForms: Programs = {
  "an empty arrow gives undefined": `return () => {}`,
  "an expression body may be an object literal": `return () => ({ a: 1, b: { c: 2 } })`,
  "an arrow may have one bare parameter": `const f = x => x + 1; return () => f(1)`,
  "an arrow may return an arrow": `const add = (a) => (b) => (c) => a + b + c; return () => add(1)(2)(3)`,
  "an async arrow stays async": `const f = async x => x; return async () => [f.constructor.name, await f(3)]`,
  "an anonymous function expression keeps its empty name": `const f = (0, function () { return 7 }); return () => [f.name, f()]`,
  "a named function expression calls itself": `const f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }; return () => f(5)`,
  "a named function expression hides an outer variable": `
    const fact = () => "outer"; const f = function fact(n) { return n > 0 ? [n, ...fact(n - 1)] : [] };
    return () => [f(2), fact()]`,
  "a function declaration that was replaced is the new one": `function f() { return 1 } const old = f; f = () => 2; return () => [f(), old()]`,
  "the own name of a replaced declaration means the outer variable": `
    function f(n) { return n > 0 ? f(0) : "old" } const old = f; f = () => "new"; return () => [old(1), old(0)]`,
  "a function declaration may be used before it": `return () => later(1); function later(x) { return [x, later.name] }`,
  "a generator delegates": `
    function* g() { yield 1; yield* [2, 3]; return 4 }
    return () => { const out = []; const it = g(); for (let s = it.next(); ; s = it.next()) { out.push(s); if (s.done) return out } }`,
  "an async generator is iterated with for await": `
    async function* g() { yield 1; yield* [2, 3] } return async () => { const out = []; for await (const x of g()) out.push(x); return out }`,
  "generators have their prototypes": `
    function* g() {} async function* ag() {} const of = (f) => Object.prototype.toString.call(f());
    return () => [of(g), of(ag), g.constructor.name, ag.constructor.name, g() instanceof g]`,
  "default parameters of async functions and generators capture": `
    const k = 3; const f = async (x = k) => x; const g = function* (y = k * 2) { yield y }; return async () => [await f(), ...g()]`,
  "a shorthand method runs on its own": `const { m } = { m(x) { return x * 2 } }; return () => [m.name, m(4)]`,
  "a shorthand method may be the future's function": `return { m() { return 5 } }.m`,
  "an async function declaration may be the future's function": `const k = 2; async function f() { return (await k) + 1 } return f`,
  "async, generator and async generator methods": `
    const { a, g, ag } = { async a() { return 1 }, *g() { yield 2 }, async *ag() { yield 3 } };
    return async () => { const out = [await a(), ...g()]; for await (const x of ag()) out.push(x); return out }`,
  "a getter function taken from its descriptor": `
    const { get } = Object.getOwnPropertyDescriptor({ get v() { return this.w } }, "v"); return () => [get.name, get.call({ w: 9 })]`,
  "a setter function taken from its descriptor": `
    const { set } = Object.getOwnPropertyDescriptor({ set v(x) { this.w = x } }, "v");
    return () => { const o = {}; set.call(o, 4); return [set.name, set.length, o.w] }`,
  "a computed method name is not evaluated again": `
    let n = 0; const o = { ["a" + ++n]() { return n } }; const f = o.a1; return () => [f.name, f(), n]`,
  "a method may be named by a symbol": `const s = Symbol("sym"); const f = { [s]() { return 1 } }[s]; return () => [f.name, f()]`,
  "methods may have quoted and numeric names": `
    const o = { "a b"() { return 1 }, 12() { return 2 }, 1.5() { return 3 }, 0x10() { return 4 } };
    const fs = [o["a b"], o[12], o[1.5], o[16]]; return () => fs.map((f) => [f.name, f()])`,
  "methods may be named by reserved words": `
    const o = { delete() { return 1 }, get() { return 2 }, set() { return 3 }, static() { return 4 }, async() { return 5 },
      constructor() { return 6 }, await() { return 7 }, function() { return 8 }, class() { return 9 } };
    const fs = Object.values(o); return () => fs.map((f) => [f.name, f()])`,
  "accessors and async methods may be named get, set and async": `
    const o = { get get() { return 1 }, async async() { return 2 }, *set() { yield 3 }, async *get2() { yield 4 } };
    const { get } = Object.getOwnPropertyDescriptor(o, "get"); const { async, set } = o; return async () => [get(), await async(), ...set()]`,
  "a function made by new Function": `const f = new Function("a", "b = 2", "return a + b"); return () => [f(1), f.name, f.length]`,
  "an arrow made by indirect eval": `const f = (0, eval)("(x) => x + 1"); return () => f(1)`,
  "an arrow made by direct eval captures": `let k = 4; const f = eval("(x) => x + k"); return () => f(1)`,
  "comments with brackets before, in and after the parameters": `
    const f = /* a */ function /* b */ name /* ) { */ (/* c */ x /* = { */) /* d */ { return x /* } */ };
    const g = (x /* => */, y = 2 /* ) */) => /* { */ x + y; return () => [f.name, f(2), g(1)]`,
  "comments at the end of a line": `
    const f = // ( => {
      (x) => // {
      x + 1 // }
    ; return () => f(2)`,
  "texts that look like the end of something": String.raw`
    const f = () => ["*/", "</script>", "\u2028", "\\", ${"`a${1}b`"}, "'", /[/"'${"`"}]/.source]; return () => f()`,
  "identifiers beyond ASCII and escaped ones": String.raw`const größe = 2, \u0061bc = 3, 変数 = 4; return () => größe + abc + \u0061bc + 変数`,
  "minified text": `
    const f=async(x)=>x,C=class{m(){return 1}},o={async*m(){yield 1},get[("k")](){return 2}};
    return async()=>[await f(1),new C().m(),(await o.m().next()).value,o.k]`,
  "a strict function has no this of its own": `const f = function () { return this === undefined }; return () => f()`,
  "strict mode with complicated parameters": `const f = ({ a } = { a: 1 }, [b] = [2], ...c) => [a, b, c]; return () => [f(), f({ a: 3 }, [4], 5), f.length]`,
  "functions keep properties of their own": `
    const f = () => 1; f.a = 1; f[Symbol.for("s")] = 2; f[0] = 3; f.self = f; f.list = [f];
    return () => [f(), f.a, f[Symbol.for("s")], f[0], f.self === f, f.list[0] === f]`,
  "name and length may be redefined or deleted": `
    const f = (a, b) => 1; Object.defineProperty(f, "name", { value: "other" }); delete f.length; const g = function h(a) {}; delete g.name;
    return () => [f.name, f.length, Object.hasOwn(f, "length"), Object.hasOwn(g, "name"), g.length]`,
  "the length of a function counts up to the first default": `const f = (a, b = 1, ...c) => c; return () => f.length`,
  "the prototype property may be replaced": `
    function F() {} F.prototype = { hello: 1 }; const G = function () {}; G.prototype.x = 2; return () => [new F().hello, new G().x, new G() instanceof G]`,
  "the prototype of a function may be replaced": `
    const f = () => 1; Object.setPrototypeOf(f, null); const g = () => 2; Object.setPrototypeOf(g, { inherited: 3 });
    return () => [f(), Object.getPrototypeOf(f), g.inherited, typeof g]`,
  "a frozen function stays frozen": `const f = Object.freeze(() => 1); return () => [Object.isFrozen(f), f()]`,
  "a debugger statement does no harm": `return () => { debugger; return 1 }`,
  "labels are not variables": `
    const a = 1; return () => { a: for (const x of [1, 2, 3]) { for (;;) { if (x === 2) break a; continue a } } return a }`,
  "the text of a function is what it was": `const f = (a,  b) => /* sum */ a +  b; class C { m ( ) { } } return () => [f.toString(), String(C), String(C.prototype.m)]`,
  "a function is not taken for a constructor it is not": `
    const f = () => 1, m = { m() {} }.m, g = function () {};
    return () => [f, m, g].map((each) => { try { new each(); return true } catch (e) { return e.name } }).concat("prototype" in f, "prototype" in m)`,
  "properties called caller and arguments travel": `
    const at = (fn, own) => Object.defineProperties(fn, { caller: { value: own, configurable: true }, arguments: { value: [own], enumerable: true } });
    const f = at(function () {}, 1), g = at(() => {}, 2), h = at(async function () {}, 3), m = at({ m() {} }.m, 4), frozen = Object.freeze(at(function () {}, 5));
    class C { static caller = 6; static arguments() { return 7 } }
    const show = (fn) => [fn.caller, fn.arguments, Object.keys(fn), Object.isFrozen(fn)];
    return () => [f, g, h, m, frozen].map(show).concat(C.caller, C.arguments())`,
  "an immediately called function inside": `const k = 2; return () => (function (x) { return x * k })(3) + ((x) => x - k)(9)`,
};

/** In sloppy mode. */
export const sloppyFunctionForms: Programs = {
  "a sloppy function stays sloppy": `
    const f = function () { return typeof this }; const g = function () { undeclared_by_conformance = 3; try { return undeclared_by_conformance } finally { delete globalThis.undeclared_by_conformance } };
    return () => [f(), g(), f.call(1)]`,
  "a function with a directive is strict in a sloppy script": `
    const f = function () { "use strict"; return this === undefined }; const g = () => { "use strict"; try { undeclared_by_conformance = 1; return "sloppy" } catch (e) { return e.name } };
    return () => [f(), g()]`,
  "a directive need not come first among directives": `const f = function () { "other"; 'use strict'; return this === undefined }; return () => f()`,
  "duplicate parameters, octal literals and delete of a name": `const f = function (a, a) { return [a, 010, delete a] }; return () => f(1, 2)`,
  "arguments are linked to parameters": `const f = function (a) { arguments[0] = 9; return a }; return () => f(1)`,
  "words reserved in strict mode name variables": `
    var yield = 1, static = 2, interface = 3, await = 4, package = 5; return function () { return [yield, static, interface, await, package] }`,
  "a variable may be called let": `var let = 7; return function () { return let }`,
  "functions of every kind stay sloppy": `
    const k = 2, undeclared = (write) => { try { write(); return typeof undeclared_by_conformance } catch (e) { return e.name } finally { delete globalThis.undeclared_by_conformance } };
    const o = { function() { undeclared_by_conformance = k; return 010 }, class() { undeclared_by_conformance = k }, get x() { undeclared_by_conformance = k; return typeof this }, async m() { undeclared_by_conformance = k } };
    const all = [
      () => { undeclared_by_conformance = k }, function () { undeclared_by_conformance = k }, function named({ a } = {}, ...b) { undeclared_by_conformance = k },
      async () => { undeclared_by_conformance = k }, async function () { undeclared_by_conformance = k }, new Function("undeclared_by_conformance = 1"),
      o.function, o.class, o.m, () => o.x,
    ];
    const walk = [function* (a, a) { undeclared_by_conformance = k; yield }, function /* odd */ * (a, a) { undeclared_by_conformance = k; yield }, async function* () { undeclared_by_conformance = k; yield }];
    return () => [...all.map((each) => undeclared(each)), ...walk.map((each) => undeclared(() => each().next()))]`,
  "strict functions stay strict, whatever properties they have": `
    const k = 2, own = { caller: { value: null }, arguments: { value: null } }, undeclared = (write) => { try { write(); return typeof undeclared_by_conformance } catch (e) { return e.name } finally { delete globalThis.undeclared_by_conformance } };
    const all = (() => { "use strict"; return [function () { undeclared_by_conformance = k }, () => { undeclared_by_conformance = k }, { m() { undeclared_by_conformance = k } }.m, { function() { undeclared_by_conformance = k } }.function] })();
    class A { static s() { undeclared_by_conformance = k } m = () => { undeclared_by_conformance = k } }
    const fns = [...all, A.s, new A().m].map((fn) => Object.defineProperties(fn, own));
    return () => fns.map((fn) => [undeclared(fn), fn.caller, Object.getOwnPropertyDescriptor(fn, "arguments")?.writable])`,
  "a sloppy function may have properties called caller and arguments": `
    const f = function (a) { arguments[0] = 9; return [a, typeof this] };
    for (const key of ["caller", "arguments"]) Reflect.defineProperty(f, key, { get() { throw new Error("read") }, configurable: true });
    return () => f.call(1, 1)`,
  "a function that is running when it is captured": `const f = function (a) { arguments[0] = 9; return a === undefined ? () => f(1) : a }; return f()`,
  "old octal escapes": `const f = function () { return "\\101" }; return () => f()`,
};
