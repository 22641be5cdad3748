/** WeakMaps and WeakSets: they hold at the receiver what they hold at home for everything that travels with them. */

import type { Programs } from "./programCases.ts";

/** What compilers make of `#n`, `#twice()` and `static #made` for targets below ES2022. */
const lowered = `
  const __accessCheck = (obj, member, msg) => { if (!member.has(obj)) throw TypeError("Cannot " + msg) };
  const __privateGet = (obj, member, getter) => (__accessCheck(obj, member, "read from private field"), getter ? getter.call(obj) : member.get(obj));
  const __privateAdd = (obj, member, value) => { if (member.has(obj)) throw TypeError("Cannot add the same private member more than once"); member instanceof WeakSet ? member.add(obj) : member.set(obj, value) };
  const __privateSet = (obj, member, value, setter) => (__accessCheck(obj, member, "write to private field"), setter ? setter.call(obj, value) : member.set(obj, value), value);
  const __privateMethod = (obj, member, method) => (__accessCheck(obj, member, "access private method"), method);
  var _n, _made, _Counter_instances, twice_fn;
  const _Counter = class _Counter { constructor() { __privateAdd(this, _Counter_instances); __privateAdd(this, _n, 0); __privateSet(_Counter, _made, __privateGet(_Counter, _made) + 1) } inc() { __privateSet(this, _n, __privateGet(this, _n) + 1); return __privateGet(this, _n) } twice() { return __privateMethod(this, _Counter_instances, twice_fn).call(this) } static get made() { return __privateGet(_Counter, _made) } };
  _n = new WeakMap(); _made = new WeakMap(); _Counter_instances = new WeakSet(); twice_fn = function () { return __privateGet(this, _n) * 2 }; __privateAdd(_Counter, _made, 0);
  let Counter = _Counter;`;

export const weak: Programs = {
  "an empty WeakMap and WeakSet take later objects": `const map = new WeakMap(), set = new WeakSet(); return () => { const key = {}; map.set(key, 1); set.add(key); return [map.get(key), map.has({}), set.has(key), set.has({})] }`,
  "a WeakMap holds what it held for an object, a list, a function, a class, a Map and a local symbol that travel": `
    const keys = [{}, [], () => 1, class {}, new Map(), new Date(0), /x/, new Float64Array(2), new Error("e")], held = new WeakMap(keys.map((key, at) => [key, { at }])); return () => keys.map((key) => held.get(key)?.at)`,
  "a WeakMap holds what it held for things that every process has": `const held = new WeakMap([[Map, 1], [Array.prototype, 2], [Math.max, 3], [JSON, 4]]); return () => [held.get(Map), held.get(Array.prototype), held.get(Math.max), held.get(JSON), held.has(Set)]`,
  "a WeakSet holds what it held": `const a = { a: 1 }, b = { b: 1 }, set = new WeakSet([a, class {}]); return () => [set.has(a), set.has(b)]`,
  "values of a WeakMap lead to further keys": `const head = {}, next = new WeakMap(); let at = head; for (let i = 0; i < 500; i++) { const link = { i }; next.set(at, link); at = link } return () => { let n = 0; for (let link = head; (link = next.get(link)) !== undefined; ) n += link.i; return n }`,
  "keys and values are the objects that are reached otherwise": `const key = { n: 1 }, other = { n: 2 }, held = new WeakMap([[key, other]]), state = { key, other, held }; return () => [state.held.get(state.key) === state.other, held === state.held]`,
  "a WeakMap in a WeakMap": `const key = {}, inner = new WeakMap([[key, "in"]]), outer = new WeakMap([[key, inner]]); return () => outer.get(key).get(key)`,
  "functions that are values of a WeakMap travel with what they use": `const key = {}, k = 3, held = new WeakMap([[key, (x) => x * k]]); return () => held.get(key)(2)`,
  "what stands for rows of a table": `const rows = Array.from({ length: 40 }, (_, i) => ({ i, s: "s" + i })), held = new WeakMap(rows.map((row) => [row, row.i * 2])); return () => rows.map((row) => held.get(row))`,
  "a subclass of WeakMap with a property": `class Cache extends WeakMap { has() { throw new Error("its own") } get size() { return 5 } } const key = {}, cache = Object.assign(new Cache([[key, 1]]), { name: "c" }); return () => [cache.get(key), cache.name, cache.size, cache instanceof Cache]`,
  "what it holds is frozen at the call": `const key = {}, held = new WeakMap([[key, { n: 1 }]]); queueMicrotask(() => held.set(key, { n: 2 })); return () => held.get(key).n`,
  "a memoized function": `const memo = (f) => { const known = new WeakMap(); return (o) => { if (!known.has(o)) known.set(o, f(o)); return known.get(o) } }; const o = { n: 2 }; let runs = 0; const f = memo((x) => (runs++, x.n * 2)); f(o); return () => [f(o), f({ n: 5 }), runs]`,
  "a class with private fields as compilers lower them": `${lowered} const c = new Counter(); c.inc(); return () => [c.inc(), new Counter().inc(), c.twice(), Counter.made]`,
  "two instances of such a class, one in the other": `${lowered} const a = new Counter(); a.inc(); const b = Object.assign(new Counter(), { a }); return () => [b.a.inc(), b.inc(), a.twice()]`,
};
