/** What goes by reference (closures.md 2.9, 126–139): built-ins, packages, and what only looks like them. */

import type { FilePrograms, Programs } from "./programCases.ts";

/** A package of ES modules with state, which only its own module can have: a `WeakMap` never travels. */
const esm = {
  "node_modules/esm-fixture/package.json": `{ "name": "esm-fixture", "version": "1.0.0", "type": "module", "exports": { ".": "./index.js", "./deep": "./lib/deep.js", "./package.json": "./package.json" } }`,
  "node_modules/esm-fixture/index.js": `const known = new WeakMap(); export const tag = (o, v) => { known.set(o, v); return known.get(o) }; export class Box { #v; constructor(v) { this.#v = v } get v() { return this.#v } }
    export class Point { constructor(x) { this.x = x } twice() { known.set(this, this.x * 2); return known.get(this) } } export const table = { weak: known, size: 3 }; export default function named(x) { return [x, known instanceof WeakMap] } export { deep as renamed } from "./lib/deep.js";`,
  "node_modules/esm-fixture/lib/deep.js": `const seen = new WeakSet(); export const deep = (o) => { seen.add(o); return seen.has(o) };`,
};

/** A factory of classes that remembers the last one: another in each thread. */
const factory = {
  "node_modules/factory-fixture/package.json": `{ "name": "factory-fixture", "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
  "node_modules/factory-fixture/index.js": `let last, proto; export const model = (name) => { class Model { who() { return name } } last = Model; return Model }; export const latest = () => last;
    export const shape = (name) => { const o = Object.create({ who() { return name } }); proto = o; return o }; export const shaped = () => proto; export const Base = model("base"); shape("base");`,
};

const cjs = {
  "node_modules/cjs-fixture/package.json": `{ "name": "cjs-fixture", "version": "1.0.0", "main": "main.js" }`,
  "node_modules/cjs-fixture/main.js": `const seen = new WeakSet(); function fix(o) { seen.add(o); return seen.has(o) } fix.times = (x) => x * 3; fix.nested = { weak: seen, f: () => seen.has({}) }; module.exports = fix;`,
};

export const references: FilePrograms = {
  "a built-in module: default, namespace, named and destructured imports": {
    "main.mjs": `import fs from "node:fs"; import * as all from "fs"; import { existsSync, existsSync as alias, promises } from "node:fs"; const { readFileSync } = fs; const here = import.meta.filename;
      export const make = () => async () => [fs.existsSync(here), all.existsSync(here), existsSync("/nowhere"), alias(here), readFileSync(here).length, (await promises.stat(here)).size, fs === all.default];`,
  },
  "a member of a built-in module by another name": {
    "main.mjs": `import path from "node:path"; import { promises } from "node:fs"; const j = path.posix.join, read = promises.readFile; export const make = () => async () => [j("a", "b"), (await read(import.meta.filename, "utf8")).length];`,
  },
  "an interop wrapper of a built-in": {
    "main.mjs": `import path from "node:path"; const __importStar = (mod) => { const result = {}; for (const k in mod) result[k] = mod[k]; result.default = mod; return result }; const path_1 = __importStar(path); const dep_1 = { default: path };
      export const make = () => () => [path_1.posix.join("a", "b"), path_1.default.posix.sep, dep_1.default.posix.basename("/x/y")];`,
  },
  "an object that merely has a default property": {
    "main.mjs": `const o = { default: { join: () => "mine" }, __esModule: true }; export const make = () => () => o.default.join();`,
  },
  "a variable named like a module it is not": {
    "main.mjs": `const fs = { existsSync: () => "mine" }, path = "p"; export const make = () => () => [fs.existsSync(), path];`,
  },
  "a package's functions are imported, not copied": {
    "main.mjs": `import named, { tag, renamed } from "esm-fixture"; import { deep } from "esm-fixture/deep"; import * as all from "esm-fixture"; export const make = () => () => [tag({}, 1), named(2), renamed({}), deep({}), all.tag({}, 3), Object.keys(all)];`,
    ...esm,
  },
  "a package's classes and instances": {
    "main.mjs": `import { Box, Point } from "esm-fixture"; const p = new Point(4); export const make = () => () => [new Box(1).v, p.twice(), p instanceof Point, p.x];`,
    ...esm,
  },
  "a class of the user's that extends a package's": {
    "main.mjs": `import { Point } from "esm-fixture"; class P3 extends Point { constructor(x) { super(x); this.z = 1 } sum() { return super.twice() + this.z } } const p = new P3(5); export const make = () => () => [p.sum(), new P3(1).sum(), p instanceof Point];`,
    ...esm,
  },
  "objects of a package that only it can have": {
    "main.mjs": `import { table } from "esm-fixture"; export const make = () => () => [table.size, table.weak instanceof WeakMap];`,
    ...esm,
  },
  "a package's function kept in a variable of another name": {
    "main.mjs": `import { tag } from "esm-fixture"; const tools = { label: tag, list: [tag] }; export const make = () => () => [tools.label({}, 1), tools.list[0] === tools.label];`,
    ...esm,
  },
  "classes and objects that a package makes at each call, and of which it remembers the last": {
    "main.mjs": `import { model, shape } from "factory-fixture"; const User = model("user"), u = new User(), s = shape("mine"); export const make = () => () => [new User().who(), u.who(), u instanceof User, s.who()];`,
    ...factory,
  },
  "a CommonJS package that is a function with properties": {
    "main.mjs": `import fix from "cjs-fixture"; const { times } = fix; export const make = () => () => [fix({}), fix.times(2), times(3), fix.nested.f()];`,
    ...cjs,
  },
  "a CommonJS package that was required": {
    "main.cjs": `const fix = require("cjs-fixture"); const { times } = fix; exports.make = () => () => [fix({}), fix.times(2), times(3)];`,
    ...cjs,
  },
  "a package imported by another file of the user's": {
    "main.mjs": `import { use } from "./lib/dep.mjs"; export const make = () => () => use();`,
    "lib/dep.mjs": `import { tag } from "esm-fixture"; export const use = () => tag({}, 7);`,
    ...esm,
  },
  "util.promisify of functions of Node's, with a promise form of their own or not": {
    "main.mjs": `import { promisify } from "node:util"; import fs from "node:fs"; import { exec, execFile } from "node:child_process"; import { lookup } from "node:dns"; import { pipeline } from "node:stream";
      const stat = promisify(fs.stat), exists = promisify(fs.exists), sh = promisify(exec), run = promisify(execFile), later = promisify(setTimeout), soon = promisify(setImmediate), look = promisify(lookup), pipe = promisify(pipeline);
      export const make = () => async () => [(await stat(import.meta.filename)).isFile(), await exists(import.meta.filename), (await sh("echo hi")).stdout, (await run("echo", ["hi"])).stderr, await later(1, "x"), await soon("y"), (await look("127.0.0.1")).address, typeof pipe, stat.name, sh.name];`,
  },
  "util.promisify, callbackify and deprecate of functions of the user's": {
    "main.mjs": `import { callbackify, deprecate, promisify } from "node:util"; class Old { v = 1 }
      const twice = promisify((x, done) => done(null, x * 2)), next = callbackify(async (x) => x + 1), old = deprecate((x) => x * 3, "use something else", "DEP_MINE"), Was = deprecate(Old, "Old is old");
      export const make = () => async () => { const was = process.noDeprecation; process.noDeprecation = true; const told = [old(2), new Was().v, new Was() instanceof Old]; process.noDeprecation = was; return [await twice(4), await new Promise((done) => next(1, (error, value) => done([error, value]))), told, twice.name, next.name] };`,
  },
  "timers/promises by names, namespace and default": {
    "main.mjs": `import timers, { setTimeout as sleep } from "node:timers/promises"; import * as all from "node:timers/promises"; export const make = () => async () => [await sleep(1, "a"), await timers.setTimeout(1, "b"), await all.setImmediate("c")];`,
  },
  "packages imported inside the function": {
    "main.mjs": `export const make = () => async () => [(await import("esm-fixture")).tag({}, 1), (await import("cjs-fixture")).default.times(2)];`,
    ...esm,
    ...cjs,
  },
  "a package that is reached through a link": {
    "main.mjs": `import fs from "node:fs"; import path from "node:path"; const at = path.join(import.meta.dirname, "node_modules", "linked-fixture"); if (!fs.existsSync(at)) fs.symlinkSync(path.join(import.meta.dirname, "node_modules", ".store", "linked"), at, "junction");
      const { tag } = await import("linked-fixture"); export const make = () => () => tag({}, 5);`,
    "node_modules/.store/linked/package.json": `{ "name": "linked-fixture", "type": "module", "exports": "./index.js" }`,
    "node_modules/.store/linked/index.js": `const known = new WeakMap(); export const tag = (o, v) => { known.set(o, v); return known.get(o) };`,
  },
};

export const nativeReferences: Programs = {
  "aliases of functions of the language": `
    const isArray = Array.isArray, slice = [].slice, has = Object.prototype.hasOwnProperty, { max } = Math, parse = JSON.parse, isNaN = Number.isNaN, then = Promise.prototype.then;
    return () => [isArray([]), slice.call([1, 2], 1), has.call({ a: 1 }, "a"), max(1, 2), parse("[1]"), isNaN(NaN), then === Promise.prototype.then]`,
  "accessor functions of the language": `const { get } = Object.getOwnPropertyDescriptor(Map.prototype, "size"); return () => get.call(new Map([[1, 2]]))`,
  "functions of the platform": `const clone = structuredClone, later = setTimeout, enc = encodeURIComponent, U = URL; return async () => [clone({ a: 1 }), await new Promise((done) => later(done, 1, 5)), enc("ä"), new U("http://h").host]`,
  "a bound native": `const atLeast1 = Math.max.bind(null, 1), push = [].push.bind; return () => [atLeast1(0), atLeast1(5), atLeast1.name, typeof push]`,
  "a bound function with an object as this": `const o = { v: 1 }; const f = function (a, b) { return [this.v, a, b, this === o] }.bind(o, 2); return () => [f(3), f.name, f.length]`,
  "a function bound twice": `const f = function (...a) { return [this.v, ...a] }; const g = f.bind({ v: 1 }, 2).bind({ v: 9 }, 3); return () => g(4)`,
  "a bound closure, method and class": `let k = 2; const f = ((x) => x * k).bind(null, 3); class C { constructor(a, b) { this.ab = [a, b] } m() { return this.n } n = 5 } const B = C.bind(null, 1), m = new C().m.bind({ n: 6 }); return () => [f(), new B(2).ab, m()]`,
  "a console method taken from the console": `const { log } = console; const others = [log]; return () => [typeof log, others[0] === log]`,
  "helpers that compilers insert": `
    const __defProp = Object.defineProperty, __name = (t, value) => __defProp(t, "name", { value, configurable: true });
    const __awaiter = (thisArg, _a, P, generator) => new (P || (P = Promise))((resolve, reject) => { const step = (r) => (r.done ? resolve(r.value) : Promise.resolve(r.value).then((v) => step(it.next(v)), reject)); const it = generator.apply(thisArg, _a || []); step(it.next()) });
    const __spreadArray = (to, from) => to.concat(Array.prototype.slice.call(from)); const inner = __name(() => 1, "renamed");
    return () => __awaiter(void 0, void 0, void 0, function* () { const x = yield Promise.resolve(2); return [x, __spreadArray([1], [2]), inner.name] })`,
  "a coverage counter": `const cov_x = (() => { const c = { s: { 0: 0 } }; const f = () => c; return f })(); return () => { cov_x().s[0]++; return cov_x().s[0] }`,
};
