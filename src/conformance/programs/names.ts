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
  "a hashbang and a source map comment do no harm": {
    "main.mjs": `#!/usr/bin/env node\nconst a = 1; export const make = () => () => a;\n//# sourceMappingURL=nowhere.js.map\n`,
  },
};
