/** Values (closures.md 2.9, 97–125). `roundTrips` are expressions whose value is captured and comes home; `valueChecks` look closer, inside the future. */

import type { FilePrograms, Programs, RefusedPrograms } from "./programCases.ts";

/** Title → expression. */
export const roundTrips: Programs = {
  "numbers at the edges": `[-0, 0, NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE, 5e-324, 2 ** 53, -(2 ** 53), 0.1]`,
  "minus zero by itself": `-0`,
  "NaN by itself": `NaN`,
  "null by itself": `null`,
  "minus zero and NaN in objects, Maps and Sets": `({ a: -0, m: new Map([[NaN, -0], [0, NaN]]), s: new Set([NaN, -1]) })`,
  "strings of every kind": String.raw`["", "\ud800", "\udc00x", "a\u0000b", "äöü", "😀", "\u2028\u2029", "x".repeat(1_000_000)]`,
  bigints: `[0n, -1n, 2n ** 64n, -(2n ** 200n), 10n ** 1000n]`,
  "boxed primitives": `[Object(1), Object("s"), Object(true), Object(1n), Object(Symbol.iterator), Object(-0)]`,
  "an undefined property beside a missing one": `({ a: undefined, b: null })`,
  "symbols that are registered or well known": `[Symbol.for("a"), Symbol.iterator, Symbol.asyncIterator, Symbol.toPrimitive, { [Symbol.for("k")]: 1 }]`,
  "sparse arrays": `[[, 1, , 2, ,], new Array(5), [1, undefined, , null]]`,
  "arrays with properties of their own": `Object.assign([1, 2], { name: "x", "-1": "minus", 4294967295: "beyond" })`,
  "an array whose length was set": `(() => { const a = [1]; a.length = 10; return a })()`,
  "an object without prototype": `Object.assign(Object.create(null), { a: 1, b: Object.create(null) })`,
  "an own property named __proto__": `JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}')`,
  "the order of keys": `({ b: 1, 2: "two", a: 2, 1: "one", [Symbol.for("s")]: 3 })`,
  "nested structure": `({ list: [{ deep: [new Map([["k", new Set([[1, { x: new Date(5) }]])]])] }] })`,
  "Maps and Sets in order, with keys of every kind": `new Map([[{ k: 1 }, 1], [NaN, 2], [0, 3], ["0", 4], [null, 5], [undefined, 6], [new Map(), new Set([[], []])]])`,
  dates: `[new Date(0), new Date(8.64e15), new Date(-1)]`,
  "regular expressions with flags and lastIndex": `[/a/gimsuy, Object.assign(/b/g, { lastIndex: 3 }), /[/]\\\\/d, /(?<n>x)/u]`,
  "URL and URLSearchParams": `[new URL("https://u:p@h:81/p?q=1#f"), new URLSearchParams("a=1&a=2&b=%20")].map(String)`,
  "typed arrays of every kind": `[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array].map((T) => T.of(1, 2, 250)).concat([BigInt64Array.of(-1n), BigUint64Array.of(2n ** 63n)])`,
  "empty typed arrays and buffers": `[new Float64Array(0), new ArrayBuffer(0), Buffer.alloc(0), new DataView(new ArrayBuffer(0))]`,
  "special numbers in typed arrays": `Float64Array.of(-0, NaN, Infinity, 5e-324)`,
  "a view with an offset": `new Uint16Array(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer, 2, 2)`,
  "array buffers and data views": `[Uint8Array.of(1, 2, 3).buffer, new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2)]`,
  "Buffers, also pooled and sliced": `[Buffer.from("abc"), Buffer.from("hello world").subarray(2, 5), Buffer.allocUnsafe(10).fill(7)]`,
  "errors of the language": `[new TypeError("t"), new RangeError("r", { cause: new Error("c") }), new AggregateError([new Error("a"), 5], "agg"), new EvalError("e"), new SyntaxError("s"), new URIError("u"), new ReferenceError("f")].map((e) => [e.constructor.name, e.name, e.message, e.cause?.message, e.errors?.length])`,
  "frozen, sealed and closed objects": `[Object.freeze({ a: 1 }), Object.seal({ b: 2 }), Object.preventExtensions({ c: 3 }), Object.freeze([1, 2])]`,
  "a large packed array of numbers": `Array.from({ length: 100_000 }, (_, i) => i / 3)`,
  "a large array of strings and objects": `Array.from({ length: 20_000 }, (_, i) => ({ i, s: "s" + (i % 7), on: i % 2 === 0 }))`,
  "a large typed array": `Float64Array.from({ length: 200_000 }, (_, i) => Math.sqrt(i))`,
};

export const valueChecks: Programs = {
  "locales keep their language and extensions": `const l = new Intl.Locale("de-CH-u-ca-gregory-nu-latn"); return () => [l.toString(), l.language, l.region, l.calendar]`,
  "keys of node:crypto": `
    const { createHmac, createSecretKey, generateKeyPairSync, sign, verify } = process.getBuiltinModule("node:crypto"); const secret = createSecretKey(Buffer.from("secret")), pairs = [generateKeyPairSync("ed25519"), generateKeyPairSync("ec", { namedCurve: "P-256" })];
    return () => [secret.export().toString(), createHmac("sha256", secret).update("x").digest("hex"), pairs.map(({ publicKey, privateKey }) => [publicKey.asymmetricKeyType, privateKey.type, verify(null, Buffer.from("x"), publicKey, sign(null, Buffer.from("x"), privateKey)), publicKey.export({ type: "spki", format: "pem" }).length])]`,
  "what fs.readdir tells of a file": `const { readdirSync } = process.getBuiltinModule("node:fs"); const entry = readdirSync("/", { withFileTypes: true }).find((one) => one.isDirectory()); return () => [entry.name, entry.isDirectory(), entry.isFile(), entry.parentPath]`,
  "a local symbol is one symbol wherever it occurs": `const s = Symbol("local"), o = { [s]: 1, s, list: [s] }, f = () => s; return () => [o[s], o.s === s, o.list[0] === f(), s.description, Object.getOwnPropertySymbols(o).length]`,
  "two local symbols of one description stay two": `const a = Symbol("x"), b = Symbol("x"); return () => [a === b, { [a]: 1, [b]: 2 }[b]]`,
  "cycles through objects, arrays, Maps and Sets": `
    const o = { name: "o" }; o.self = o; const a = [1]; a.push(a); const m = new Map(); m.set(m, m); const s = new Set(); s.add(s); const both = { a, o }; a.push(both);
    return () => [o.self === o, a[1] === a, m.get(m) === m, s.has(s), both.a[2] === both]`,
  "shared references stay shared": `const x = { n: 1 }, o = { a: x, b: [x], m: new Map([[x, x]]) }; return () => [o.a === o.b[0], o.m.get(x) === x, o.a === x]`,
  "a shared object comes home shared": `return () => { const x = { n: 1 }; const o = { a: x, b: x }; o.self = o; return o }`,
  "two views on one buffer stay linked": `const b = new ArrayBuffer(8), u = new Uint8Array(b), f = new Float64Array(b), d = new DataView(b, 4); return () => { f[0] = Math.PI; d.setUint8(0, 255); return [[...u], u.buffer === f.buffer, d.buffer === b] }`,
  "property attributes are kept": `
    const o = Object.defineProperties({}, { hidden: { value: 1 }, fixed: { value: 2, enumerable: true }, open: { value: 3, writable: true, enumerable: true, configurable: true } });
    return () => [Object.getOwnPropertyDescriptors(o), Object.keys(o)]`,
  "accessor pairs work and are not run by the capture": `
    let runs = 0; const o = { _v: 1, get v() { runs++; return this._v }, set v(x) { this._v = x } }; return () => { const before = runs; o.v = 5; return [before, o.v, runs] }`,
  "a getter that throws does no harm": `const o = { get bad() { throw new Error("ran") }, good: 1 }; return () => [o.good, typeof Object.getOwnPropertyDescriptor(o, "bad").get]`,
  "frozen, sealed and closed stay so": `
    const f = Object.freeze({ a: [1] }), s = Object.seal({ b: 1 }), p = Object.preventExtensions([1]); return () => [Object.isFrozen(f), Object.isFrozen(f.a), Object.isSealed(s), Object.isFrozen(s), Object.isExtensible(p)]`,
  "a read-only length of an array": `const a = Object.defineProperty([1, 2], "length", { writable: false }); return () => { try { a.push(3) } catch (e) { return [e.name, a.length] } }`,
  "Maps and Sets with properties and their order": `const m = new Map([["b", 1], ["a", 2]]); m.tag = "t"; m.delete("b"); m.set("b", 3); return () => [[...m.keys()], m.tag]`,
  "Map keys keep their identity": `const k = { id: 1 }, m = new Map([[k, "v"]]), s = new Set([k]); return () => [m.get(k), s.has(k), m.get({ id: 1 })]`,
  "URL objects work": `const u = new URL("https://h/p?q=1"), p = new URLSearchParams("a=1"); p.append("b", "2"); return () => { u.searchParams.set("q", "2"); return [u.href, u instanceof URL, p.get("b"), p instanceof URLSearchParams] }`,
  "a Buffer is a Buffer": `const b = Buffer.from("héllo"); return () => [Buffer.isBuffer(b), b.toString("hex"), b.length]`,
  "a resizable buffer can be resized": `const b = new ArrayBuffer(4, { maxByteLength: 16 }); new Uint8Array(b).fill(7); return () => { const before = [b.resizable, b.maxByteLength, b.byteLength]; b.resize(8); return [...before, [...new Uint8Array(b)]] }`,
  "an error's class, message, stack, cause and properties": `
    const cause = new RangeError("inner"), e = Object.assign(new TypeError("outer", { cause }), { code: "E_X", extra: { n: 1 } }), stack = e.stack;
    return () => [e instanceof TypeError, e.message, e.code, e.extra, e.cause instanceof RangeError, e.cause.message, e.stack === stack, Object.keys(e)]`,
  "an AggregateError's errors": `const e = new AggregateError([new TypeError("a"), "b"], "both"); return () => [e instanceof AggregateError, e.errors.length, e.errors[0] instanceof TypeError, e.errors[1], Object.keys(e)]`,
  "an error that is its own cause": `const e = new Error("loop"); e.cause = e; return () => [e.cause === e, e.message]`,
  "a DOMException": `const e = new DOMException("gone", "AbortError"); return () => [e instanceof DOMException, e instanceof Error, e.name, e.message, e.code]`,
  "a subclass of Error with a toString": `class E extends Error { toString() { return "E!" + this.message } } const e = new E("x"); return () => String(e)`,
  "an arguments object": `const args = (function () { return arguments })(1, { n: 2 }); return () => [args.length, args[1].n, [...args], Object.prototype.toString.call(args)]`,
  "a linked list of 20 000": `let head = null; for (let i = 0; i < 20_000; i++) head = { i, next: head }; return () => { let n = 0; for (let p = head; p; p = p.next) n++; return n }`,
  "a deeply nested array comes home": `return () => { let a = []; for (let i = 0; i < 5_000; i++) a = [a]; let d = 0; for (let p = a; p.length > 0; p = p[0]) d++; return d }`,
  "the global object and its own are the worker's": `const g = globalThis, p = process, c = console, e = process.env, M = Math; return () => [g === globalThis, p === process, c === console, e === process.env, M === Math, g.Array === Array]`,
  "intrinsics are the worker's own": `
    const all = [Array, Object.prototype, Map, Promise, Symbol.iterator, Reflect, JSON, Intl, Float64Array, Object.getPrototypeOf(Float64Array), Object.getPrototypeOf(async () => {}), Function.prototype];
    return () => [Array, Object.prototype, Map, Promise, Symbol.iterator, Reflect, JSON, Intl, Float64Array, Object.getPrototypeOf(Float64Array), Object.getPrototypeOf(async () => {}), Function.prototype].map((x, i) => x === all[i])`,
  "an object keeps the prototype it was given": `const proto = { hi() { return "hi " + this.n } }, a = Object.create(proto, { n: { value: 1 } }), b = Object.create(proto); return () => [a.hi(), Object.getPrototypeOf(a) === Object.getPrototypeOf(b), Object.getPrototypeOf(b) === proto]`,
  "null-prototype objects inside keep theirs": `const o = { inner: Object.create(null) }; o.inner.x = 1; return () => [Object.getPrototypeOf(o.inner), o.inner.x]`,
  "toJSON and toPrimitive are not run by the capture": `let runs = 0; const o = { toJSON() { runs++ }, [Symbol.toPrimitive]() { runs++; return 1 }, valueOf() { runs++; return 1 }, toString() { runs++; return "" } }; return () => [runs, Object.keys(o).length]`,
  "an invalid date": `const d = new Date(NaN); return () => [d instanceof Date, d.getTime()]`,
  "a Date with a property": `const d = Object.assign(new Date(5), { zone: "x" }); return () => [d.getTime(), d.zone]`,
  "options objects with methods and state": `const o = { n: 1, add(k) { this.n += k; return this } }; return () => o.add(2).add(3).n`,
};

export const valuesOrRefused: Programs = {
  "a settled promise": `const p = Promise.resolve(3); return async () => await p`,
  "a pending promise": `const p = new Promise((done) => setTimeout(done, 5, 4)); return async () => await p`,
  "a revoked proxy": `const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return () => { try { return proxy.x } catch (e) { return e.name } }`,
  "a proxy": `const p = new Proxy({ a: 1 }, { get: (t, k) => (k === "a" ? 2 : undefined) }); return () => p.a`,
  "a proxy of a function": `const p = new Proxy(() => 1, { apply: () => 2 }); return () => p()`,
  "a Headers object": `const h = new Headers({ a: "1" }); return () => h.get("a")`,
  "a Blob": `const b = new Blob(["abc"]); return async () => b.text()`,
  "a FormData": `const f = new FormData(); f.set("a", "1"); return () => f.get("a")`,
  "a WebAssembly module": `const m = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); return () => WebAssembly.Module.exports(m)`,
  "an Intl formatter": `const f = new Intl.NumberFormat("en-US"); return () => f.format(1234)`,
  "a detached buffer": `const b = new ArrayBuffer(8); structuredClone(b, { transfer: [b] }); return () => b.byteLength`,
  "a TextEncoder": `const t = new TextEncoder(); return () => [...t.encode("a")]`,
  "an Event and an AbortSignal that was aborted": `const s = AbortSignal.abort(new Error("why")); return () => s.aborted`,
  "a linked list of 100 000": `let head = null; for (let i = 0; i < 100_000; i++) head = { i, next: head }; return () => { let n = 0; for (let p = head; p; p = p.next) n++; return n }`,
};

/** What holds on to this process. The message must name the variable, where there is one. */
export const valueRefusals: RefusedPrograms = {
  "what a WeakMap holds for an object that travels": [
    `const key = {}, held = new WeakMap([[key, { deep: new WeakRef({}) }]]); return () => held.has(key)`,
    /held.*deep/s,
  ],
  "a WeakRef": [`const ref = new WeakRef({}); return () => ref.deref()`, /ref/],
  "a generator object": [`const it = (function* () { yield 1 })(); return () => it.next()`, /\bit\b/],
  "an async generator object": [`const it = (async function* () { yield 1 })(); return () => it.next()`, /\bit\b/],
  "an array iterator": [`const it = [1, 2][Symbol.iterator](); return () => it.next()`, /\bit\b/],
  "a timer": [`const timer = setTimeout(() => {}, 0); clearTimeout(timer); return () => timer`, /timer/],
  "a message port": [`const { port1, port2 } = new MessageChannel(); port1.close(); return () => port2`, /port2/],
  "a WebAssembly instance": [
    `const wasm = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))); return () => wasm.exports`,
    /wasm/,
  ],
  "a live AbortSignal": [`const { signal } = new AbortController(); return () => signal.aborted`, /signal/],
  "a stream": [`const out = new WritableStream(); return () => out.locked`, /\bout\b/],
  "something deep down, with the path to it": [
    `const cfg = { db: { pool: [new WeakRef({})] } }; const handler = () => cfg.db; return () => handler()`,
    /handler.*cfg.*db.*pool/s,
  ],
};

export const fileValues: FilePrograms = {
  "JSON imports": {
    "main.mjs": `import data from "./data.json" with { type: "json" }; export const make = () => () => [data.a, data];`,
    "data.json": `{ "a": [1, { "b": null }] }`,
  },
};

/** Refusals of things that need an import. */
export const fileRefusals: RefusedPrograms = {
  "a socket": [
    `import { Socket } from "node:net"; const cfg = { db: new Socket() }; const handler = () => cfg; export const make = () => () => handler().db.destroyed;`,
    /handler.*cfg.*db.*Socket/s,
  ],
  "a server": [
    `import { createServer } from "node:http"; const server = createServer(); export const make = () => () => server.listening;`,
    /server.*Server/s,
  ],
  "a readable stream": [
    `import { Readable } from "node:stream"; const input = Readable.from([]); export const make = () => () => input.destroyed;`,
    /input.*Readable/s,
  ],
  "a worker": [
    `import { Worker } from "node:worker_threads"; const worker = new Worker("", { eval: true }); worker.unref(); export const make = () => () => worker.threadId;`,
    /worker.*Worker/s,
  ],
  "the result of createRequire": [
    `import { createRequire } from "node:module"; const load = createRequire(import.meta.url); export const make = () => () => load("node:fs");`,
    /load/,
  ],
};
