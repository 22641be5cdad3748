/** Programs beyond those of the conformance suite: the corners of closures.md 2.9 that only the capture can get wrong. */

import type { Program } from "./Program.ts";

const inModule = (body: string): Program["files"] => ({ "program.mjs": `export function make() {\n${body}\n}\n` });
const inScript = (body: string): Program["files"] => ({ "program.cjs": `exports.make = function () {\n${body}\n};\n` });

type Table = Readonly<Record<string, string>>;
type Files = Readonly<Record<string, Readonly<Record<string, string>>>>;

const functions: Table = {
  "a declaration that replaces itself at its first call": `function get() { get = () => "second"; return "first" } return () => [get(), get()]`,
  "a declaration that others replace": `function f(n) { return n === 0 ? "old" : f(n - 1) } const swap = () => { f = () => "new" }; return () => { const before = f(1); const old = f; swap(); return [before, old(1), f(1)] }`,
  "a named expression beside a variable of its name that others replace": `let f = function f(n) { return n === 0 ? "inner" : f(n - 1) }; const swap = () => { f = () => "new" }; return () => { const old = f; swap(); return [old(1), f(1)] }`,
  "name and length with other values": `function f(a, b) { return 1 } Object.defineProperty(f, "name", { value: "g" }); Object.defineProperty(f, "length", { value: 7 }); const m = { m(a) {} }.m; Object.defineProperty(m, "name", { value: "n" });
    return () => [f.name, f.length, m.name, m.length, Object.getOwnPropertyDescriptor(f, "name")]`,
  "a writable name": `const f = () => 1; Object.defineProperty(f, "name", { value: "w", writable: true, enumerable: true }); return () => [f.name, Object.keys(f)]`,
  "a function named __proto__ by its property": `const o = { ["__proto__"]: () => 1 }; const f = o.__proto__; return () => [f.name, f()]`,
  "accessors and symbols on functions": `const s = Symbol("s"); const f = () => 1; Object.defineProperties(f, { double: { get() { return 2 }, enumerable: false, configurable: true }, [s]: { value: 3 }, set: { set(v) { f.seen = v } } }); return () => { f.set = 9; return [f.double, f[s], f.seen, Object.keys(f)] }`,
  "sealed and frozen functions and prototypes": `function F() {} F.prototype.x = 1; Object.freeze(F); Object.freeze(F.prototype); const g = Object.seal(() => 1); return () => [Object.isFrozen(F.prototype), Object.isExtensible(F), Object.isSealed(g), new F().x]`,
  "a constructor whose prototype is a captured object": `const proto = { hi() { return this.n } }; function F(n) { this.n = n } F.prototype = proto; return () => [new F(2).hi(), F.prototype === proto, Object.create(proto) instanceof F]`,
  "a prototype with an enumerable constructor": `function F() {} F.prototype = { constructor: F, m() { return 1 } }; return () => { const keys = []; for (const k in new F()) keys.push(k); return [keys, new F().constructor === F] }`,
  "a prototype of null or a number": `function F() {} F.prototype = null; const G = function () {}; G.prototype = 5; return () => [F.prototype, G.prototype, Object.getPrototypeOf(new F()) === Object.prototype]`,
  "properties of a generator's prototype": `function* g() { yield 1 } g.prototype.extra = 2; return () => [g().extra, [...g()]]`,
  "ES5 inheritance with super_ and statics by prototype": `function A() { this.a = 1 } A.stat = () => "s"; A.prototype.m = function () { return this.a }; function B() { A.call(this) } Object.setPrototypeOf(B.prototype, A.prototype); Object.setPrototypeOf(B, A); B.super_ = A;
    return () => [new B().m(), B.stat(), B.super_ === A, Object.getPrototypeOf(B) === A, new B() instanceof A]`,
  "a class that extends an ES5 constructor with an assigned prototype": `function A() {} A.prototype = { hi() { return "hi" } }; class B extends A { hi() { return super.hi() + "!" } } return () => [new B().hi(), new B() instanceof A]`,
  "a getter and a setter with computed names": `const k = "v"; const o = { get [k]() { return this.w }, set [k](x) { this.w = x } }; return () => { o.v = 3; return [o.v, Object.getOwnPropertyDescriptor(o, "v").get.name] }`,
  "an arrow named by assignment in a default": `const f = (g = () => 1) => [g.name, g()]; return () => f()`,
  "functions of one text and other values": `const fs = [1, 2].map((n) => () => n); return () => fs.map((f) => f())`,
  "an async arrow with arguments and this of its function": `return (function () { return async () => [this.v, arguments[0]] }).call({ v: 1 }, 2)`,
  "nested arrows in a method called with defaults elsewhere": `class A { v = 2; all() { return [1, 2].map((x) => x * this.v) } } const a = new A(); return () => a.all()`,
  "a variable called as the library's own letters are not": `const ǂ = 1, ǀ1 = 2; return () => [ǂ, ǀ1]`,
  "a debugger hears nothing: a function with a breakpointable first statement": `let n = 0; const f = () => { for (const x of [1, 2]) n += x; return n }; const g = () => n; return () => [f(), g()]`,
};

const classes: Table = {
  "private static fields with initialisers of all kinds": `const key = {}; let made = 0; const next = () => ++made; class A { static #k = key; static #n = next(); static #list = [A, 1]; static #bare; static #f = () => A.#n; static get() { return [A.#k === key, A.#n, A.#list[0] === A, A.#bare, A.#f()] } }
    return () => [...A.get(), made]`,
  "private static fields that were changed": `class A { static #n = 1; static up() { return ++A.#n } } A.up(); A.up(); return () => [A.up(), A.up()]`,
  "static fields that refer to private names": `class A { #x = 1; static read = (a) => a.#x; static make() { return new A() } } return () => A.read(A.make())`,
  "static blocks with side effects": `const log = []; class A { static x = log.push("x"); static { log.push("block"); this.y = 2 } static z = log.push("z") } return () => [log, A.x, A.y, A.z]`,
  "static fields replaced by functions of the class's own text": `class A { static f = function () { return 1 }; static g = () => 2 } return () => [A.f(), A.g(), A.f.name]`,
  "computed keys that are constant": `const k = "key", s = Symbol("s"); class A { [k] = 1; ["x" + k]() { return 2 } static [s] = 3; [Symbol.iterator] = function* () { yield 4 }; get [\`g\${k}\`]() { return 5 } uses() { return [k, s] } } return () => { const a = new A(); return [a.key, a.xkey(), A[s], [...a], a.gkey] }`,
  "mixins with computed keys": `const Mix = (B, k) => class extends B { [k]() { return k + (super[k]?.() ?? "") } }; class A {} class C extends Mix(Mix(A, "a"), "a") {} class D extends Mix(A, "d") {} return () => [new C().a(), new D().d(), C.name]`,
  "classes that extend built-ins": `class E extends Error { get name() { return "E" } } class L extends Array {} class M extends Map { constructor(x) { super(x); this.t = 1 } } class U extends Uint8Array {} class P extends Promise {} class R extends RegExp { tag = 1 } class D extends Date {}
    return async () => [new E("x") instanceof Error, String(new E("x")), L.of(1).length, new M([[1, 2]]).get(1), new M().t, U.of(1, 2).length, (await P.resolve(4)), new R("a").test("a"), new R("b").tag, new D(5).getTime()]`,
  "instances of subclasses of typed arrays and promises' kin": `class U extends Uint8Array { sum() { return this.reduce((a, b) => a + b, 0) } } class S extends Set { has(x) { return super.has(x) ? "yes" : "no" } } class R extends RegExp { twice(s) { return this.test(s) && this.test(s) } }
    const u = U.of(1, 2, 3), s = new S([1]), r = new R("a"); s.extra = u; return () => [u.sum(), u instanceof U, s.has(1), s.has(2), s.extra === u, r.twice("a"), r instanceof R]`,
  "methods deleted, replaced and redefined with other attributes": `class A { a() { return 1 } b() { return 2 } c() { return 3 } static s() { return 4 } } delete A.prototype.a; A.prototype.b = () => "b"; Object.defineProperty(A.prototype, "c", { enumerable: true }); delete A.s;
    return () => { const x = new A(); return ["a" in x, x.b(), x.c(), Object.keys(A.prototype), "s" in A] }`,
  "a class whose prototype got another parent": `class A { m() { return 1 } } const above = { n: 2 }; Object.setPrototypeOf(A.prototype, above); return () => [new A().n, Object.getPrototypeOf(A.prototype) === above]`,
  "a frozen class": `class A { static x = { n: 1 }; m() { return 1 } } Object.freeze(A); Object.freeze(A.prototype); return () => [Object.isFrozen(A), Object.isFrozen(A.prototype), A.x.n, new A().m()]`,
  "a class with a static name": `class A { static name = "custom"; static length = 5 } return () => [A.name, A.length]`,
  "an instance whose field hides a setter of its class": `let runs = 0; class A { set v(x) { runs++ } } class B extends A { v = 1 } const b = new B(); return () => [b.v, runs]`,
  "an instance without a prototype's constructor": `const proto = { hi: () => 1 }; const o = Object.create(proto); o.n = 2; return () => [o.hi(), o.n, Object.getPrototypeOf(o) === proto]`,
  "super set, has and symbol lookups in objects": `const s = Symbol(); const base = { set v(x) { this.w = x }, [s]() { return "sym" } }; const o = { __proto__: base, put(x) { super.v = x; return this.w }, sym() { return super[s]() } }; return () => [o.put(3), o.sym()]`,
  "a list of 5,000 linked instances": `class N { constructor(next) { this.next = next } } let head = null; for (let i = 0; i < 5000; i++) head = new N(head); return () => { let n = 0; for (let p = head; p; p = p.next) n += p instanceof N ? 1 : 0; return n }`,
  "a chain of 2,000 closures": `let f = () => 0; for (let i = 0; i < 2000; i++) { const g = f; f = () => g() + 1 } return () => { try { return f() } catch { return "deep" } }`,
  "errors with 1,000 causes": `let e = new Error("0"); for (let i = 1; i < 1000; i++) e = new Error(String(i), { cause: e }); return () => { let n = 0; for (let x = e; x; x = x.cause) n++; return n }`,
  "nested encodings of classes": `
    class In { #n; constructor(n) { this.#n = n } get n() { return this.#n } static [Symbol.for("futureplan.encode")](i) { return { n: i.#n, when: new Tag(1) } } static [Symbol.for("futureplan.decode")]({ n, when }) { if (when.twice() !== 2) throw new Error("unfinished"); return new In(n) } }
    class Tag { constructor(t) { this.t = t } twice() { return this.t * 2 } }
    class Out { #in; constructor(i) { this.#in = i } get n() { return this.#in.n } static [Symbol.for("futureplan.encode")](o) { return { map: new Map([["in", o.#in]]), list: [o.#in] } } static [Symbol.for("futureplan.decode")]({ map, list }) { if (map.get("in").n !== list[0].n) throw new Error("unfinished"); return new Out(map.get("in")) } }
    const i = new In(5), o = new Out(i), frozen = Object.freeze({ i, set: new Set([i]) }); return () => [o.n, i.n, frozen.i === i, frozen.set.has(i), Object.isFrozen(frozen), o instanceof Out]`,
  "an arrow's this that its class encodes": `class A { #n = 4; f() { return () => this.n } get n() { return this.#n } static [Symbol.for("futureplan.encode")]() { return 1 } static [Symbol.for("futureplan.decode")]() { return new A() } } const f = new A().f(); return () => f()`,
  "a bound function whose this its class encodes": `class A { #n = 4; static [Symbol.for("futureplan.encode")]() { return 1 } static [Symbol.for("futureplan.decode")]() { return new A() } get n() { return this.#n } } const f = function () { return this.n }.bind(new A()); return () => f()`,
};

const scopes: Table = {
  "three functions share one variable": `let n = 0; const up = () => ++n, down = () => --n, get = () => n; return () => { up(); up(); down(); return get() }`,
  "two variables shared by different pairs across nested scopes": `let a = 1; const outer = (() => { let b = 10; return { incA: () => ++a, incB: () => ++b, sum: () => a + b } })(); const readA = () => a; return () => { outer.incA(); outer.incB(); return [outer.sum(), readA()] }`,
  "equal counters of generators": `const make = () => { let c = 0; return { *up() { yield ++c }, get: () => c } }; const a = make(), b = make(); return () => [[...a.up()], [...a.up()], a.get(), b.get()]`,
  "equal counters of async generators and methods": `const make = () => { let c = 0; return { async *up() { yield ++c }, m() { return c } } }; const a = make(), b = make(); return async () => { for await (const x of a.up()); return [a.m(), b.m()] }`,
  "a class and a function share a variable": `const make = () => { let c = 0; class C { up() { return ++c } } return { C, get: () => c } }; const a = make(), b = make(); return () => [new a.C().up(), new a.C().up(), a.get(), b.get()]`,
  "parameters with defaults share": `const make = (start = 5) => { let c = start; return { up: (by = 1) => (c += by), get: () => c } }; const a = make(), b = make(); return () => [a.up(), a.get(), b.get()]`,
  "loop variables of for, written by two closures": `const os = []; for (let i = 0; i < 3; i++) os.push([() => ++i, () => i]); return () => { os[0][0](); return os.map(([, get]) => get()) }`,
  "a const written in a branch that throws": `const k = 1; const f = (x) => { if (x) k = 2; return k }; return () => { try { f(1) } catch (e) { return [e.constructor.name, f(0)] } }`,
  "shared state of an imported helper's helper": `let calls = 0; function a() { calls++; return b() } function b() { calls++; return calls } return () => [a(), b(), calls]`,
  "a variable of a catch clause that is written": `let get, set; try { throw 1 } catch (e) { get = () => e; set = (x) => { e = x } } return () => { set(5); return get() }`,
  "a destructured variable shared by three": `let { x, y = 2 } = { x: 1 }; const a = () => { x = y }, b = () => { [y] = [9] }, c = () => [x, y]; return () => { b(); a(); return c() }`,
  "an update in a default parameter": `let n = 0; const f = (x = ++n) => x; const g = () => n; return () => [f(), f(), g()]`,
  "a function in a class field of a captured instance shares": `let n = 0; class A { up = () => ++n } const a = new A(); return () => [a.up(), a.up(), n]`,
  "shared state reached through a Map and a list": `let n = 0; const m = new Map([["up", () => ++n]]), l = [() => n]; return () => [m.get("up")(), l[0]()]`,
  "a counter that only a function's own property writes": `let n = 0; const f = () => n; f.up = () => ++n; return () => [f.up(), f()]`,
};

const values: Table = {
  "length-tracking and fixed views of a resizable buffer": `const b = new ArrayBuffer(8, { maxByteLength: 32 }); const t = new Uint8Array(b), o = new Uint8Array(b, 4), f = new Uint8Array(b, 0, 4), d = new DataView(b, 2); t[7] = 9; return () => { b.resize(16); return [t.length, o.length, f.length, d.byteLength, t[7], t.buffer === b] }`,
  "a length-tracking view of a full buffer": `const b = new ArrayBuffer(8, { maxByteLength: 8 }); const t = new Uint16Array(b); return () => { b.resize(4); return t.length }`,
  "views with properties": `const u = Object.assign(new Uint8Array([1, 2]), { label: "x" }), big = Object.assign(new Uint8Array(5000), { label: "y" }); return () => [u.label, u[1], big.label, big.length]`,
  "arrays with accessors, attributes and holes": `let runs = 0; const a = [1, 2, 3]; Object.defineProperty(a, 1, { get() { runs++; return "got" }, enumerable: true }); const ro = Object.defineProperty([1], 0, { writable: false }); const big = Array.from({ length: 3000 }, (_, i) => i); Object.defineProperty(big, 5, { get() { runs++; return "big" } }); const holes = Array.from({ length: 3000 }); delete holes[7]; holes.name = "h";
    return () => { const before = runs; return [before, a[1], Object.getOwnPropertyDescriptor(ro, 0).writable, big[5], big[6], 7 in holes, holes.name, holes.length] }`,
  "a long array with symbol and hidden keys": `const s = Symbol("s"); const a = Array.from({ length: 2000 }, (_, i) => i); a[s] = 1; const b = Array.from({ length: 2000 }, (_, i) => String(i)); Object.defineProperty(b, "hidden", { value: 2 }); return () => [a[s], a.length, b.hidden, b[1999]]`,
  "own __proto__ keys everywhere": `const o = JSON.parse('{"__proto__": {"x": 1}, "f": 1}'); o.f = () => 1; const m = new Map([["__proto__", o]]); class A {} const a = new A(); Object.defineProperty(a, "__proto__", { value: 5, enumerable: true, writable: true, configurable: true });
    return () => [Object.keys(o), o.f(), Object.getOwnPropertyDescriptor(o, "__proto__").value.x, m.get("__proto__") === o, Object.getOwnPropertyDescriptor(a, "__proto__").value, a instanceof A]`,
  "symbols as keys of everything": `const s = Symbol("s"); const o = { [s]: 1 }, a = Object.assign([1], { [s]: 2 }), f = Object.assign(() => 1, { [s]: 3 }), m = Object.assign(new Map(), { [s]: 4 }), e = Object.assign(new Error("e"), { [s]: 5 }), d = Object.assign(new Date(0), { [s]: 6 }); return () => [o, a, f, m, e, d].map((x) => x[s])`,
  "boxed primitives with properties": `const s = Object.assign(Object("ab"), { p: 1 }), n = Object(-0), y = Object(Symbol.for("q")); return () => [s.p, s.length, String(s), Object.is(n.valueOf(), -0), y.valueOf() === Symbol.for("q"), typeof s]`,
  "a boxed local symbol": `const s = Symbol("s"), b = Object(s); return () => b.valueOf() === s`,
  "pattern state and patterns with properties": `const r = /a/g; r.test("aa"); const q = Object.assign(/b/y, { tag: 1 }); return () => [r.lastIndex, r.test("aa"), r.lastIndex, q.tag, q.sticky]`,
  "a frozen array, Map and Date": `const a = Object.freeze([1, { x: 1 }]), m = Object.freeze(new Map([[1, 2]])), d = Object.freeze(new Date(3)); return () => [Object.isFrozen(a), Object.isFrozen(a[1]), Object.isFrozen(m), m.get(1), Object.isFrozen(d)]`,
  "Intl formatters": `const n = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" }), d = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "long" }), c = new Intl.Collator("sv"), p = new Intl.PluralRules("en", { type: "ordinal" }), l = new Intl.ListFormat("en"), r = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
    return () => [n.format(1234.5), d.format(0), ["z", "ä"].sort(c.compare), p.select(2), l.format(["a", "b"]), r.format(-1, "day")]`,
  "text coders, headers and URLs with subclasses": `class Mine extends URL { get shout() { return this.href.toUpperCase() } } const u = new Mine("http://h/p"), e = new TextEncoder(), d = new TextDecoder("utf-16le", { fatal: true }), h = new Headers({ a: "1", b: "2" }); return () => [u.shout, u instanceof Mine, e.encode("ä").length, d.encoding, d.fatal, [...h]]`,
  "DOMExceptions with a cause": `const e = new DOMException("gone", { name: "DataError", cause: new TypeError("why") }); return () => [e.name, e.message, e.cause instanceof TypeError, e instanceof DOMException, typeof e.stack]`,
  "errors of Node": `const { readFileSync } = process.getBuiltinModule("node:fs"); let a, b, c; try { readFileSync("/nowhere") } catch (e) { a = e } try { readFileSync({}) } catch (e) { b = e } try { process.getBuiltinModule("node:assert").equal(1, 2) } catch (e) { c = e }
    return () => [a.constructor === Error, a.code, a.errno, a.path, a.syscall, b instanceof TypeError, b.code, b.message.length > 10, c.constructor.name, c.actual, c.operator]`,
  "AggregateErrors with everything": `const e = Object.assign(new AggregateError([new RangeError("r", { cause: { deep: [1] } }), 5], "agg", { cause: "c" }), { code: 7 }); return () => [e.errors[0] instanceof RangeError, e.errors[0].cause.deep, e.errors[1], e.cause, e.code, e instanceof AggregateError]`,
  "errors with odd stacks": `const a = new Error("a"); a.stack = 5; const b = new Error("b"); delete b.stack; const c = new Error("c"); c.stack = "mine"; return () => [a.stack, typeof b.message, c.stack]`,
  "a plain object that says it is an error": `const o = Object.create(Error.prototype, { message: { value: "m", enumerable: true } }); return () => [o instanceof Error, o.message]`,
  "an accessor only, a setter only": `const o = { get a() { return 1 } }; Object.defineProperty(o, "b", { set(v) { this.c = v }, enumerable: true }); return () => { o.b = 2; return [o.a, o.b, o.c] }`,
  "users' objects named like globals": `const process = { env: { X: 1 } }, Buffer = { from: () => "b" }, Symbol = { iterator: "it" }; return () => [process.env.X, Buffer.from(), Symbol.iterator]`,
  "a Map that holds functions, instances and itself": `class A {} const a = new A(), m = new Map(); m.set(a, () => m); m.set("self", m); const s = new Set([a, m, s2 => s2]); return () => [m.get(a)() === m, m.get("self") === m, s.has(a), s.size]`,
  "arguments with functions in them": `const args = (function () { return arguments })(() => 1, { n: 2 }); return () => [args[0](), args[1].n, args.length]`,
  "async local storage is not dragged along by promises": `const p = Promise.resolve({ f: () => 3 }); return async () => (await p).f()`,
  "an object with a null prototype and functions": `const o = Object.assign(Object.create(null), { f: () => 1, n: { __proto__: null, x: 2 } }); return () => [o.f(), o.n.x, Object.getPrototypeOf(o)]`,
  "an EventEmitter with listeners": `const { EventEmitter } = process.getBuiltinModule("node:events"); const e = new EventEmitter(); let got; e.on("x", (v) => { got = v }); return () => { e.emit("x", 5); return [got, e.listenerCount("x")] }`,
  "an object that inherits from an array": `const o = Object.create([1, 2]); o.x = 1; return () => [o.x, o.length, o[1]]`,
};

const sloppy: Table = {
  "sloppy arrows see the module's this": `return () => typeof this`,
  "a strict function around a sloppy script's arrow": `function outer() { "use strict"; return () => { try { undeclared_by_unit = 1; return "sloppy" } catch (e) { return e.name } finally { delete globalThis.undeclared_by_unit } } } const f = outer(); return () => f()`,
  "a class's method in a sloppy script is strict": `class A { m() { return this === undefined } } const { m } = new A(); const arrow = new (class { f = () => { try { undeclared_by_unit = 1; return "sloppy" } catch (e) { return e.name } finally { delete globalThis.undeclared_by_unit } } })().f; return () => [m(), arrow()]`,
  "functions named let, yield and static": `function let_() { return 1 } var yield = () => 2, static = () => 3, let = () => 4; return () => [let_(), yield(), static(), let()]`,
  "callee-less sloppy functions with mapped arguments": `var n = 1; function f(a) { arguments[0] = 5; return [a, n, this === globalThis] } return () => f(1)`,
  "CommonJS variables: require, module, exports, __dirname": `const path = require("node:path"); return () => [path.basename("/a/b"), require("node:path") === path, path.basename(__filename), typeof __dirname]`,
};

const sloppyEither: Table = {
  "exports through module": `exports.k = 5; return () => module.exports.k`,
  "a with statement": `with ({ x: 1 }) { return () => x }`,
  "a function leaked from a direct eval with its variables": `eval("var v = 1; function g() { return v }"); return () => g()`,
};

const either: Table = {
  "a key of a field that has changed since": `let k = "a"; class A { [k] = 1 } k = "b"; return () => new A().a`,
  "two functions of one call's arguments": `const [f, g] = (function () { return [() => arguments[0]++, () => arguments[0]] })(1); return () => { f(); return g() }`,
  "an arrow with defaults that uses this": `let ran = 0; const f = (function () { return (x = ran++) => [this.v, x] }).call({ v: 1 }); return () => [f(5), ran]`,
  "a private method taken out of its class": `class A { #m() { return 1 } take() { return this.#m } } const f = new A().take(); return () => f()`,
  "a function of a class that uses a private name of it": `class A { #x = 1; reader() { return (a) => a.#x } } const a = new A(), read = a.reader(); return () => read(a)`,
  "an eval beside a function that writes what it may see": `let n = 1; const up = () => ++n; const look = () => eval("n"); return () => { up(); return look() }`,
  "a counter made by code that cannot be stopped": `const make = () => { let c = 0; return { up: (x = c++) => c, get: (y = 0) => c } }; const a = make(), b = make(); return () => { a.up(); return [a.get(), b.get()] }`,
  "a Blob, a key and a module of WebAssembly": `const b = new Blob(["abc"]), m = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); return async () => [await b.text(), WebAssembly.Module.exports(m).length]`,
  "shared memory with its views": `const s = new SharedArrayBuffer(8), a = new Int32Array(s), b = new Int32Array(s, 4); b[0] = 7; return () => [a[1], a.buffer === b.buffer, s.byteLength]`,
  "an object whose prototype is a proxy": `let traps = 0; const o = Object.create(new Proxy({}, { get: () => (traps++, 1), getPrototypeOf: () => (traps++, null) })); return () => typeof o`,
};

const refused: Readonly<Record<string, string>> = {
  "a proxied function inside a Map": `const m = new Map([["f", new Proxy(() => 1, {})]]); return () => m.size`,
  "what contains itself in its own encoding": `class A { static [Symbol.for("futureplan.encode")](a) { return { a } } static [Symbol.for("futureplan.decode")](d) { return d } } const a = new A(); return () => a`,
  "a detached view": `const u = new Uint8Array(8); structuredClone(u.buffer, { transfer: [u.buffer] }); return () => u.length`,
  "a function of Node's own": `const { setMaxListeners } = process.getBuiltinModule("node:events"), f = process.getBuiltinModule("node:util").debuglog("x"); return () => [setMaxListeners, f]`,
};

const files: Files = {
  "a live binding that a helper of its module writes": {
    "main.mjs": `import { count, bump } from "./dep.mjs"; export const make = () => () => [bump() - count, bump() - count];`,
    "dep.mjs": `export let count = 0; export const bump = () => ++count;`,
  },
  "a stable function of an import that changes": {
    "main.mjs": `import { n, up } from "./dep.mjs"; const f = () => n; let calls = 0; export const make = () => { if (calls++ > 0) up(); return f };`,
    "dep.mjs": `export let n = 0; export const up = () => { n = n };`,
  },
  "only what is used of a user's CommonJS module travels": {
    "main.cjs": `const dep = require("./dep.cjs"); exports.make = () => () => dep.good(2);`,
    "dep.cjs": `const k = 3; exports.good = (x) => x * k; exports.bad = new WeakRef({}); Object.defineProperty(exports, "worse", { get() { throw new Error("ran") }, enumerable: true });`,
  },
  "parts and the whole of a module's exports are one object": {
    "main.cjs": `const dep = require("./dep.cjs"); const part = () => dep.n; const whole = (x) => { dep.n = x; return Object.keys(dep) }; const back = () => { dep.n = 1 }; exports.make = () => () => { const seen = [part(), whole(5), part()]; back(); return seen };`,
    "dep.cjs": `exports.n = 1; exports.m = 2;`,
  },
  "re-exports by getters, as TypeScript emits them": {
    "main.cjs": `"use strict"; const dep_1 = require("./dep.cjs"); exports.make = () => () => [(0, dep_1.f)(2), dep_1.k];`,
    "dep.cjs": `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); const low = require("./low.cjs"); Object.defineProperty(exports, "f", { enumerable: true, get: function () { return low.f } }); Object.defineProperty(exports, "k", { enumerable: true, get: function () { return low.k } });`,
    "low.cjs": `"use strict"; exports.k = 4; exports.f = (x) => x * exports.k;`,
  },
  "functions, errors and intrinsics of another realm": {
    "main.mjs": `import vm from "node:vm"; const context = vm.createContext({}); const f = vm.runInContext("const k = 2; (x) => [x * k, Array.isArray([])]", context), e = vm.runInContext("new TypeError('far')", context), o = vm.runInContext("({ a: [1, new Map([[1, 2]])], max: Math.max, d: new Date(0) })", context), C = vm.runInContext("(class C { m() { return 1 } })", context);
      export const make = () => () => [[...f(3)], e.name, e.message, Array.isArray(o.a), o.a[1].get(1), o.max(1, 2), o.d.getTime(), new C().m(), [...Object.keys(o)]];`,
  },
  "a variable of a script and one of the global object": {
    "main.mjs": `import vm from "node:vm"; vm.runInThisContext("var unit_global = { n: 1 }; let unit_script = 2"); globalThis.unit_extra = [3]; const f = vm.runInThisContext("() => [unit_global.n, unit_script, unit_extra]"); export const make = () => () => f();`,
  },
  "an instance of a package's class that was made by the package": {
    "main.mjs": `import { make as create } from "unit-fixture"; const p = create(3); export const make = () => () => [p.twice(), p.n];`,
    "node_modules/unit-fixture/package.json": `{ "name": "unit-fixture", "type": "module", "exports": "./index.js" }`,
    "node_modules/unit-fixture/index.js": `const known = new WeakSet(); export class P { constructor(n) { this.n = n } twice() { known.add(this); return this.n * 2 } } export const make = (n) => new P(n);`,
  },
  "a CommonJS package imported and required, with nested functions": {
    "main.mjs": `import dep from "unit-cjs"; import { createRequire } from "node:module"; const { f } = dep.nested; const again = createRequire(import.meta.url)("unit-cjs"); export const make = () => () => [dep(1), f({}), again.nested.f({}), again === dep];`,
    "node_modules/unit-cjs/package.json": `{ "name": "unit-cjs", "main": "index.js" }`,
    "node_modules/unit-cjs/index.js": `const seen = new WeakSet(); module.exports = (x) => x + 1; module.exports.nested = { f: (o) => (seen.add(o), seen.has(o)) };`,
  },
  "a closure that a package made": {
    "main.mjs": `import { limit } from "unit-closure"; const run = limit(2); export const make = () => () => run(() => 5);`,
    "node_modules/unit-closure/package.json": `{ "name": "unit-closure", "type": "module", "exports": "./index.js" }`,
    "node_modules/unit-closure/index.js": `const check = (n) => n > 0; export const limit = (n) => { let active = 0; return (f) => { active++; try { return check(n) ? f() : undefined } finally { active-- } } };`,
  },
  "a user's namespace with functions that share state": {
    "main.mjs": `import * as dep from "./dep.mjs"; export const make = () => () => { const before = dep.read(); dep.bump(); return dep.read() - before };`,
    "dep.mjs": `let n = 0; export const bump = () => ++n; export const read = () => n; export const weak = new WeakRef({});`,
  },
  "modules named in the option are imported, not copied": {
    "main.mjs": `import { db, use } from "./db.mjs"; export const modules = [new URL("./db.mjs", import.meta.url).href]; export const make = () => () => [use(), db instanceof WeakMap];`,
    "db.mjs": `export const db = new WeakMap(); export const use = () => db.has({});`,
  },
  "a CommonJS module named in the option": {
    "main.cjs": `const db = require("./db.cjs"); const { use } = db; exports.modules = [require("node:url").pathToFileURL(require("node:path").join(__dirname, "db.cjs")).href]; exports.make = () => () => [use(), db.map instanceof WeakMap];`,
    "db.cjs": `exports.map = new WeakMap(); exports.use = () => exports.map.has({});`,
  },
  "built-ins behind getters and promisified functions": {
    "main.mjs": `import { promises, readFile } from "node:fs"; import { promisify, inspect } from "node:util"; import timers from "node:timers/promises"; const { stat } = promises, read = promisify(readFile), wait = promisify(setTimeout), own = promisify((x, done) => done(null, x + 1));
      export const make = () => async () => [(await stat(import.meta.filename)).isFile(), (await read(import.meta.filename, "utf8")).length > 0, await wait(1, "w"), await own(1), await timers.setTimeout(1, 2), inspect({ a: 1 })];`,
  },
};

const filesEither: Files = {
  "a namespace's live binding that a helper of its module writes": {
    "main.mjs": `import * as dep from "./dep.mjs"; export const make = () => () => { const before = dep.count; dep.bump(); return dep.count - before };`,
    "dep.mjs": `export let count = 0; export const bump = () => ++count;`,
  },
  "a live binding through a third module": {
    "main.mjs": `import { count, bump } from "./via.mjs"; export const make = () => () => { const before = count; bump(); return count - before };`,
    "via.mjs": `export * from "./dep.mjs";`,
    "dep.mjs": `export let count = 0; export const bump = () => ++count;`,
  },
};

function list(table: Table, kind: Program["kind"], wrap: (body: string) => Program["files"]): Program[] {
  return Object.entries(table).map(([title, body]) => ({ title, files: wrap(body), kind }));
}

export const programs: readonly Program[] = [
  ...list({ ...functions, ...classes, ...scopes, ...values }, "same", inModule),
  ...list(sloppy, "same", inScript),
  ...list(sloppyEither, "either", inScript),
  ...list(either, "either", inModule),
  ...list(refused, "refused", inModule),
  ...Object.entries(files).map(([title, one]): Program => ({ title, files: one, kind: "same" })),
  ...Object.entries(filesEither).map(([title, one]): Program => ({ title, files: one, kind: "either" })),
];
