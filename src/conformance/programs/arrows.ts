/** Arrow functions that use the `this` around them, whatever their parameters and bodies look like: a call that is stopped tells it. */

import type { Programs, RefusedPrograms } from "./programCases.ts";

/** Getters count. What arrows are told by must not show in any of the counts. */
const counting = `
    let runs = 0; const run = () => { runs += 1; return { k: 9 } };
    class Report { rate = 2; get seen() { runs += 1; return 3 } get items() { runs += 1; return [1, 2] } make() { return ARROW } }`;

const over = (arrow: string, call: string): string =>
  `${counting.replace("ARROW", arrow)} const f = new Report().make(); return () => [${call}, runs]`;

export const arrows: Programs = {
  "an object pattern": over("({ x }) => x * this.rate", "[{ x: 1 }, { x: 2 }].map(f)"),
  "an array pattern": over("([a, , b = 1]) => a + b + this.rate", "[[1, 2, 3], [4]].map(f)"),
  "nested patterns": over("({ a: { b: [c, { d }] } }) => [c, d, this.rate]", "f({ a: { b: [1, { d: 2 }] } })"),
  "rests of patterns": over("([a, ...b], { c, ...d }) => [a, b, c, d, this.rate]", "f([1, 2, 3], { c: 4, e: 5 })"),
  "rest parameters with patterns": over("(a, ...[b, { c }, ...d]) => [a, b, c, d, this.rate]", "f(1, 2, { c: 3 }, 4, 5)"),
  "the length of the rest": over("(...{ length }) => length + this.rate", "f(1, 2, 3)"),
  "defaults that are literals, also within": over(
    "({ a = 1, b: { c = 'c' } = {} } = {}, d = [1, 2], e = { f: 1 }) => [a, c, d, e, this.rate]",
    "f(), f({ a: 5 })",
  ),
  "defaults that read": over("({ a = this.seen, b = runs } = {}, c = this.rate, d = `${c}`) => [a, b, c, d]", "f({ a: 1, b: 2 })"),
  "defaults that are functions": over("({ by = (x) => x * this.rate, run: r = () => run() }) => [by(2), typeof r]", "f({})"),
  "computed keys that are literals": over("({ ['a-b']: x, 0: y, [`c`]: z }) => [x, y, z, this.rate]", "f({ 'a-b': 1, 0: 2, c: 3 })"),
  "a computed key that is a constant": `const field = "price", tag = Symbol("tag"); const o = { rate: 2, make() { return ({ [field]: p, [tag]: q = 5 }) => [p * this.rate, q] } }; const f = o.make(); return () => f({ price: 4 })`,
  "an array whose elements have defaults": over("([[a = 1, b = 2] = [], { c = 3 } = {}] = []) => [a, b, c, this.rate]", "f(), f([[7]])"),
  "an async arrow": over("async ({ x }, [y] = []) => (await x) * this.rate + (y ?? 0)", "await f({ x: 2 }, [1])").replace(
    "return () =>",
    "return async () =>",
  ),
  "an async arrow whose body is an expression": over("async ({ x }) => this.rate * x", "await f({ x: 2 })").replace(
    "return () =>",
    "return async () =>",
  ),
  "a body that is a call": over("({ x }) => this.items.map((i) => i * x * this.rate)", "f({ x: 2 })"),
  "a body that is an optional call": over("([x]) => this?.items?.at(x)", "f([1])"),
  "a body that is an object": over("({ x }) => ({ x, all: this.items })", "f({ x: 2 })"),
  "a body that is an arrow": over("({ x }) => ({ y }) => x * y * this.rate", "f({ x: 2 })({ y: 3 })"),
  "a body that begins with a function": over(
    "({ x }) => { function twice(y) { return y * 2 } return twice(x) * this.rate }",
    "f({ x: 2 })",
  ),
  "a body that begins with a class": over("({ x }) => { class P { v() { return x } } return new P().v() * this.rate }", "f({ x: 2 })"),
  "a body that begins with a loop": over(
    "([...xs]) => { for (const i of this.items) xs.push(i); for (const { length } in this.items) xs.push(length); return xs }",
    "f([5])",
  ),
  "a body that begins with a pattern": over("({ x }) => { const { seen, items: [a = run()] } = this; return [x, seen, a] }", "f({ x: 2 })"),
  "a body that begins with a block": over("({ x }) => { try { { const y = this.seen; return x * y } } finally { run() } }", "f({ x: 2 })"),
  "several arrows on one line": `const o = { k: 2, all() { return [({ a }) => a * this.k, ([a]) => a + this.k, (...[a]) => a - this.k, ({ a: { b } = { b: 1 } }) => b * this.k] } }; const [f, g, h, i] = o.all(); return () => [f({ a: 3 }), g([3]), h(3), i({}), i({ a: { b: 5 } })]`,
  "minified code": `class R{rate=2;run(){return[({x:e,y:[t]})=>e*t*this.rate,({x:e,...t})=>(t.n=e*this.rate,t)]}}const[a,b]=new R().run();return()=>[a({x:1,y:[2]}),b({x:1,z:2})]`,
  "arrows of several instances": `class R { constructor(k) { this.k = k; this.by = ({ x }) => x * this.k } } const rs = [1, 2, 3].map((k) => new R(k)), fs = rs.map(({ by }) => by); return () => fs.map((f) => f({ x: 10 }))`,
  "one object in several arrows": `const o = { n: 0, both() { return [({ by }) => (this.n += by), ([by] = [2]) => (this.n += by)] } }; const [f, g] = o.both(); return () => [f({ by: 1 }), g(), f({ by: 5 }), g([3])]`,
  "an arrow of a static method": `class R { static k = 4; static make() { return ([x] = [1]) => x * this.k } } const f = R.make(); return () => f()`,
  "an arrow in a field over private state": `class R { #k = 4; by = ({ x = 1 } = {}) => x * this.#k } const r = new R(); return () => [r.by(), r.by({ x: 2 })]`,
  "a variable that two functions with patterns share": `let n = 0; const up = ({ by }) => (n += by), down = ([by]) => (n -= by), get = (...[f = (x) => x]) => f(n); return () => [up({ by: 5 }), down([2]), get()]`,
  "the name of a function expression in an arrow with patterns": `const f = function walk(n) { return [n].map(([x]) => (x > 0 ? walk([x - 1]) : "end"))[0] }; const made = (function walk(n) { return ({ m }) => (m > 0 ? walk(m - 1)({ m: m - 1 }) : n) })(3); return () => [f([2]), made({ m: 2 })]`,
};

export const arrowsOrRefused: Programs = {
  "a shared variable whose name a block declares again": `let n = 0; const up = ([by]) => { { let n = 1; by += n } return (n += by) }, get = () => n; return () => [up([5]), get()]`,
  "an arrow over this with a chain in a loop": `const o = { list: [1, 2], make() { return ({ n }) => { n += 1; for (const x of this?.list) n += x; return n } } }; const f = o.make(); return () => f({ n: 1 })`,
};

export const arrowRefusals: RefusedPrograms = {
  "a default that calls": [
    over("({ a = run() }) => [a, this.rate]", "f({})"),
    /uses the this around it, and whose parameters have the default run\(\).*Read this into a variable first/,
  ],
  "a default that makes an object": [
    over("(a, b = new Date()) => [a, b, this.rate]", "f({})"),
    /whose parameters have the default new Date\(\)/,
  ],
  "a computed key that calls": [over("({ [run()]: a }) => [a, this.rate]", "f({})"), /whose parameters have the key \[run\(\)\]/],
  "a computed key that may be an object": [
    `const key = { toString() { throw new Error("ran") } }; const o = { make() { return ({ [key]: a }) => [a, this] } }; const f = o.make(); return () => f({})`,
    /whose parameters have the key \[key\]/,
  ],
  "keys of the rest": [over("(...{ 0: a, map }) => [a, map, this.rate]", "f({})"), /whose parameters have the pattern \{ 0: a, map \}/],
  "a body that begins with a class that does something": [
    over("({ x }) => { class P { static v = run() } return [x, P.v, this.rate] }", "f({})"),
    /whose body begins with a class/,
  ],
};
