/** Instances with `#private` state: out, at home again, and refused where nobody could fill them. */

import type { FilePrograms, Programs, RefusedPrograms } from "./programCases.ts";

export const privates: Programs = {
  "private fields of every kind of value": `
    const s = Symbol.for("s"); class A { #n = 1; #t = "t"; #b = 5n; #z = -0; #u; #o = { a: [1] }; #s = s; #f = (x) => x + 1; #d = new Date(3); #nan = NaN; #m = new Map([[1, this]])
      all() { return [this.#n, this.#t, this.#b, Object.is(this.#z, -0), this.#u, this.#o, this.#s === s, this.#f(1), this.#d.getTime(), Number.isNaN(this.#nan), this.#m.get(1) === this] } }
    const a = new A(); return () => a.all()`,
  "private fields that were changed, in an object that was changed": `
    class Account { #balance = 0; owner; constructor(owner) { this.owner = owner } put(n) { this.#balance += n; return this } get balance() { return this.#balance } }
    const a = new Account("x").put(5).put(6); a.extra = 1; delete a.owner; a.owner = "y"; return () => [a.put(1).balance, Object.keys(a), a.owner]`,
  "neither constructors nor initialisers run": `
    const log = []; class A { #id = log.push("a#"); pub = log.push("a"); constructor(n = log.push("default")) { log.push("A") } get id() { return this.#id } }
    class B extends A { #more = log.push("b#"); [\`c\${1}\`] = log.push("b"); constructor() { log.push("before"); super(1); log.push("B") } get more() { return this.#more } }
    const b = new B(), before = log.length; return () => [b.id, b.more, log.length === before, Object.entries(b)]`,
  "fields, methods and accessors of one name in parent and child stay apart": `
    class A { #x = "a"; #m() { return "ma" } get #g() { return "ga" } a() { return [this.#x, this.#m(), this.#g] } static is(o) { return #m in o } }
    class B extends A { #x = "b"; #m = "field"; set #g(v) { this.last = v } b() { this.#g = 4; return [this.#x, this.#m, this.last] } }
    class C extends B { #x() { return "method" } #m() { return "mc" } c() { return [this.#x(), this.#m()] } static is(o) { return #m in o } }
    const c = new C(), b = new B(); return () => [c.a(), c.b(), c.c(), b.a(), b.b(), A.is(b), C.is(b), C.is(c)]`,
  "private methods and accessors alone": `
    class A { #m() { return "m" } get #g() { return "g" } async *#h() { yield 1 } run() { return [this.#m(), this.#g] } static is(o) { return #h in o } }
    const a = new A(); const bare = Object.create(A.prototype); return () => [a.run(), A.is(a), A.is(bare), A.is({})]`,
  "an object of the prototype without the class's private names stays without": `
    class A { #x = 1; get x() { return this.#x } static has(o) { return #x in o } } const o = Object.create(A.prototype), under = Object.create(new A());
    return () => [A.has(o), o instanceof A, A.has(under), A.has(Object.getPrototypeOf(under)), (() => { try { return o.x } catch (e) { return e.name } })()]`,
  "only static private members": `class A { static #count = 0; constructor(n) { this.n = n; A.#count++ } hi() { return [this.n, A.#count] } } const a = new A("x"); return () => a.hi()`,
  "private fields over classes without": `
    class A { a = 1; constructor(x) { this.x = x } } class B extends A { #b = [2]; b() { return [this.#b, this.x, this.a] } } class C extends B { c = 3 } class D extends C { #d = 4; constructor(...r) { super(...r) } d() { return [this.#d, ...this.b(), this.c] } }
    const d = new D(9); return () => [d.d(), Object.keys(d), d instanceof A]`,
  "subclasses of Map, Set, Array, Error, Date, RegExp and typed arrays": `
    class M extends Map { #hits = 0; get(k) { this.#hits++; return super.get(k) } get hits() { return this.#hits } } class S extends Set { #tag = "s"; get tag() { return this.#tag } } class L extends Array { #tag = "l"; get tag() { return this.#tag } }
    class E extends Error { #code; constructor(m, c) { super(m); this.#code = c } get code() { return this.#code } } class D extends Date { #zone = "z"; get zone() { return this.#zone } } class R extends RegExp { #tag = "r"; get tag() { return this.#tag } } class U extends Uint8Array { #tag = "u"; get tag() { return this.#tag } }
    const m = new M([["k", 1]]), s = new S([1]), l = L.of(1, 2), e = new E("bad", 7), d = new D(0), r = new R("a"), u = U.of(1, 2); m.get("k");
    return () => [m.get("k"), m.hits, s.tag, [...s], l.tag, [...l], e.code, e.message, e instanceof E, d.zone, d.getTime(), r.tag, r.test("a"), u.tag, [...u]]`,
  "subclasses of Promise, waited for and as parts": `
    class P extends Promise { #x = 1; y = 2; get x() { return this.#x } two() { return 2 } } class Q extends Promise { two() { return 2 } } const p = P.resolve(4), q = Q.resolve(5), list = [P.resolve(6)], o = { p: P.resolve(7), q: Q.reject(8) }; o.q.catch(() => {}); const tagged = Object.assign(Promise.resolve(9), { tag: "t" });
    return async () => [p.x, p.y, p.two(), p instanceof P, await p, q.two(), q instanceof Q, await q, list[0].x, await list[0], o.p.x, await o.p, o.q.two(), await o.q.catch((x) => x), tagged.tag, await tagged]`,
  "subclasses of ArrayBuffer and DataView": `
    class B extends ArrayBuffer { #tag = "b"; get tag() { return this.#tag } } class V extends DataView { #tag = "v"; get tag() { return this.#tag } } const b = new B(8), v = new V(b), a = new Uint8Array(b), plain = Object.assign(new ArrayBuffer(2), { tag: 1 }); a[0] = 5;
    return () => [b.tag, b instanceof B, b.byteLength, v.tag, v.getUint8(0), v.buffer === b, a.buffer === b, plain.tag, plain.byteLength]`,
  "subclasses of Map and Set with all methods of their own": `
    class M extends Map { #inner = new Map(); clear() { this.#inner.clear() } forEach(f) { this.#inner.forEach(f) } set(k, v) { this.#inner.set(k, v); return this } get(k) { return this.#inner.get(k) } }
    class S extends Set { clear() {} forEach() { return "mine" } } const m = new M().set("a", 1), s = new S([1]); return () => [m.get("a"), m.size, m instanceof M, s.forEach(), s instanceof S, s.size]`,
  "cycles between instances, and what they share": `
    class N { #next; #shared; constructor(shared) { this.#shared = shared } link(n) { this.#next = n; return n } get next() { return this.#next } push(x) { this.#shared.push(x); return this.#shared } }
    const list = [0], a = new N(list), b = new N(list); a.link(b).link(a); a.self = a; return () => { a.push(1); b.push(2); return [a.next === b, a.next.next === a, a.self === a, b.push(3), list.length] }`,
  "frozen, sealed and closed instances": `
    class A { #n = 1; x = 2; up() { return ++this.#n } } const a = Object.freeze(new A()), b = Object.seal(new A()), c = Object.preventExtensions(new A()); a.up();
    class B extends A { #k = 1; k() { return this.#k++ } } const d = Object.freeze(new B()); return () => [a.up(), Object.isFrozen(a), b.up(), Object.isSealed(b), c.up(), Object.isExtensible(c), d.k(), d.k(), d.up(), Object.isFrozen(d)]`,
  "arrow fields over this and private names": `
    class A { #n = 0; up = () => ++this.#n; #inner = () => this.#n * 10; both() { return [this.#n, this.#inner()] } } class B extends A { #k = 5; k = (by) => (this.#k += by); list = [this.k] }
    const a = new A(), b = new B(), { up } = a; a.up(); b.up(); return () => [a.up(), a.both(), b.k(1), b.up(), b.both(), b.list[0] === b.k, up(), a.both(), Object.keys(b)]`,
  "constructors with defaults, patterns and rest": `
    const boom = () => { throw new Error("ran") }; class A { #all; constructor({ a, b: { c = boom(), ...rest } = boom() }, [d = boom(), ...e], f = boom(), ...[g, h]) { this.#all = [a, c, rest, d, e, f, g, h] } all() { return this.#all } }
    class B extends A { #k; constructor({ k = boom() }, ...more) { super(...more); this.#k = k } k() { return this.#k } } const b = new B({ k: 1 }, { a: 2, b: { c: 3, z: 4 } }, [5, 6], 7, 8, 9); return () => [b.all(), b.k(), A.length, B.length]`,
  "fields that are named classes and functions": `
    class A { #K = class { static n = 1 }; #f = function () {}; #g = () => 0; pub = class {}; names() { return [this.#K.name, this.#K.n, this.#f.name, this.#g.name, this.pub.name] } } const a = new A(); return () => [a.names(), new A().names()]`,
  "new instances there are like those at home": `
    let made = 0; class A { #id = ++made; #f = () => this.#id; y = this.#f(); constructor(x = "d") { if (x === "bad") throw new RangeError("bad"); this.x = x } all() { return [this.#id, this.#f(), this.x, this.y] } }
    const a = new A(); return () => { const b = new A("n"); let e; try { new A("bad") } catch (x) { e = x.name } return [a.all(), b.all(), made, e, new A().all()] }`,
  "a subclass made there of a captured class": `
    class A { #x = 1; get x() { return this.#x } static has(o) { return #x in o } } const a = new A(); return () => { class B extends A { #y = 2; get y() { return this.#y } } const b = new B(); return [b.x, b.y, A.has(b), a.x, a instanceof B] }`,
  "stores that give objects private names": `
    class Store { static #secrets = new Map(); #key; constructor(key, secret) { this.#key = key; Store.#secrets.set(key, secret) } get secret() { return Store.#secrets.get(this.#key) } } const a = new Store("k", { deep: [1] }), b = new Store("l", a); return () => [a.secret, b.secret === a]`,
  "compareTo of two instances": `class P { #v; constructor(v) { this.#v = v } equals(o) { return #v in o && this.#v === o.#v } } const ps = [1, 2, 1].map((v) => new P(v)); return () => ps.map((p) => ps.map((q) => p.equals(q)))`,
  "a mixin with private state": `
    const Mix = (Base) => class extends Base { #m = "mixed"; mixed() { return this.#m + super.who() } }; class A { #a = "a"; who() { return this.#a } } class B { #b = "b"; who() { return this.#b } } const X = Mix(A), Y = Mix(B), x = new X(), y = new Y(); return () => [x.mixed(), y.mixed(), x instanceof A, y instanceof X]`,
  "1,000 instances in a list": `class P { #v; constructor(v) { this.#v = v } get v() { return this.#v } } const list = Array.from({ length: 1000 }, (_, i) => new P(i)); return () => list.reduce((sum, p) => sum + p.v, 0)`,
  "a list of 2,000 linked by private fields": `class N { #next; constructor(next) { this.#next = next } get next() { return this.#next } } let head = null; for (let i = 0; i < 2000; i++) head = new N(head); return () => { let n = 0; for (let p = head; p; p = p.next) n++; return n }`,
  "stack lines of a class with private state": `
    class A {
      #x = Math.max(1, 2); #y = { a: 1 };
      constructor() { this.#x = 3; }
      fail() {
        return new Error(String(this.#x)).stack.split("\\n")[1].replace(/.*:(\\d+):\\d+\\)?$/, "$1");
      }
    }
    const a = new A(); return () => a.fail()`,
};

/** A body gives a function and what shows its value, for home looks at it. */
export const privateResults: Programs = {
  "an instance comes home as one of home's own class, changed": `
    class A { #n = 1; pub = 2; up() { this.#n++; return this } get n() { return this.#n } static has(o) { return #n in o } } const a = new A();
    return [() => a.up(), (r) => [r instanceof A, r.n, r.up().n, A.has(r), Object.keys(r)]]`,
  "an instance that was made there": `class A { #n; constructor(n) { this.#n = n } get n() { return this.#n } } return [() => [new A(1), new A([2])], (r) => r.map((x) => [x instanceof A, x.n])]`,
  "constructors do not run at home": `
    const log = []; class A { #n = 1; constructor() { log.push("A"); this.at = log.length } get n() { return this.#n } } class B extends A { #k = 2; constructor(x) { super(\`\${x}\`); log.push("B") } get k() { return this.#k } }
    const b = new B(); return [() => b, (r) => [r.n, r.k, r.at, Object.keys(r), log.length]]`,
  "setters do not run at home": `class A { #n; set v(x) { throw new Error("ran") } constructor(v) { this.#n = v; Object.defineProperty(this, "v", { value: v, enumerable: true }) } get n() { return this.#n } } const a = new A(3); return [() => a, (r) => [r.n, r.v]]`,
  "a chain over built-ins": `
    class M extends Map { #hits = 0; get(k) { this.#hits++; return super.get(k) } get hits() { return this.#hits } } class N extends M { #name = "n"; get name() { return this.#name } } const n = new N([["k", 1]]);
    return [() => { n.get("k"); n.set("l", n); return n }, (r) => [r.hits, r.name, r.get("l") === r, r.size, r instanceof N]]`,
  "same names in parent and child": `class A { #x = 1; #m() { return "a" } a() { return [this.#x, this.#m()] } } class B extends A { #x = 2; #m = "b"; b() { return [this.#x, this.#m] } } const b = new B(); return [() => b, (r) => [r.a(), r.b()]]`,
  "methods only": `class A { #m() { return 1 } run() { return this.#m() } static has(o) { return #m in o } } const a = new A(); return [() => [a, Object.create(A.prototype)], ([r, o]) => [r.run(), A.has(r), A.has(o)]]`,
  "cycles, frozen": `class N { #n; set(n) { this.#n = n; return this } get() { return this.#n } } const a = new N(), b = new N().set(a); a.set(b); Object.freeze(a); return [() => a, (r) => [r.get().get() === r, Object.isFrozen(r), Object.isFrozen(r.get()), r.set(1).get()]]`,
  "arrow fields": `class A { #n = 1; up = () => ++this.#n; get n() { return this.#n } } class B extends A { #k = 1; #f = () => this.#k++; list = [this.up]; f() { return this.#f() } } const b = new B(); return [() => { b.up(); b.f(); return b }, (r) => [r.up(), r.n, r.f(), r.f(), r.list[0] === r.up]]`,
  errors: `class E extends Error { #code; constructor(m, code) { super(m); this.#code = code; this.name = "E" } get code() { return this.#code } } return [() => { try { throw new E("bad", 4) } catch (e) { return e } }, (r) => [r instanceof E, r.code, r.message, r.name, r.stack.includes("bad")]]`,
  "what an error that is thrown hides": `class E extends Error { #code = { n: 4 }; get code() { return this.#code } } return [() => { throw new E("bad") }, (r) => [r instanceof E, r.code, r.message]]`,
  "an error that home cannot make again, without its private fields": `let n = 0; class E extends Error { #id = ++n; static has(e) { return #id in e } } return [() => { throw new E("bad") }, (r) => [r instanceof E, r.message]]`,
  "constructors with patterns and checks": `
    const boom = () => { throw new Error("ran") }; class A { #v; constructor({ a, b: [c] = boom() } = boom(), ...rest) { if (a < 0) throw new RangeError("negative"); this.#v = [a, c, rest] } get v() { return this.#v } }
    class B extends A { #w; constructor(o, { w = boom() } = boom()) { super(o, o.a, \`x\${w}\`); if (w > 10) boom(); this.#w = w } get w() { return this.#w } } return [() => new B({ a: 1, b: [2] }, { w: 3 }), (r) => [r.v, r.w, r instanceof B]]`,
  "500 instances": `class P { #v; constructor(v) { if (v < 0) throw new Error(); this.#v = v } get v() { return this.#v } } return [() => Array.from({ length: 500 }, (_, i) => new P(i)), (r) => r.reduce((sum, p) => sum + p.v, 0)]`,
};

export const privateRefusals: RefusedPrograms = {
  "an instance whose constructor has not ended": [
    `let seen; class A { #x = 1; constructor() { } get x() { return this.#x } } class B extends A { #y = (seen = this, 1) && (() => { throw new Error() })(); get y() { return this.#y } } try { new B() } catch {} return () => seen.x`,
    /seen: an instance of A whose constructor has not ended/,
  ],
  "an instance that other code gave private fields": [
    `class Id { constructor(o) { return o } } class Tag extends Id { #t = 1; static of(o) { return o.#t } } class A { #x = 1; get x() { return this.#x } } const a = new A(); new Tag(a); return () => a.x`,
    /a: an instance of A .*other code gave/,
  ],
  "an instance that home could only make by running its initialisers": [
    `let made = 0; class A { #id = ++made; get id() { return this.#id } } const owner = { a: new A() }; return () => owner`,
    /value.*a: an instance of A cannot come home.*plain data/s,
  ],
  "keys to be worked out among a constructor's parameters": [
    `const k = () => "key"; class A { #x; constructor({ [k()]: x }) { this.#x = x } get x() { return this.#x } } const a = new A({ key: 1 }); return () => a.x`,
    /a: an instance of A has #private fields.*keys in the parameters/,
  ],
  "a function that a class gave private names": [
    `class F extends Function { #x = 1; get x() { return this.#x } } const f = new F("return 7"); return () => f()`,
    /f: an instance of F is a function with #private fields/,
  ],
  "an arrow over a private name that its constructor made": [
    `class A { #x = 1; constructor() { this.f = () => this.#x } } const a = new A(); return () => a.f()`,
    /a.*f: it belongs to the class that declares #x/s,
  ],
};

export const filePrivates: FilePrograms = {
  "an instance of a class of another file": {
    "main.mjs": `import { P } from "./dep.mjs"; const p = new P(2); export const make = () => () => [p.get(), p instanceof P, P.has(p)];`,
    "dep.mjs": `const k = 10; export class P { #n; constructor(n) { this.#n = n } get() { return this.#n * k } static has(o) { return #n in o } }`,
  },
  "an EventEmitter with private state and a listener": {
    "main.mjs": `import { EventEmitter } from "node:events"; class Bus extends EventEmitter { #seen = 0; onX = () => { this.#seen++ }; constructor() { super(); this.on("x", this.onX) } get seen() { return this.#seen } }
      export const make = () => { const b = new Bus(); b.emit("x"); return () => { b.emit("x"); const { seen } = b; return [seen, b.listenerCount("x"), b instanceof EventEmitter] } };`,
  },
};
