/** Scopes and sharing (closures.md 2.9, 59–73): who sees whose variable, and what stays one thing. */

import type { FilePrograms, Programs } from "./programCases.ts";

const counter = `const counter = (c = 0) => { return { inc: () => ++c, get: () => c } };`;

export const scopes: Programs = {
  "variables of many levels up": `
    const a = 1; return (() => { const b = 2; return (() => { const c = 3; return (() => { const d = 4; return () => a + b * 10 + c * 100 + d * 1000 })() })() })()`,
  "variables of blocks, catch clauses, switches and static blocks": `
    const fs = []; { let b = 1; fs.push(() => b) } try { throw 2 } catch (e) { fs.push(() => e) } switch (3) { case 3: const s = 3; fs.push(() => s) }
    class C { static { const t = 4; fs.push(() => t) } } ((p = 5, q = () => p) => { var p = 6; fs.push(q, () => p) })(); return () => fs.map((f) => f())`,
  "the innermost of two variables of one name": `const x = 1; return (() => { const x = 2; { const x = 3; return () => x } })()`,
  "two functions with variables of one name": `const f = ((x) => () => x)(1), g = ((x) => () => x)(2), x = 3; return () => [f(), g(), x]`,
  "one object in two captured functions is one object": `const shared = { n: 1 }; const f = () => shared, g = () => shared; return () => f() === g()`,
  "two closures share the variable that one of them writes": `let c = 0; const inc = () => ++c, get = () => c; return () => { inc(); inc(); return get() }`,
  "the future's function shares the variable that a helper writes": `let c = 1; const inc = () => { c += 2 }; return () => { inc(); c *= 10; inc(); return c }`,
  "the methods of one counter share it": `${counter} const a = counter(); return () => { a.inc(); a.inc(); return a.get() }`,
  "two counters with unequal counts stay two": `${counter} const a = counter(1), b = counter(5); return () => { a.inc(); b.inc(); b.inc(); return [a.get(), b.get()] }`,
  "a counter counts on within one future": `let n = 5; const next = () => n++; return () => [next(), next(), n]`,
  "the future's own function writes what it captures": `let n = 0; return () => { n += 1; n++; return n }`,
  "a captured parameter is written": `const f = (p) => { const up = () => ++p; return { up, get: () => p } }; const o = f(3); return () => [o.up(), o.up(), o.get()]`,
  "every kind of assignment is one": `
    let a, b, c, d, e = null, f, g; const set = () => { [a] = [1]; ({ b, x: c } = { b: 2, x: 3 }); for (d of [4, 5]); e ??= 6; for (f in { k: 1 }); [...g] = "xy" };
    const get = () => [a, b, c, d, e, f, g]; return () => { set(); return get() }`,
  "assignments in generators, methods, accessors and static blocks": `
    let n = 0; const gen = function* () { n += 1; yield n }; const o = { m() { n += 10 }, set s(v) { n += v } }; const get = () => n;
    return () => { [...gen()]; o.m(); o.s = 100; class C { static { n += 1000 } } return get() }`,
  "a captured function variable is replaced by a helper": `let f = () => 1; const swap = () => { f = () => 2 }; return () => { const before = f(); swap(); return [before, f()] }`,
  "writer and reader at different depths": `
    let n = 1; const outer = (() => { const step = 2; return () => { n += step; return (() => n)() } })(); const read = () => n; return () => [outer(), outer(), read()]`,
  "a loop's closures write their own turn's variable": `
    const os = []; for (let i = 0; i < 3; i++) os.push({ up: () => (i += 10), get: () => i }); return () => { os[1].up(); return os.map((o) => o.get()) }`,
  "identity holds between captures": `const o = {}; const has = (x) => x === o; return () => [has(o), has({})]`,
  "two functions that call each other": `
    const even = (n) => n === 0 || odd(n - 1), odd = (n) => n !== 0 && even(n - 1); return () => [even(10), odd(7), even(3)]`,
  "an object and a function that refer to each other": `const o = { f: () => o, n: 1 }; return () => [o.f() === o, o.f().f().n]`,
  "a class and its instance refer to each other": `
    class N { static first = new N(); kind() { return N } } return () => [N.first instanceof N, N.first.kind() === N, N.first === N.first.kind().first]`,
  "functions in a Map in an object": `const o = { m: new Map([["f", (x) => x + k]]) }; const k = 2; return () => o.m.get("f")(3)`,
  "many closures of one factory": `
    const make = (i) => () => i; const fs = Array.from({ length: 1000 }, (_, i) => make(i)); return () => fs.reduce((sum, f) => sum + f(), 0)`,
  "a captured const cannot be assigned": `
    const k = 1; const f = () => { k = 2 }; return () => { try { f() } catch (e) { return [e.name, e.message, k] } }`,
  "a const and a variable in one frame": `const k = 1; let n = 2; const f = () => { n = k + n; try { k = n } catch (e) { return e.name } }; return () => [f(), n, k]`,
  "a variable that is set later at home is undefined until then": `let late; const f = () => late; return () => [f(), typeof late]`,
  "recursion through a variable": `let fib; fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); return () => fib(10)`,
  "a memo table keeps what it learns within one future": `
    const memo = new Map(); let misses = 0; const square = (x) => { if (!memo.has(x)) { misses++; memo.set(x, x * x) } return memo.get(x) };
    return () => [square(3), square(3), square(4), misses, memo.size]`,
  "a debounced chain of closures": `
    const compose = (...fs) => (x) => fs.reduce((y, f) => f(y), x); const add = (n) => (x) => x + n; const f = compose(add(1), add(2), (x) => x * k); const k = 3; return () => f(1)`,
  "deeply chained closures": `let f = (x) => x; for (let i = 0; i < 200; i++) { const g = f; f = (x) => g(x) + i } return () => f(0)`,
};

/** Two copies of a counter whose frames look the same. Never silently merged or split. */
export const scopesOrRefused: Programs = {
  "two counters with equal counts": `${counter} const a = counter(), b = counter(); return () => { a.inc(); a.inc(); b.inc(); return [a.get(), b.get()] }`,
  "one method of each of two equal counters": `${counter} const { inc } = counter(), { get } = counter(); return () => { inc(); return get() }`,
  "three pairs of equal counters in a list": `${counter} const all = [1, 2, 3].map(() => counter()); return () => { all[1].inc(); return all.map((c) => c.get()) }`,
  "a copy of a method beside its counter": `${counter} const a = counter(), list = [a.inc, a.get, a.inc]; return () => { list[0](); list[2](); return list[1]() }`,
};

export const fileScopes: FilePrograms = {
  "module-level variables are shared between functions of two files": {
    "main.mjs": `import { bump, read } from "./dep.mjs"; export const make = () => () => [bump(), bump(), read()].map((n, i, all) => n - all[0]);`,
    "dep.mjs": `let n = 0; export const bump = () => ++n; export const read = () => n;`,
  },
  "modules that import each other": {
    "main.mjs": `import { odd } from "./dep.mjs"; export const even = (n) => n === 0 || odd(n - 1); export const make = () => () => [even(4), even(5)];`,
    "dep.mjs": `import { even } from "./main.mjs"; export const odd = (n) => n !== 0 && even(n - 1);`,
  },
  "a namespace import of a module of the user's": {
    "main.mjs": `import * as dep from "./dep.mjs"; export const make = () => () => [dep.f(2), dep.k, Object.keys(dep)];`,
    "dep.mjs": `export const k = 3; export const f = (x) => x * k;`,
  },
  "script-level variables of another script": {
    "main.mjs": `import vm from "node:vm"; const k = "k" + import.meta.url.replace(/\\W/g, ""); const f = vm.runInThisContext(\`const \${k} = 4; (x) => x * \${k}\`, { filename: "k.js" }); export const make = () => () => f(2);`,
  },
};
