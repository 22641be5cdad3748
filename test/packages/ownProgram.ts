/** A program whose futures make classes, import files of the user's, and give back what home cannot load. Prints a line for each. */

export const ownModule = `
let made = 0;
export class Exported { constructor(n) { this.n = n; made += 1; } twice() { return this.n * 2; } }
class Kept { constructor(n) { this.n = n; } twice() { return this.n * 2; } }
export const makeKept = (n) => new Kept(n);
export const isKept = (value) => value instanceof Kept;
`;

export const ownProgram = `
import { future } from "futureplan";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Open, makeHidden, isA, OpenError } from "esm";
import { Exported, isKept } from "./own.mjs";
const lines = [];
const check = async (title, run) => {
  try { lines.push(title + ": " + (await run())); }
  catch (error) { lines.push(title + " " + error.name + ": " + error.message); }
};
const caught = async (run, args) => { try { await future(run, args); } catch (error) { return error; } };

await check("class with instance", async () => {
  const { P, p } = await future(() => { const step = 2; class P { constructor() { this.n = 1; } up() { return this.n + step; } } return { P, p: new P() }; });
  return [p instanceof P, p.up(), new P().up(), p.constructor.name];
});
await check("instance alone", async () => { const p = await future(() => { class P { two() { return 2; } } return new P(); }); return [p.constructor.name, p.two()]; });
await check("two instances", async () => { const [a, b] = await future(() => { class P {} return [new P(), new P()]; }); return [a.constructor === b.constructor, a !== b]; });
await check("subclass made inside", async () => { const s = await future(() => { class S extends Open { three() { return this.twice() + 1; } } return new S(1); }); return [s instanceof Open, s.three(), s.constructor.name]; });
class Sub extends Open { three() { return this.twice() + 1; } }
await check("subclass of home", async () => { const s = await future(() => new Sub(1)); return [s instanceof Sub, s instanceof Open, s.three()]; });
await check("private made inside", () => future(() => { class P { #x = 1; get() { return this.#x; } } const p = new P(); return p; }).then((p) => p.get()));
await check("private in a Map", () => future(() => { class P extends Map { #x = 2; get(key) { return [this.#x, super.get(key)]; } } return new P([[1, 3]]); }).then((p) => p.get(1)));
await check("error made inside", async () => { const e = await caught(() => { class Odd extends RangeError { get half() { return this.n / 2; } } throw Object.assign(new Odd("odd"), { n: 4 }); }); return [e instanceof RangeError, e.constructor.name, e.half, e.message]; });
await check("error whose class cannot travel", async () => { const e = await caught(() => { const seen = new WeakRef({}); class Odd extends RangeError { seen() { return seen; } } throw Object.assign(new Odd("odd"), { n: 4 }); }); return [e instanceof RangeError, e.constructor.name, e.name, e.n, e.message]; });
await check("error of home's class", async () => { class Mine extends OpenError {} const e = await caught(() => { throw new Mine(3); }); return [e instanceof Mine, e instanceof OpenError, e.twice()]; });
function Old(n) { this.n = n; }
Old.prototype = { twice() { return this.n * 2; } };
await check("replaced prototype", async () => { const o = await future(() => new Old(3)); return [o instanceof Old, o.twice()]; });
await check("own export", async () => { const o = await future(async () => { const { Exported } = await import("./own.mjs"); return new Exported(3); }); return [o instanceof Exported, o.twice()]; });
await check("own kept", async () => { const o = await future(async () => { const { makeKept } = await import("./own.mjs"); return makeKept(3); }); return [isKept(o), o.twice()]; });
const key = Symbol("mine");
await check("own symbol on a package's instance", async () => { const o = Object.assign(new Open(1), { [key]: 5 }); return future(() => o[key]); });
await check("own symbol of an own class", async () => { class Box { constructor() { this[key] = 1; } } const b = await future(() => new Box()); return [b instanceof Box, b[key]]; });
await check("emitter", async () => { const { EventEmitter } = await import("node:events"); class E extends EventEmitter { two() { return 2; } } const e = await future(() => new E()); return [e instanceof E, e.two()]; });

const write = async (name, text, then) => {
  const folder = join(process.cwd(), "node_modules", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, type: "module" }));
  writeFileSync(join(folder, "index.js"), text);
  const module = await import(pathToFileURL(join(folder, "index.js")).href);
  if (then === undefined) rmSync(folder, { recursive: true });
  else writeFileSync(join(folder, "index.js"), then);
  return module;
};
const text = "class Kept { n = 1; } class Bad extends TypeError { n = 2; } export const make = () => new Kept(); export const fail = () => { throw new Bad('bad'); }; export class Open {}";
await check("absent", () => future(async () => (await write("absent1", text)).make()));
await check("absent export", () => future(async () => new (await write("absent2", text)).Open()));
await check("absent error", async () => { const e = await caught(async () => (await write("absent3", text)).fail()); return [e.name, e instanceof TypeError, e.n, e.message]; });
await check("absent error in a value", async () => { const { e } = await future(async () => { const m = await write("absent4", text); try { m.fail(); } catch (e) { return { e }; } }); return [e.name, e.n, e.message]; });
await check("other text", () => future(async () => (await write("other1", text, text.replace("n = 1", "n = 3"))).make()));
await check("other file", () => future(async () => (await write("other2", text, text + " export const more = 1;")).make()));
console.log(lines.join("\\n"));
`;

/** In a process of its own, a module that is no more or no longer the same is so for everybody. */
export function ownPromised(plan: string): readonly (string | RegExp)[] {
  const isHere = plan.startsWith("sequential");
  return [
    "class with instance: true,3,3,P",
    "instance alone: P,2",
    "two instances: true,true",
    "subclass made inside: true,3,S",
    "subclass of home: true,true,3",
    "private made inside: 1",
    "private in a Map: 2,3",
    "error made inside: true,Odd,2,odd",
    "error whose class cannot travel: true,RangeError,Odd,4,odd",
    "error of home's class: true,true,6",
    "replaced prototype: true,6",
    "own export: true,6",
    "own kept: true,6",
    "own symbol on a package's instance: 5",
    "own symbol of an own class: true,1",
    "emitter: true,2",
    /^absent NotPortable: value: an instance of Kept, which is found neither/,
    /^absent export NotPortable: A value came home that needs a module which cannot be loaded here/,
    "absent error: Bad,true,2,bad",
    "absent error in a value: Bad,2,bad",
    isHere ? /^other text: / : /^other text NotPortable: the class Kept of file:.*other1\/index.js is not the same here/,
    isHere ? /^other file: / : /^other file NotPortable: the class Kept of file:.*other2\/index.js is not the same here/,
  ];
}
