/** Which texts only read an array, case by case: `a` is the array, `b` another one, the rest is anything. */

import { describe, expect, test } from "vitest";
import { readFacts } from "../../../../../src/globals/analysis/reads/readFacts.ts";
import { conditions, reading } from "./reading.ts";

describe("only read, whatever other names mean, is an array whose", () => {
  test.each([
    ["elements are added up", "() => { let s = 0; for (let i = 0; i < a.length; i++) s += a[i]; return s / a.length; }"],
    ["elements are visited", "() => { let s = 0; for (const x of a) s += x; return s; }"],
    ["elements are visited by an old loop", "function f() { var s = 0; for (var i = 0, n = a.length; i < n; ++i) s += a[i]; return s; }"],
    ["sizes are asked", "() => [a.length, a.byteLength, a.byteOffset, a?.BYTES_PER_ELEMENT, a['length']]"],
    ["elements are spread", "() => [Math.max(...a), [...a], new Set([...a]), { ...a }]"],
    ["first elements are taken apart", "() => { const [x, , [y] = [1], ...rest] = a; let z; [z] = a; return [x, y, z, rest]; }"],
    ["length is taken apart", "() => { const { length, byteLength: n = 1 } = a; return length + n; }"],
    ["own elements are taken apart", "() => { const { ...elements } = a; return elements; }"],
    ["type is asked", "() => typeof a === 'object' && a !== null && a !== undefined && !(a == null) && a !== b"],
    ["truth is asked", "() => { if (!a) return 0; while (a) break; for (; a; ) break; do break; while (a); return a ? 1 : a && 2; }"],
    ["text is asked", "() => `${a}` + a + ('' + a) + (a < b)"],
    ["name stands by itself", "() => { a; void a; switch (a) { case a: } (a, 1); }"],
    ["methods only read", "() => [a.at(-1), a.includes(1), a.indexOf(1), a.lastIndexOf(1), a.join(), a.slice(1), a.with(0, 1)]"],
    ["copies are sorted", "() => [a.toSorted((x, y) => x - y)[0], a.toReversed(), a.slice().sort().fill(0)]"],
    ["iterators are taken", "() => [...a.keys(), ...a.values(), ...a.entries()]"],
    ["callbacks take elements only", "() => a.map((x, i) => x * i).filter((x) => x > 0)"],
    ["callbacks read the array itself", "() => a.map((x, i, all) => x - all[i - 1])"],
    ["reducer takes no array", "() => a.reduce((s, x, i) => s + x * i, 0) + a.reduceRight((s, x, i, all) => s + all[i], 0)"],
    ["callbacks stop", "() => [a.some((x) => x), a.every((x) => x), a.find((x) => x), a.findIndex((x) => x), a.findLast((x) => x)]"],
    ["callback is a function", "() => { a.forEach(function (x) { b.push(x); }); }"],
    [
      "callback is declared within",
      "() => { const double = (x) => 2 * x; function add(s, x) { return s + x; } return a.map(double).reduce(add); }",
    ],
    ["part is read", "() => a.subarray(0, 5).reduce((s, x) => s + x) + a.subarray(1)[0] + a.subarray(2).length"],
    ["part is kept and read", "() => { const part = a.subarray(0, 5); return part.map((x) => x + part[0]); }"],
    ["alias is read", "() => { const c = a; let d = c; var e = d; return c[0] + d[1] + e[2]; }"],
    ["alias is one of two", "(k) => { const c = k ? a : b; const d = k ?? a; return (k ? c : d)[0] + (k, a)[1] + (a || b)[2]; }"],
    ["alias is a default", "(k = a) => k[0]"],
    ["closures read", "() => { const at = (i) => a[i * 2]; return [1, 2].map((i) => at(i) + a[0]); }"],
    [
      "local functions read",
      "() => { function mean(xs) { return sum(xs) / xs.length; } const sum = (xs) => xs.reduce((s, x) => s + x, 0); return mean(a); }",
    ],
    ["local functions recurse", "() => { const sum = (xs) => (xs.length === 0 ? 0 : xs[0] + sum(xs.subarray(1))); return sum(a); }"],
    ["local functions take another position", "() => { const f = (n, [x]) => n + x; return f(1, a) + f(2, a, a); }"],
    [
      "local functions return parts",
      "(n) => { const row = (i) => a.subarray(i * n); function all() { if (n) return a; return row(0); } return row(1)[0] + all().length; }",
    ],
    ["local functions return what they get", "() => { const same = (xs) => xs; return same(a)[0] + ((xs) => xs)(a)[1]; }"],
    ["local functions return in circles", "(n) => { const f = (xs) => (n-- > 0 ? f(xs.subarray(1)) : xs); return f(a)[0]; }"],
    ["names are kept by esbuild", "() => { const mean = /* @__PURE__ */ __name((xs) => xs[0], 'mean'); return mean(a); }"],
    ["function is called where it stands", "() => ((xs) => xs[0])(a) + (function (xs) { return xs[1]; })(a)"],
    ["readers are asynchronous", "async () => { const f = async (xs) => { await 1; return xs[0]; }; return (await f(a)) + a[1]; }"],
    ["readers are generators", "function* f() { yield a[0]; yield* a; const g = function* (xs) { yield xs[0]; }; yield* g(a); }"],
    [
      "classes read",
      "() => { class C { x = a[0]; static y = a.length; m() { return a[1] + this.x; } get z() { return a[2]; } } return new C(); }",
    ],
    ["elements are chained to", "() => a?.[0] + a?.at?.(1) + a?.map((x) => x)?.[0]"],
    ["elements have methods", "() => a[0].toFixed(2)"],
    ["text names another key", "() => { const o = {}; o[a] = 1; return o; }"],
    ["keys are enumerated", "() => { let s = 0; for (const k in a) s += a[k]; return s; }"],
    ["name is another's, too", "() => { { const a = []; a.push(1); } return a[0]; }"],
  ])("%s", (_sentence, text) => {
    expect(conditions(reading(text))).toEqual([]);
  });
});

describe("not only read is an array that", () => {
  test.each([
    ["has an element written", "() => { a[0] = 1; }"],
    ["has an element changed", "() => { a[0] += 1; }"],
    ["has an element counted up", "() => { a[0]++; }"],
    ["has an element deleted", "() => delete a[0]"],
    ["has an element deleted in a chain", "() => delete a?.[0]"],
    ["is the target of a pattern", "() => { [a[0]] = [1]; }"],
    ["is the target of a rest", "() => { [...a[1]] = [1]; }"],
    ["is the target of a pattern with a default", "() => { ({ x: a[0] = 1 } = {}); }"],
    ["is the target of an object pattern", "() => { ({ x: a[0] } = {}); }"],
    ["is the target of the rest", "() => { ({ ...a.x } = {}); }"],
    ["is the target of a loop", "() => { for (a[0] of b); }"],
    ["is the target of a loop over keys", "() => { for (a[0] in b); }"],
    ["gets a property", "() => { a.extra = 1; }"],
    ["is returned", "() => { return a; }"],
    ["is an arrow's value", "() => a"],
    ["is a local function's that goes elsewhere", "() => { const all = () => a; return [1].map(all); }"],
    ["is a local function's whose value is written", "() => { const row = (i) => a.subarray(i); row(0)[0] = 1; }"],
    ["is a local function's whose value is returned", "() => { function all() { return a; } return all(); }"],
    ["is an asynchronous function's", "async () => { const all = async () => a; return all(); }"],
    ["is a generator's", "function* f() { const g = function* () { return a; }; (yield* g())[0] = 1; }"],
    ["is a callback's", "(rows) => rows.map((r) => a.subarray(r))"],
    ["is a function's that calls itself by another name", "() => { (function f(n) { if (n) f(0)[0] = 1; return a; })(1)[0]; }"],
    ["is thrown", "() => { throw a; }"],
    ["is yielded", "function* f() { yield a; }"],
    ["is awaited", "async () => (await a)[0]"],
    ["is assigned to a name", "() => { let c; c = a; }"],
    ["is assigned to a name outside", "() => { c = a; }"],
    ["is assigned to a property", "(o) => { o.x = a; }"],
    ["is assigned if there is nothing", "() => { let c; c ??= a; }"],
    ["is put into an object", "() => ({ a }).a[0]"],
    ["is put into an array", "() => [a][0][0]"],
    ["gives its buffer", "() => a.buffer"],
    ["gives its buffer by name", "() => a['buffer']"],
    ["gives its buffer by a text", "() => a[`buffer`]"],
    ["gives its buffer by a made text", "(k) => a['buf' + k] * 2"],
    ["gives its buffer in a pattern", "() => { const { buffer } = a; }"],
    ["gives its buffer by a computed key of a pattern", "(k) => { const { [k]: x } = a; }"],
    ["gives a method away", "() => { const { fill } = a; const f = a.fill; }"],
    ["is sorted", "() => a.sort()"],
    ["is reversed", "() => a.reverse()"],
    ["is filled", "() => a.fill(0)"],
    ["is copied within", "() => a.copyWithin(0, 1)"],
    ["is set", "() => a.set([1])"],
    ["has an unknown method", "() => a.whatever()"],
    ["has a reading method that is not called", "() => a.at"],
    ["has a reading method called by another way", "() => a.map.call(b, (x) => x)"],
    ["is called by an element", "() => a[0]()"],
    ["is called by a key", "(k) => a[k](0)"],
    ["is a tag's", "(k) => a[k]`x`"],
    ["is constructed from", "() => new a()"],
    ["is given to a tag", "(tag) => tag`${a}`"],
    ["is given to a parameter", "(f) => f(a)"],
    ["is given to a method", "(o) => o.m(a)"],
    ["is given to a method of a local object", "() => { const o = { m(xs) { xs[0] = 1; } }; o.m(a); }"],
    ["is given to a class", "() => new Whatever(a)"],
    ["is given at an unknown position", "(f) => { const g = (x, y) => x; return g(...b, a); }"],
    ["is given to a local function that writes", "() => { const f = (xs) => { xs[0] = 1; }; f(a); }"],
    ["is given to a local function by a part", "() => { const f = (xs) => { xs[0] = 1; }; f(a.subarray(1)); }"],
    ["is given to a local function that keeps it", "() => { const f = (xs) => xs; f(a)[0] = 1; }"],
    ["is given to a local function with arguments", "() => { function f(xs) { arguments[0][0] = 1; } f(a); }"],
    ["is given to a local function with arguments in an arrow", "() => { function f(xs) { return (() => arguments)(); } f(a); }"],
    ["is given to a local function with a rest", "() => { const f = (...all) => all; f(a); }"],
    ["is given to a local function that may be another", "() => { let f = (xs) => xs[0]; f = (xs) => xs.fill(0); f(a); }"],
    ["is given to one of two functions of one name", "() => { function f(xs) { return xs[0]; } function f(xs) { xs[0] = 1; } f(a); }"],
    ["is given to what a parameter is first", "(f, k = 1) => { f(a); var f = (xs) => xs[0]; }"],
    ["is a parameter's default that is written", "(k = a) => { k[0] = 1; }"],
    ["is seen by a second variable of the name", "() => { const f = (xs, k = 1) => { var xs; xs[0] = 1; }; f(a); }"],
    ["is an alias's that is written", "() => { const c = a; c[0] = 1; }"],
    ["is an alias's that changes", "() => { let c = a; c = c.subarray(1); c[0] = 1; }"],
    ["is a part's that is written", "() => { a.subarray(1)[0] = 1; }"],
    ["is a part's that is returned", "() => a.subarray(1)"],
    ["is one of two that is written", "(k) => { (k ? a : b)[0] = 1; }"],
    ["is one side that is written", "(k) => { (a || k)[0] = 1; }"],
    ["is the other side that is written", "(k) => { (k && a)[0] = 1; }"],
    ["is last in a list that is written", "() => { (0, a)[0] = 1; }"],
    ["is written in a closure", "() => [1].map((x) => { a[0] = x; })"],
    ["is written in a class", "() => { class C { static { a[0] = 1; } } }"],
    ["is a class's parent", "() => { class C extends a {} }"],
    ["is given to a callback", "() => a.map((x, i, all) => all)"],
    ["is given to a callback that writes", "() => a.forEach((x, i, all) => { all[i] = 0; })"],
    ["is given to a callback with a rest", "() => a.map((...all) => all)"],
    ["is given to a callback with arguments", "() => a.map(function () { return arguments[2]; })"],
    ["is given to a callback by a default", "() => a.map((x, i, { buffer }) => buffer)"],
    ["is given to a reducer", "() => a.reduce((s, x, i, all) => all)"],
    ["has unknown callbacks", "(f) => a.map(f)"],
    ["has spread callbacks", "(f) => a.map(...f)"],
    ["has an unknown key whose element is called on", "(k) => a[k].slice(0)"],
    ["has an unknown key whose element is returned", "(k) => a[k]"],
    ["has an unknown key whose element is kept", "(k, out) => { out.push(a[k]); }"],
    ["has an unknown key whose element is kept in a variable", "(k) => { const x = a[k]; return [x]; }"],
    ["has an unknown key whose element is kept later", "(k) => { let x = 0; x = a[k]; return x; }"],
    ["has an unknown key whose element a parameter keeps", "function f(k, x) { x = a[k]; return arguments; }"],
    ["has a key that is text, though it is counted with", "(k) => { if (k === 'length') return 0; k - 1; return a[k]; }"],
    ["has keys that are enumerated and elements that are kept", "(o) => { const out = {}; for (const k in o) out[k] = a[k]; return out; }"],
    ["has keys from a list", "(keys) => keys.map((k) => a[k])"],
    ["has keys that a function is called with by its own name", "() => [1].map(function f(x, i) { f(0, 'buffer'); return a[i]; })"],
    ["has keys that a variable got elsewhere", "(k) => { let i = 0; i = k; return a[i]; }"],
    ["has keys that a second variable of the name got", "(i, k = 1) => { var i; return a[i]; }"],
    ["is assigned", "() => { a = b; }"],
    ["is asked for its class by an unknown class", "(C) => a instanceof C"],
    ["stands in a with statement", "() => { with (b) { a[0]; } }", false],
    ["is a with statement's object", "() => { with (a) { buffer; } }", false],
    ["stands beside eval", "() => { eval('a[0] = 1'); return a[0]; }"],
  ])("%s", (_sentence, text, strict = true) => {
    expect(reading(text, strict)).toBeUndefined();
  });
});

describe("of a function's parameters", () => {
  const parameters = (text: string): (readonly string[] | undefined)[] | undefined => readFacts(text, true)?.parameters.map(conditions);

  test("each is told by its position, and then all that follow", () => {
    expect(parameters("(xs, ys, out) => { for (let i = 0; i < xs.length; i++) out[i] = xs[i] * ys[i]; }")).toEqual([[], [], undefined, []]);
  });

  test("patterns and defaults are read, too", () => {
    expect(parameters("([x, y], { length }, ws = [1], { buffer }) => x + y + length + ws[0]")).toEqual([[], [], [], undefined, []]);
  });

  test("a rest takes all that follow", () => {
    expect(parameters("(x, ...rest) => x[0]")).toEqual([[], undefined, undefined]);
  });

  test("arguments may be all of them", () => {
    expect(parameters("function f(x) { return arguments.length; }")).toEqual([undefined, undefined]);
  });

  test("those of methods count, those of classes do not", () => {
    expect(parameters("mean(xs) { return xs[0]; }")).toEqual([[], []]);
    expect(parameters("class C { constructor(xs) { xs[0]; } }")).toEqual([]);
  });
});

describe("texts that are not understood", () => {
  test("tell nothing when they are nested too deeply", () => {
    expect(reading(`() => a[0]${" + 1".repeat(20_000)}`)).toBeUndefined();
  });

  test("tell nothing about variables that are made of themselves", () => {
    expect(reading("(k) => { const b = c.slice(), c = b.slice(); return a[b[0]]; }")).toBeUndefined();
  });
});
