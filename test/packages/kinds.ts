/** The text of a small package as ES module, CommonJS, or CommonJS as bundlers write it, with classes that it exports and such that it keeps. */

const body = `
class Open { constructor(n) { this.n = n; } twice() { return this.n * 2; } }
class Hidden { constructor(n) { this.n = n; } twice() { return this.n * 2; } }
const makeHidden = (n) => new Hidden(n);
function Old(n) { this.n = n; }
Old.prototype.twice = function () { return this.n * 2; };
const makeOld = (n) => new Old(n);
function Replaced(n) { this.n = n; }
Replaced.prototype = { twice() { return this.n * 2; } };
const kept = { twice() { return this.n * 2; } };
const makeKept = (n) => Object.assign(Object.create(kept), { n });
const isKept = (value) => Object.getPrototypeOf(value) === kept;
const state = Symbol("state");
class Stateful { constructor(n) { this[state] = n; } twice() { return this[state] * 2; } }
class OpenError extends Error { constructor(n) { super("open " + n); this.n = n; } twice() { return this.n * 2; } }
class HiddenError extends TypeError { constructor(n) { super("hidden " + n); this.n = n; } twice() { return this.n * 2; } }
const failHidden = (n) => { throw new HiddenError(n); };
const isA = (value) => value instanceof Hidden ? "Hidden" : value instanceof Old ? "Old" : value instanceof HiddenError ? "HiddenError"
  : value instanceof Open ? "Open" : value instanceof Replaced ? "Replaced" : value instanceof Stateful ? "Stateful" : value instanceof OpenError ? "OpenError" : "none";
class HiddenList extends Array { twice() { return this.length * 2; } }
const makeList = (n) => HiddenList.from({ length: n }, () => 0);
const isList = (value) => value instanceof HiddenList;
class Private { #n = 1; get() { return this.#n; } }
class Unseen { constructor() { this[Symbol("unseen")] = 1; } }
let unseen;
const unseenOnce = () => (unseen ??= new Unseen());
const registry = new Map([["lost", class Lost {}]]);
const makeLost = () => new (registry.get("lost"))();
const makeLocal = () => new (class Local { two() { return 2; } })();
const one = new (class Single { two() { return 2; } })();
const again = () => Object.create(Object.getPrototypeOf(one));
const pointer = () => ({ __proto__: Open.prototype, __wbg_ptr: 4 });
`;

const names =
  "Open makeHidden makeOld Replaced makeKept isKept Stateful OpenError failHidden isA makeList isList Private Unseen unseenOnce makeLost makeLocal one again pointer".split(
    " ",
  );

export const forms: Readonly<Record<string, { readonly manifest: object; readonly text: string }>> = {
  esm: { manifest: { type: "module" }, text: `${body}export { ${names.join(", ")} };\nexport default { ${names.join(", ")} };` },
  cjs: { manifest: {}, text: `"use strict";${body}${names.map((name) => `exports.${name} = ${name};`).join("\n")}` },
  // As esbuild and tsup write it.
  getters: {
    manifest: {},
    text: `"use strict";
var __export = (target, all) => { for (var name in all) Object.defineProperty(target, name, { get: all[name], enumerable: true }); };
var source = {};
__export(source, { ${names.map((name) => `${name}: () => ${name}`).join(", ")} });
module.exports = source;
${body}
0 && (module.exports = { ${names.join(", ")} });`,
  },
  umd: {
    manifest: {},
    text: `(function (root, factory) { module.exports = factory(); })(this, function () {${body}return { ${names.join(", ")} }; });`,
  },
};
