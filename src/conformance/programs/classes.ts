/** `this`, `super` and classes (closures.md 2.9, 74–96). */

import type { FilePrograms, Programs } from "./programCases.ts";

const classes: Programs = {
  "a function takes the this it is given": `const f = function (x) { return [this.v, x] }; return () => [f.call({ v: 1 }, 2), f.apply({ v: 3 }, [4]), f.bind({ v: 5 })(6)]`,
  "a method called through its captured object": `const o = { v: 1, get() { return this.v } }; return () => o.get()`,
  "super in an object's method": `
    const base = { hi() { return "base " + this.n } }; const o = { __proto__: base, n: 1, hi() { return "over " + super.hi() } }; return () => o.hi()`,
  "super in two objects of one literal, after one got another prototype": `
    const a = { who: () => "a" }, b = { who: () => "b" }; const mk = (proto) => ({ __proto__: proto, who() { return "<" + super.who() } }); const x = mk(a), y = mk(b);
    return () => { const before = [x.who(), y.who()]; Object.setPrototypeOf(x, b); return [...before, x.who()] }`,
  "constructor, methods, accessors and statics as native": `
    class P { constructor(x) { this.x = x } get double() { return this.x * 2 } set double(v) { this.x = v / 2 } plus(y) { return this.x + y }
      static origin() { return new P(0) } static get zero() { return 0 } }
    return () => { const p = new P(3); p.double = 10; return [p.x, p.double, p.plus(1), P.origin() instanceof P, P.zero, Object.keys(P.prototype),
      Object.getOwnPropertyNames(P.prototype), Object.getOwnPropertyNames(P), P.name, P.length, p.constructor === P] }`,
  "fields, also quoted and arrow ones": `
    class A { n = 1; h = () => this.n; 'q r' = this.n + 1; static s = 4; bare } return () => { const a = new A(); a.n = 7; return [a.h(), a["q r"], A.s, Object.keys(a)] }`,
  "computed names of methods": `let k = 1; class A { ["m" + k]() { return k } static ["s" + k]() { return -k } get ["g" + k]() { return "g" } } k = 5; return () => [new A().m1(), A.s1(), new A().g1]`,
  "private fields, methods, accessors and statics": `
    class C { #x = 1; static #count = 0; #bump() { return ++this.#x } get #v() { return this.#x } static make() { C.#count++; return new C() }
      static has(o) { return #x in o } static get count() { return C.#count } run() { this.#bump(); return this.#v } }
    return () => { const c = C.make(); return [c.run(), C.has(c), C.has({}), C.count] }`,
  "static blocks are not run again": `
    let runs = 0; class S { static { runs++ } static at = runs; static list = [runs] } S.list.push(5); return () => [S.at, S.list, runs]`,
  "statics that were replaced, added and deleted": `class S { static n = 1; static gone = 2; static m() { return this.n } } S.n = 3; S.extra = 4; delete S.gone; return () => [S.n, S.extra, S.gone, S.m()]`,
  "methods that were patched": `class A { m() { return 1 } n() { return 2 } } A.prototype.m = function () { return this.n() * 10 }; delete A.prototype.n; A.prototype.n = () => 3; return () => new A().m()`,
  "three levels of extends with super everywhere": `
    const s = Symbol("s"); class A { constructor(n) { this.n = n } m() { return ["A", this.n] } [s]() { return "As" } static st() { return "stA" } get g() { return "gA" } }
    class B extends A { m() { return ["B", ...super.m()] } [s]() { return "B" + super[s]() } static st() { return "B" + super.st() } }
    class C extends B { constructor() { super(7); this.c = super.g } m() { return ["C", ...super.m()] } f = () => super.m() }
    return () => { const c = new C(); return [c.m(), c[s](), C.st(), c.c, c.f(), c instanceof A, Object.getPrototypeOf(C) === B] }`,
  "a class that extends Error": `
    class MyError extends Error { constructor(m, code) { super(m); this.name = "MyError"; this.code = code } get twice() { return this.code * 2 } }
    return () => { const e = new MyError("bad", 4); return [e instanceof MyError, e instanceof Error, e.message, e.name, e.twice, String(e), Object.prototype.toString.call(e)] }`,
  "classes that extend Array, Map, Set and Promise": `
    class L extends Array { last() { return this[this.length - 1] } } class M extends Map { up(k) { return this.set(k, (this.get(k) ?? 0) + 1) } }
    class S extends Set { get n() { return this.size } } class P extends Promise { tag() { return "P" } }
    return async () => [L.of(1, 2).last(), L.from([1, 2]).map((x) => x * 2) instanceof L, new M().up("a").up("a").get("a"), new S([1, 1]).n, P.resolve(1).tag(), await P.resolve(2)]`,
  "a class that extends null": `class N extends null { static s() { return 1 } } return () => [N.s(), Object.getPrototypeOf(N.prototype)]`,
  "extends an expression and a mixin": `
    const Mix = (Base) => class extends Base { mixed() { return "mixed " + super.hi() } }; class A { hi() { return "hi" } } class B extends Mix(A) {} class C extends (0, B) {}
    return () => [new C().mixed(), Object.getPrototypeOf(B).name, new C() instanceof A]`,
  "two classes of one mixin": `
    const Mix = (Base) => class extends Base { who() { return "<" + super.who() } }; class A { who() { return "a" } } class B { who() { return "b" } } const X = Mix(A), Y = Mix(B);
    return () => [new X().who(), new Y().who(), X === Y]`,
  "a class is not called without new": `class A {} return () => { try { A() } catch (e) { return [e.name, e.message] } }`,
  "new.target in constructors and arrows": `class A { constructor() { this.t = (() => new.target.name)() } } class B extends A {} return () => [new A().t, new B().t, Reflect.construct(A, [], B).t]`,
  "a constructor may return something else": `class A { constructor() { return { other: 1 } } } return () => [new A().other, new A() instanceof A]`,
  "an anonymous class has its variable's name": `const A = class {}; let B; B ||= class {}; const o = { C: class {} }; return () => [A.name, B.name, o.C.name, (class {}).name]`,
  "a named class expression has its own name": `const A = class Inner { static self() { return Inner } }; return () => [A.name, A.self() === A]`,
  "a class that refers to itself in a static method and field": `class A { static all = [new A()]; static make() { return new A() } } return () => [A.all[0] instanceof A, A.make() instanceof A]`,
  "a decorated class as TypeScript emits it": `
    const __decorate = function (decorators, target, key, desc) { for (const d of decorators) desc = d(target, key, desc) ?? desc; if (desc && key) Object.defineProperty(target, key, desc); return desc };
    const twice = (t, k, d) => ({ ...d, value(...a) { return d.value.apply(this, a) * 2 } }); class A { n = 4; m() { return this.n } }
    __decorate([twice], A.prototype, "m", Object.getOwnPropertyDescriptor(A.prototype, "m")); return () => new A().m()`,
  "an enum and a namespace as TypeScript emits them": `
    var Color; (function (Color) { Color[Color["Red"] = 0] = "Red"; Color[Color["Blue"] = 5] = "Blue" })(Color || (Color = {}));
    var Space; (function (Space) { Space.k = 3; function f() { return Space.k } Space.f = f })(Space || (Space = {})); return () => [Color.Red, Color[5], Space.f()]`,
  "instances of a class that is not named": `
    const make = (() => { class P { constructor(n) { this.n = n } get() { return this.n } } return (n) => new P(n) })(); const [a, b] = [make(1), make(2)];
    return () => [a.get(), b.get(), Object.getPrototypeOf(a) === Object.getPrototypeOf(b), a.constructor.name, a instanceof b.constructor]`,
  "an instance of the class that is named is an instance of it": `class A { m() { return this.n } } const a = new A(); a.n = 3; return () => [a instanceof A, a.m(), Object.getPrototypeOf(a) === A.prototype]`,
  "a prototype as a plain value is that of its class": `class A { m() { return 1 } } const proto = A.prototype, o = Object.create(proto); return () => [proto === A.prototype, o instanceof A, o.m(), new A() instanceof A]`,
  "an instance is rebuilt without its constructor and setters": `
    let made = 0; class A { constructor() { made++ } set v(x) { throw new Error("setter ran") } get v() { return "proto" } } const a = new A();
    Object.defineProperty(a, "v", { value: "own", enumerable: true }); return () => [a.v, made]`,
  "an instance of an ES5 constructor with assigned prototype": `
    function Animal(n) { this.n = n } Animal.prototype.speak = function () { return this.n + "!" }; function Dog(n) { Animal.call(this, n) }
    Dog.prototype = Object.create(Animal.prototype, { constructor: { value: Dog } }); Dog.prototype.bark = function () { return this.speak() + " woof" }; const d = new Dog("rex");
    return () => [d.bark(), new Dog("b").speak(), d instanceof Animal, d instanceof Dog]`,
  "symbols that classes may define": `
    class A { static [Symbol.hasInstance](x) { return x === 1 } get [Symbol.toStringTag]() { return "Tag" } [Symbol.toPrimitive]() { return 42 } *[Symbol.iterator]() { yield 1; yield 2 }
      async *[Symbol.asyncIterator]() { yield 3 } } const a = new A();
    return async () => { const out = []; for await (const x of a) out.push(x); return [1 instanceof A, a instanceof A, String(Object.prototype.toString.call(a)), +a, [...a], out] }`,
  "an accessor keyword's fallback: static accessor pairs": `class A { static #v = 1; static get v() { return A.#v } static set v(x) { A.#v = x } } return () => { A.v = 5; return A.v }`,
  "an abstract method called through a subclass instance in an array": `
    class Shape { area() { throw new Error("abstract") } describe() { return this.constructor.name + " " + this.area() } } class Sq extends Shape { constructor(s) { super(); this.s = s } area() { return this.s ** 2 } }
    const list = [new Sq(2), new Sq(3)]; return () => list.map((s) => s.describe())`,
  "instances of subclasses of built-ins": `
    class L extends Array { last() { return this.at(-1) } } class M extends Map { first() { return this.keys().next().value } } class D extends Date { y() { return this.getUTCFullYear() } }
    class E extends Error { code = 5; twice() { return this.code * 2 } } const l = L.of(1, 2), m = new M([["k", 1]]), d = new D(0), e = new E("x"); m.extra = 1;
    return () => [l.last(), l.length, Array.isArray(l), m.first(), m.extra, m instanceof M, d.y(), e.twice(), e.message, e instanceof E]`,
  "a singleton with a private constructor check": `const key = {}; class A { static #ok = key; constructor(k) { if (k !== A.#ok) throw new TypeError("private") } } return () => { try { new A() } catch (e) { return [e.name, new A(key) instanceof A] } }`,
};

/** Methods of a class that were given something, or are captured by themselves, too. */
const classMethods: Programs = {
  "methods and accessors with properties": `class A { m() {} static s() {} get g() { return 1 } set g(v) {} } A.prototype.m.tag = { k: 1 }; A.s.tag = 2; const of = (C) => Object.getOwnPropertyDescriptor(C, "g"); of(A.prototype).set.tag = 3; return () => [A.prototype.m.tag, new A().m.tag.k, A.s.tag, of(A.prototype).set.tag, new A().g]`,
  "methods that are frozen, renamed or inherit from something else": `class A { m() { return 1 } n() { return 2 } o() { return 3 } } Object.freeze(A.prototype.m); Object.defineProperty(A.prototype.n, "name", { value: "other" }); Object.setPrototypeOf(A.prototype.o, { q: 4, __proto__: Function.prototype }); return () => { const a = new A(); return [Object.isFrozen(a.m), a.m(), a.n.name, a.n(), a.o.q, a.o(), Object.keys(A.prototype)] }`,
  "a method with properties that uses super and its class": `class A { static made = 0; m() { return ["A", A.made] } } class B extends A { m() { B.made += 1; return [...super.m(), this instanceof B] } } B.prototype.m.tag = 1; return () => [new B().m(), B.prototype.m.tag, B.made]`,
  "methods that are captured by themselves, too": `class A { m() { return this } static s() { return 2 } } const m = A.prototype.m, { s } = A; m.seen = []; return () => [m === A.prototype.m, new A().m === m, s === A.s, A.prototype.m.seen === m.seen, m.call(5)]`,
  "generator methods whose prototypes were changed": `class A { *m() { yield this.k } k = 4; static async *s() { yield 1 } *n() {} } A.prototype.m.prototype.z = 1; A.s.prototype = null; return () => [[...new A().m()], new A().m().z, A.s.prototype, Object.keys(A.prototype.n.prototype)]`,
  "methods named by symbols, beside private ones": `const s = Symbol(), t = Symbol("t"); class A { #n = 1; [s]() { return this.#n } get [t]() { return this.#n + 1 } static [s]() { return new A().#n } } return () => [new A()[s](), new A()[t], A[s]()]`,
  "super in an arrow, by way of a method": `class A { f = 2; scale(x) { return x * this.f } } class B extends A { scale() { throw new Error("not this") } above(x) { return super.scale(x) } all(xs) { return () => xs.map((x) => this.above(x)) } } const f = new B().all([1, 2]); return () => f()`,
  "accessors defined on classes": `class A { x = 2; get v() { return 1 } static get s() { return 1 } } let n = 3; Object.defineProperty(A, "n", { get: () => n, set(v) { n = v } }); Object.defineProperty(A.prototype, "w", { get() { return this.x * 2 }, enumerable: true }); Object.defineProperty(A.prototype, "v", { get() { return 5 } }); Object.defineProperty(A, "s", { get: () => 6 });
    return () => { A.n += 1; const keys = []; for (const k in new A()) keys.push(k); return [A.n, new A().w, new A().v, A.s, keys] }`,
  "a static getter that replaces itself": `class A { static get only() { const value = { n: 1 }; Object.defineProperty(A, "only", { value }); return value } } return () => [A.only === A.only, A.only.n]`,
};

/** Functions that make generators, and what their `prototype` is. */
const generators: Programs = {
  "generators with another prototype": `function* g() { yield 1 } const P = { hi() { return this === undefined ? 0 : 4 } }; g.prototype = P; function* h() { yield 2 } h.prototype = { __proto__: h.prototype, hi() { return this.next().value } }; async function* n() {} n.prototype = null; function* u() {} u.prototype = 7;
    return () => [g().hi(), Object.getPrototypeOf(g()) === P, h().hi(), [...h()], n.prototype, u.prototype, [...u()]]`,
  "generators whose prototypes were changed": `function* g() { yield 1 } g.prototype.hi = function () { return this.next().value }; function* h() { yield 2 } Object.setPrototypeOf(h.prototype, { hello: () => 5, __proto__: Object.getPrototypeOf(h.prototype) }); function* f() {} Object.freeze(f.prototype); return () => [g().hi(), h().hello(), [...h()], Object.isFrozen(f.prototype)]`,
  "the prototype of a generator by itself": `function* g() { yield 1 } const p = g.prototype, h = () => g; return () => [p === g.prototype, Object.getPrototypeOf(h()()) === p, g() instanceof g]`,
  "prototypes of the language's iterators": `const it = Object.getPrototypeOf(Object.getPrototypeOf([].values())), later = Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype)); class Own { static made = Object.create(it) } return () => [it === Object.getPrototypeOf(Object.getPrototypeOf(new Map().keys())), Symbol.asyncIterator in later, Own.made[Symbol.iterator]() === Own.made]`,
  "generators as Babel compiles them": `
    const Generator = function () {}, FunctionPrototype = function () {}; const proto = (FunctionPrototype.prototype = Generator.prototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))));
    for (const method of ["next", "throw", "return"]) Object.defineProperty(proto, method, { value(v) { return this._invoke(method, v) }, writable: true, configurable: true });
    Object.defineProperty(FunctionPrototype, Symbol.toStringTag, { value: "GeneratorFunction", configurable: true }); Object.defineProperty(proto, Symbol.toStringTag, { value: "Generator", configurable: true });
    const mark = (fn) => { Object.setPrototypeOf(fn, FunctionPrototype); fn.prototype = Object.create(proto); return fn };
    const wrap = (steps, outer) => { const made = Object.create(outer.prototype); let at = 0; made._invoke = (method, v) => (method === "return" || at >= steps ? { value: v, done: true } : { value: at++, done: false }); return made };
    const count = mark(function count(n) { return wrap(n, count) }); count.prototype.hi = () => "hi"; const running = count(3); running.next();
    return () => [[...count(3)], count(1).hi(), String(count(1)), count(1) instanceof count, Object.prototype.toString.call(count), [...running]]`,
};

export const classesOfAllKinds: readonly Programs[] = [classes, classMethods, generators];

export const classesOrRefused: Programs = {
  "generators that share a prototype": `function* g() {} function* h() {} h.prototype = g.prototype; return () => h() instanceof g`,
  "an arrow that uses the this around it": `return new (class { v = 3; make() { return () => this.v } })().make()`,
  "an arrow field of a captured instance": `class A { n = 1; h = () => this.n } const a = new A(); a.n = 7; return () => a.h()`,
  "a nested arrow that uses the this around it": `const o = { n: 4, all() { return [1, 2].map((x) => () => x * this.n) } }; const fs = o.all(); return () => fs.map((f) => f())`,
  "super of a method taken from its object": `const base = { hi: () => "base" }; const { hi } = { __proto__: base, hi() { return "over " + super.hi() } }; return () => hi()`,
  "new.target captured by an arrow": `function F() { return { f: () => new.target === F } } const { f } = new F(); return () => f()`,
  "computed names of fields": `let k = 1; class A { ["c" + k] = k; static ["s" + k] = 2 } k = 5; return () => [Object.entries(new A()), A.s1]`,
  "a static method that uses this, taken from its class": `class A { static n = 3; static m() { return this?.n } } const { m } = A; return () => m()`,
  "an instance of an EventEmitter with a listener": `const { EventEmitter } = process.getBuiltinModule?.("node:events") ?? { EventEmitter: class {} }; const e = new EventEmitter(); e.n = 1; return () => e.n`,
  "a class whose static private state was changed": `class A { static #n = 0; static up() { return ++A.#n } } A.up(); A.up(); return () => A.up()`,
};

const codecPair = `static [Symbol.for("futureplan.encode")](a) { return { n: a.#n } } static [Symbol.for("futureplan.decode")]({ n }) { return new Account(n) }`;

/** Classes with private state that say themselves how they travel. */
export const classCodecs: Programs = {
  "an instance with private fields travels by its class's own encode and decode": `
    class Account { #n; constructor(n) { this.#n = n } ${codecPair} get() { return this.#n } } const a = new Account(5); return () => [a.get(), a instanceof Account]`,
  "one instance with its own encoding stays one instance": `
    class Account { #n; constructor(n) { this.#n = n } ${codecPair} up() { return ++this.#n } } const a = new Account(5), list = [a, a]; return () => [list[0] === list[1], a.up(), list[1].up(), a === list[0]]`,
};

export const fileClasses: FilePrograms = {
  "a class that extends EventEmitter": {
    "main.mjs": `import { EventEmitter } from "node:events"; class E extends EventEmitter { fire() { let got; this.on("x", (v) => (got = v)); this.emit("x", 3); return got } }
      export const make = () => () => [new E().fire(), new E() instanceof EventEmitter];`,
  },
  "util.inherits": {
    "main.mjs": `import { inherits } from "node:util"; import { EventEmitter } from "node:events"; function Old() { EventEmitter.call(this) } inherits(Old, EventEmitter); Old.prototype.m = function () { return this.listenerCount("x") };
      export const make = () => () => [new Old().m(), new Old() instanceof EventEmitter, Old.super_ === EventEmitter];`,
  },
  "an instance of a class of another file": {
    "main.mjs": `import { P } from "./dep.mjs"; const p = new P(2); export const make = () => () => [p.get(), p instanceof P];`,
    "dep.mjs": `const k = 10; export class P { constructor(n) { this.n = n } get() { return this.n * k } }`,
  },
};
