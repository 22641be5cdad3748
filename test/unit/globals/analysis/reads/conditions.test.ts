/** Which keys are indices, and on what the facts of a text depend, case by case: `a` is the array. */

import { describe, expect, test } from "vitest";
import { conditions, reading } from "./reading.ts";

describe("a key is an index if it is", () => {
  const kept = (key: string, before = ""): string => `(p, q) => { ${before} return a[${key}]; }`;

  test.each([
    ["a number", kept("0")],
    ["calculated", kept("p * q + q")],
    ["joined to a number", kept("p + 1")],
    ["a joined number", kept("1 + p + q")],
    ["made whole", kept("p | 0")],
    ["a sign", kept("+p")],
    ["a condition", kept("p > 0 ? 0 : q - 1")],
    ["one or the other", kept("p - 1 || 0")],
    ["a length", kept("p.length - 1")],
    ["a position", kept("p.indexOf(q)")],
    ["counted in a loop", "() => { const out = []; for (let i = 0; i < 9; i += 2) out.push(a[i], a[++i]); return out; }"],
    ["counted in two variables", "() => { let i = 0, j = 1; while (i < j) { [i] ; i = j - 1; j = i; } return [a[i], a[j]]; }"],
    ["of a loop over numbers", "() => { const out = []; for (const i of [0, 1, p - 1]) out.push(a[i]); return out; }"],
    [
      "of a loop over own keys",
      "() => { const b = new Float64Array(3); const out = []; for (const i of b.keys()) out.push(a[i]); return out; }",
    ],
    [
      "what a local function gives",
      "() => { const at = (r, c) => r * 3 + c; function last() { return at(2, 2); } return [a[at(1, 2)], a[last()]]; }",
    ],
    [
      "what a local function is given",
      "() => { const at = (i) => a[i]; function second(i) { return at(i + 1); } return [at(0), second(1)]; }",
    ],
    ["the index of a callback", "(p) => p.map((x, i) => [x, a[i]])"],
    ["the index of a callback of `from`", "() => Array.from({ length: 3 }, (_, i) => a[i])"],
    [
      "an element of a typed array",
      "() => { const order = Uint32Array.from([2, 1]); return Array.from(order, (i) => a[i]).concat(a[order[0]]); }",
    ],
    ["counted with elsewhere", "(i) => (i < 0 ? NaN : a[i])"],
    ["compared with a number elsewhere", "(i) => { if (i === 3) return 0; return a[i]; }"],
  ])("%s", (_sentence, text) => {
    const proof = conditions(reading(text));
    expect(proof?.filter((condition) => !/^global (Array|Uint32Array|Float64Array)$/.test(condition) && condition !== "index p")).toEqual(
      [],
    );
  });

  test.each([
    ["a free name", "() => a[k]", ["index k"]],
    ["an element of a free name", "() => [a[order[0]]]", ["typedArray order"]],
    ["what a free function gives", "() => a[pick(3)]", ["returns pick"]],
    ["what a module's function gives", "() => a[lib.pick(3)]", ["returns lib.pick"]],
    [
      "what the language gives",
      "() => [a[Math.floor(k)], a[Number(k)], a[parseInt(k)]]",
      ["global Math", "global Number", "global parseInt"],
    ],
    ["a variable made of a free name", "() => { const i = start, j = i; return a[j]; }", ["index start"]],
  ])("under a condition, %s", (_sentence, text, expected) => {
    expect(conditions(reading(text))).toEqual(expected);
  });
});

describe("what free names mean decides where the array goes", () => {
  test.each([
    ["to a function", "() => mean(a) + f(1, a)", ["reads mean(0)", "reads f(1)"]],
    ["to a function in a chain", "() => mean?.(a)", ["reads mean(0)"]],
    ["to a module's function", "() => stats.mean(a) + (0, stats.sd)(a)", ["reads stats.mean(0)", "reads stats.sd(0)"]],
    ["to a function as a part", "() => mean(a.subarray(0, 3))", ["reads mean(0)"]],
    ["to a function through an alias in a closure", "() => { const c = a; return [1].map(() => mean(c)); }", ["reads mean(0)"]],
    ["to a callback", "() => a.map(double) + a.reduce(add)", ["reads double(2)", "reads add(3)"]],
    ["to itself", "function f(n) { return n === 0 ? 0 : f(n - 1, a); }", ["reads f(1)"]],
    ["to the language's functions", "() => [Number(a), String(a)]", ["reads Number(0)", "reads String(0)"]],
    ["to the language's callbacks", "() => a.map(Math.sqrt)", ["global Math"]],
    [
      "to the language's copies",
      "() => [Float64Array.from(a), Array.from(a, (x) => x), new Int8Array(a), new Set(a)]",
      [..."Float64Array Array Int8Array Set".split(" ").map((name) => `global ${name}`)],
    ],
    [
      "to the language's questions",
      "() => [Array.isArray(a), ArrayBuffer.isView(a), a instanceof Float64Array]",
      ["global Array", "global ArrayBuffer", "global Float64Array"],
    ],
    ["into another typed array", "() => { const c = new Float64Array(3); c.set(a); return c; }", ["global Float64Array"]],
    ["by elements into another typed array", "(k) => { const c = new Float64Array(3); c[0] = a[k]; return c; }", ["global Float64Array"]],
    ["by elements to the language's functions", "(k) => [Math.sqrt(a[k]), Number(a[k])]", ["global Math", "global Number"]],
  ])("%s", (_sentence, text, expected) => {
    expect(conditions(reading(text))).toEqual(expected);
  });

  test.each([
    ["a member of an element", "() => stats.deep.mean(a)"],
    ["a member by a key", "(k) => stats[k](a)"],
    ["a second argument to set", "() => { const c = new Float64Array(3); c.set(b, a); }"],
    ["set of anything", "(c) => c.set('key', 1) ?? c.set(a)"],
    ["an array's only element", "() => new Array(a)"],
  ])("but not as %s", (_sentence, text) => {
    expect(reading(text)).toBeUndefined();
  });

  test.each([
    ["a reducer's start", "() => a.reduce((s, x) => s, a)", "reads a.reduce(1)"],
    ["a callback's this", "() => a.map(function () { return this; }, a)", "reads a.map(1)"],
    ["a copy's this", "() => Array.from(b, (x) => x, a)", "reads Array.from(2)"],
    ["an object of itself", "() => Math.constructor(a)", "reads Math.constructor(0)"],
    ["a promise", "() => Promise.resolve(a)", "reads Promise.resolve(0)"],
    ["a clone", "() => globalThis.structuredClone(a)", "reads globalThis.structuredClone(0)"],
  ])("as %s only if the object is a module of the user's", (_sentence, text, expected) => {
    expect(conditions(reading(text))).toContain(expected);
  });
});
