/** Free names (closures.md 2.9, 31–58): what a function takes from outside, and what only looks so. */

import type { FilePrograms, Programs } from "./programCases.ts";

/** Newer syntax, where this Node has it. */
const usingDeclarations: Programs = parses("{ using resource = null; }")
  ? {
      "using declarations dispose in the future": `
    const log = []; const open = (n) => ({ [Symbol.dispose]() { log.push(n) } }); return () => { { using a = open(1), b = open(2); log.push("in") } return log }`,
      "await using declarations dispose in the future": `
    const log = []; const open = (n) => ({ async [Symbol.asyncDispose]() { log.push(n) } }); return async () => { { await using a = open(1); log.push("in") } return log }`,
    }
  : {};

function parses(text: string): boolean {
  try {
    return typeof new Function(text) === "function";
  } catch {
    return false;
  }
}

export const freeNames: Programs = {
  ...usingDeclarations,
  "a parameter hides the outer name": `const x = 1; const f = (x) => x; return () => [f(2), x]`,
  "a var declared after its use hides the outer name": `const x = 1; const f = () => { const y = typeof x; var x = 2; return [y, x] }; return () => [f(), x]`,
  "a let of an inner block hides nothing outside of it": `const x = 1; const f = () => { { let x = 2; x++ } return x }; return () => f()`,
  "a function of an inner block is local to it in strict mode": `
    const g = () => "outer"; const f = () => { { function g() { return "inner" } g() } return g() }; return () => f()`,
  "a parameter default sees the outer name, the body its own var": `
    const x = "outer"; const f = function (a = x, b = () => x) { var x = "inner"; return [a, b(), x] }; return () => f()`,
  "a parameter default sees earlier parameters": `const a = "outer"; const f = (a, b = a) => b; return () => [f("p"), a]`,
  "destructuring: keys are not captured, computed keys and defaults are": `
    const k = "key", d = 5, key = "no", rest = "no", z = "no";
    const f = ({ [k]: v = d, z: { w = d } = {}, ...rest }) => [v, w, rest]; return () => [f({ key: undefined, q: 1 }), key, rest, z]`,
  "assignment patterns write into captured objects": `
    const o = { x: 1, list: [] }, k = "n";
    return () => { let y, q; ({ a: o.x, [k]: y, ...q } = { a: 5, n: 6, r: 7 }); [o.list[0], o.list[1] = 9] = [1]; return [o, y, q] }`,
  "catch bindings hide, destructured and missing ones too": `
    const e = "outer"; return () => { const out = []; try { throw { code: 1, e: 2 } } catch ({ code, e: inner }) { out.push(code, inner) }
      try { throw 3 } catch (e) { out.push(e) } try { throw 4 } catch { out.push(e) } return out }`,
  "loop variables of every kind are captured per turn": `
    const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); for (const k in { a: 1, b: 2 }) fs.push(() => k);
    for (const v of ["x", "y"]) fs.push(() => v); for (var w of [7, 8]) fs.push(() => w); return () => fs.map((f) => f())`,
  "loop variables inside the function hide": `
    const i = "outer"; return () => { let out = ""; for (let i = 0; i < 2; i++) out += i; for (const i of "ab") out += i; for (const i in { k: 1 }) out += i; return out + i }`,
  "typeof of a missing name is no error": `const there = 1; return () => [typeof missingThing, typeof there]`,
  "a missing name in a branch that is not taken is no error": `return (go = false) => { if (go) return notDeclaredAnywhere(); return 1 }`,
  "a missing name is a ReferenceError where it is used": `return () => { try { return notDeclaredAnywhere } catch (e) { return [e.name, e.message, e instanceof ReferenceError] } }`,
  "property names, keys, labels and private names are not captured": `
    const a = 1, b = { a: { b: 2 } };
    return () => { a: for (;;) break a; class P { #a = 3; b = this.#a; static a() { return 4 } } return [b.a.b, new P().b, P.a(), { a: 5 }.a, a] }`,
  "new.target is not captured": `function F() { return new.target === undefined } return () => [F(), typeof new F()]`,
  "a shorthand property is captured": `const a = 1, b = [2]; return () => ({ a, b })`,
  "a tagged template: tag and substitutions are captured, raw is right": String.raw`
    const tag = (s, ...v) => [s.raw.join("|"), s.join("|"), v], x = 2; return () => tag${"`a\\n${x}b`"}`,
  "a tagged template keeps one strings object per place": `const tag = (s) => s; const f = () => tag\`x\`; return () => f() === f()`,
  "optional chains and logical assignment": `
    const o = { f: () => 1, n: null }; let p = null; return () => { o.n ??= 2; o.q ||= 3; o.n &&= 4; return [o.f?.(), o.n, o.q, o.zz?.(), p?.x.y.z] }`,
  "a class inside: heritage, computed keys, fields and static blocks are looked into": `
    const base = class { hi() { return "hi" } }, key = "k", init = 3, s = [];
    return () => { class C extends base { [key] = init; static { s.push(C.name) } again() { return C } } const c = new C(); return [c.k, c.hi(), s, c.again() === C] }`,
  "a class's own name hides the outer one": `const C = "outer"; return () => [(class C { static n = typeof C }).n, C]`,
  "nested functions: their locals are not captured, their free names are": `
    const f = (a) => { const inner = (b) => { const deep = (c) => a + b + c + z; return deep }; return inner }; const z = 10; return () => f(1)(2)(3)`,
  "arguments of new are looked into": `
    class W { constructor(...a) { this.a = a } } const list = [1, 2]; return () => new W(...list, ((x) => x + list.length)(3)).a`,
  "arguments belongs to the nearest function": `const f = function () { return [...arguments, (() => arguments.length)()] }; return () => f(1, 2)`,
  "an arrow captures the arguments of its function": `return (function () { return () => [...arguments, arguments.length] })(4, 5)`,
  "a direct eval sees the variables around it": `const x = 5; return () => eval("x + 1")`,
  "a direct eval of a text that is not known beforehand": `const x = 5; const o = { y: 6 }; return () => ["x", "o.y", "typeof nowhere"].map((text) => eval(text))`,
  "a direct eval's own variables hide those around it": `const x = 5; return () => { let y = 1; return [eval("const x = 7; x + y"), eval(\`let y = 2; x + y\`)] }`,
  "the name of a function expression around it": `
    const curry = (f) => function c(...a) { return a.length >= f.length ? f(...a) : (...b) => c(...a, ...b) }; const add = curry((a, b, c) => a + b + c); return () => [add(1)(2)(3), add(1, 2)(3)]`,
  "the name of a function expression, where nothing else is taken from it": `const c = "outer"; const f = function c() { return () => typeof c }; return () => [f()(), typeof c]; `,
  "a captured arrow by the name of the function expression that made it": `const g = (function c() { return () => typeof c + c.name })(), c = "outer"; return () => [g(), c]`,
  "a function expression that is called like a global": `return (function Map(n) { return () => [typeof Map, Map.length, n] })(2)`,
  "a function expression that is wrapped under its own name": `
    const memo = (f) => { const known = new Map(); return (n) => known.get(n) ?? (known.set(n, f(n)), known.get(n)) };
    const fib = memo(function fib(n) { return n < 2 ? (() => [typeof fib, fib.length, n])() : [1, 2].map((k) => fib(n - k)) }); return () => fib(3)`,
  "the names of generators, async functions and class expressions around it": `
    const g = [...(function* walk(n) { yield () => [typeof walk, walk.constructor.name, n] })(1)]; const all = [];
    (async function retry(n) { all.push(async () => (n < 3 ? retry.name + n : await retry(n - 1))) })(2); const K = class Named { static make() { return () => Named.name } };
    return async () => [g[0](), await all[0](), K.make()()]`,
  "methods and classes that use the name of a function expression": `
    const made = (function build(n) { return { m(x) { return [typeof build, n + x] }, K: class { is() { return build === made.build } }, build } })(2); return () => [made.m(1), new made.K().is()]`,
  "a parameter or variable that hides the name of its function expression": `
    return ((f, g) => () => [f(), g()])((function c(c) { return () => c })(1), (function d() { var d = 2; return () => d })())`,
  "properties of a function expression that is reached by its name": `
    const f = function count() { count.calls = (count.calls ?? 0) + 1; return () => count.calls }; const read = f(); f(); return () => read()`,
  "names that a library might use itself": `
    const name = 1, top = 2, exports = 3, module = 4, require = 5, self = 6, scope = 7, fn = 8, value = 9, v = 10, _ = 11, $ = 12, globals = 13, __proto = 14, bind = 15, factory = 16, make = 17;
    return () => [name, top, exports, module, require, self, scope, fn, value, v, _, $, globals, __proto, bind, factory, make]`,
  "words that are names only in some places": `const async = 1, of = 2, get = 3, set = 4, from = 5, as = 6, target = 7, meta = 8; return () => [async, of, get, set, from, as, target, meta]`,
  "undefined, NaN and Infinity are values": `return () => [undefined, NaN, Infinity]`,
  "a parameter may be called undefined": `return ((undefined) => () => undefined)(1)`,
  "a global hidden by a local of its name is the local": `
    const fetch = () => "mine", Math = { max: () => "own" }, console = null, Array = 3, process = "p", globalThis = "g", Object = { keys: () => 1 };
    return () => [fetch(), Math.max(), console, Array, process, globalThis, Object.keys()]`,
  "a compiled JSX call": `const _jsx = (t, p) => ({ t, p }); return () => _jsx("div", { children: _jsx("b", {}) })`,
  "a variable used only in a default of a nested destructuring": `const d = 4; return () => { const { a: { b = d } = {} } = {}; return b }`,
  "a variable used only in a computed member": `const k = "x"; return () => ({ x: 5 })[k]`,
  "a variable used only in a template": `const k = "x"; return () => \`<\${k}>\``,
  "a variable used only in a spread": `const a = [1], o = { p: 2 }; return () => [[...a], { ...o }, Math.max(...a)]`,
  "a variable used only in a generator's yield": `const a = [1, 2]; return () => [...(function* () { yield* a })()]`,
  "a variable used only in a class's computed key": `const k = "m"; return () => new (class { [k]() { return 6 } })().m()`,
  "a switch has one scope": `const a = 1; return () => { switch (a) { case 1: { let a = 2; return a } default: return a } }`,
  "names of a for loop's head and body": `const n = 3; return () => { let s = 0; for (let i = 0, m = n; i < m; i++) { const n = i; s += n } return [s, n] }`,
};

/** CommonJS: sloppy rules and the wrapper's variables. */
export const sloppyNames: Programs = {
  "a function declared in a block is hoisted in sloppy mode": `const f = () => { const before = typeof g; { function g() { return 1 } } return [before, g()] }; return () => f()`,
  "a block function does not hide the outer name before its block": `
    var g = "outer"; const f = function (run) { if (run) { function g() { return 1 } } return typeof g }; return () => [f(true), f(false), g]`,
  "__dirname and __filename are those of the defining file": `return () => [__dirname, __filename]`,
};

export const sloppyNamesOrRefused: Programs = {
  "require of a CommonJS module": `return () => require("node:path").basename("/a/b")`,
  "module and exports of a CommonJS module": `return () => typeof module.exports.make`,
  "a variable that leaks out of a sloppy eval": `eval("var leaked = 5"); return () => leaked`,
  "a name found in a with object": `const o = { inside: 6 }; with (o) { return () => inside }`,
};

/** What depends on the file a function stands in. */
export const fileNames: FilePrograms = {
  "a relative import() is resolved against the defining file": {
    "main.mjs": `export const make = () => async () => (await import("./lib/dep.mjs")).d;`,
    "lib/dep.mjs": `export const d = 3;`,
  },
  "import() takes a computed name": {
    "main.mjs": `const which = "dep"; export const make = () => async () => (await import(\`./\${which}.mjs\`)).d;`,
    "dep.mjs": `export const d = 4;`,
  },
  "import() of a built-in module": {
    "main.mjs": `export const make = () => async () => (await import("node:path")).posix.join("a", "b");`,
  },
  "import.meta.url, dirname and filename are those of the defining file": {
    "main.mjs": `export const make = () => () => [import.meta.url, import.meta.dirname, import.meta.filename, new URL("./x", import.meta.url).href];`,
  },
  "import.meta.resolve is that of the defining file": {
    "main.mjs": `export const make = () => () => [import.meta.resolve("./dep.mjs"), import.meta.resolve("node:fs")];`,
    "dep.mjs": `export const d = 4;`,
  },
  "a path with spaces, percent signs and letters beyond ASCII": {
    "ä b%20c#d/main.mjs": `export const make = () => async () => [import.meta.url, (await import("./dep.mjs")).d];`,
    "ä b%20c#d/dep.mjs": `export const d = 5;`,
  },
  "module-level variables of every kind": {
    "main.mjs": `const a = 1; let b = 2; var c = 3; function d() { return 4 } class E { e = 5 } export let f = 6; export default function g() { return 7 }
      export const make = () => () => [a, b, c, d(), new E().e, f, g()];`,
  },
  "an anonymous default export": {
    "main.mjs": `import f from "./dep.mjs"; export const make = () => () => [f(2), f.name];`,
    "dep.mjs": `const k = 3; export default (x) => x * k;`,
  },
  "CommonJS module-level variables": {
    "main.cjs": `let b = 2; var c = 3; function d() { return b + c } exports.make = () => () => [b, c, d()];`,
  },
  "CommonJS modules that require each other": {
    "main.cjs": `const dep = require("./dep.cjs"); const { twice } = dep; exports.make = () => () => [dep.twice(2), twice(3), dep.k];`,
    "dep.cjs": `exports.k = 1; const n = 2; exports.twice = (x) => x * n;`,
  },
  "exports of a compiled module are reached through its namespace object": {
    "main.cjs": `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); const dep_1 = require("./dep.cjs");
      exports.make = () => () => (0, dep_1.helper)(2) + exports.bonus; exports.bonus = 10;`,
    "dep.cjs": `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); const k = 5; exports.helper = (x) => x * k;`,
  },
  "an eval at the top of a module": {
    "main.mjs": `import { basename } from "node:path"; const k = 2; let n = 3; function twice(x) { return x * k } const text = "twice(n) + k";
      export const make = () => () => [eval("k + n"), eval(text), eval(\`basename("/a/b")\`)]; const later = 1;`,
  },
  "variables of a vm context": {
    "main.mjs": `import vm from "node:vm"; const sandbox = vm.createContext({ given: 7, nested: { k: 1 } });
      vm.runInContext("var kept = 5; const fixed = 6; function twice(x) { return x * kept }", sandbox);
      export const make = () => vm.runInContext("() => JSON.stringify([given, nested.k, kept, fixed, twice(2), eval('given + kept'), typeof nowhere])", sandbox);`,
  },
  "local variables that are named like imports": {
    "main.mjs": `import { join } from "node:path"; import * as os from "node:os"; import fs from "node:fs"; import { tag } from "pkg"; import other, * as all from "pkg";
      const own = { v: 1 }, mine = () => "mine"; const early = ((join, { tag }, [fs]) => () => [join(1), tag.v, fs.v])(mine, { tag: own }, [own]);
      const block = (() => { for (const other of [own]) { try { throw mine } catch (all) { { let os = own; return () => [other.v, all(), os.v] } } } })();
      export const make = () => () => [early(), block(), own.v, mine(), join("a", "b"), typeof os.cpus, typeof fs.statSync, tag(1), other(2), all.tag(3)];`,
    "node_modules/pkg/package.json": `{ "name": "pkg", "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
    "node_modules/pkg/index.js": `const seen = new WeakSet(); export const tag = (v) => [v, seen.has({})]; export default (v) => [-v, seen.has({})];`,
  },
  "a hashbang and a source map comment do no harm": {
    "main.mjs": `#!/usr/bin/env node\nconst a = 1; export const make = () => () => a;\n//# sourceMappingURL=nowhere.js.map\n`,
  },
};
