/** Objects that cannot travel whole: of those that code reads only by fixed names, these members travel. */

import type { Programs, RefusedPrograms } from "./programCases.ts";

const service = `class Service { factor = 3; db = new WeakRef({}); scale(x) { return x * this.factor } twice(x) { return this.scale(this.scale(x)) } get wide() { return this.factor } total(list) { return list.map((x) => this.scale(x)) } all() { return Object.keys(this) } }`;

export const parts: Programs = {
  "members of a variable": `const config = { rate: 2, name: "c", db: new WeakRef({}) }; return () => [config.rate, config?.name, config["rate"], config.missing]`,
  "members of what a request holds": `const { IncomingMessage } = process.getBuiltinModule("node:http"), { Socket } = process.getBuiltinModule("node:net"); const req = Object.assign(new IncomingMessage(new Socket()), { body: { n: 4 } }); return () => req.body.n * 2`,
  "members of this in an arrow": `${service} return (function () { return () => this.factor + 1 }).call(new Service())`,
  "members taken out by a pattern": `const config = { rate: 2, name: "c", db: new WeakRef({}) }; return () => { const { rate, name: called, missing = 5 } = config; return [rate, called, missing] }`,
  "members of this taken out by a pattern": `${service} return (function () { return () => { const { factor } = this; return factor } }).call(new Service())`,
  "methods that read members of this": `${service} const s = new Service(); return () => [s.twice(2), s.total([1, 2])]`,
  "different members of one object in two functions": `const config = { rate: 2, name: "c", db: new WeakRef({}) }; const a = () => config.rate, b = () => config.name; return () => [a(), b()]`,
  "what is read of an object is the object that is reached otherwise": `const list = [1], config = { list, db: new WeakRef({}) }; return () => [config.list === list, config.list.push(2), list.length]`,
  "a pending promise that nobody reads": `const state = { k: 2, opened: new Promise(() => {}) }; return () => state.k`,
};

export const partRefusals: RefusedPrograms = {
  "the object handed on": [
    `const config = { rate: 2, db: new WeakRef({}) }; const use = (c) => c.rate; return () => use(config)`,
    /config.*db/,
  ],
  spreading: [`const config = { rate: 2, db: new WeakRef({}) }; return () => ({ ...config }).rate`, /config.*db/],
  "a member known only when it runs": [`const config = { rate: 2, db: new WeakRef({}) }; return (k = "rate") => config[k]`, /config.*db/],
  "writing a member": [
    `const config = { rate: 2, db: new WeakRef({}) }; return () => { config.rate += 1; return config.rate }`,
    /config.*db/,
  ],
  "the member itself": [`const config = { rate: 2, db: new WeakRef({}) }; return () => [config.rate, typeof config.db]`, /config.*db/],
  "a method that hands this on": [`${service} const s = new Service(); return () => s.all()`, /\bs\b.*db/],
  "an accessor": [`${service} const s = new Service(); return () => s.wide`, /\bs\b.*db/],
};
