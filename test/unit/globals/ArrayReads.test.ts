/** Whether captured functions only read an array, through everything that they call. */

import { describe, expect, it } from "vitest";
import { considerConstant } from "../../../src/globals/constants.ts";
import { readsOf } from "./readsOf.ts";
import * as statistics from "./support/statistics.ts";

function onlyReads(fn: Function, name = "data"): boolean {
  return readsOf(fn).variable(fn, name);
}

const data = Float64Array.of(3, 1, 2);
const order = Uint32Array.of(2, 0, 1);
const start = 1;
const word = "buffer";
const words = [word] as unknown as number[];

function mean(xs: Float64Array): number {
  return sum(xs) / xs.length;
}
const sum = (xs: Float64Array): number => xs.reduce((total, x) => total + x, 0);
const sumFrom = (xs: Float64Array, from: number): number => (from === xs.length ? 0 : (xs[from] ?? 0) + sumTo(xs, from + 1));
const sumTo = (xs: Float64Array, from: number): number => sumFrom(xs, from);
const clear = (xs: Float64Array): void => void xs.fill(0);
const clearFrom = (xs: Float64Array, from: number): void => (from === 0 ? clear(xs) : clearLater(xs, from - 1));
const clearLater = (xs: Float64Array, from: number): void => clearFrom(xs, from);
const double = (x: number): number => 2 * x;
const doubleAll = (_x: number, at: number, all: Float64Array): number => (all[at] = 2);
const pick = (): number => Math.floor(start);
const choose = (): string => word;
const withCache = Object.assign((xs: Float64Array): number => xs[0] ?? 0, { cache: [] });
const boundMean = mean.bind(null);
const methods = {
  first(xs: Float64Array): number {
    return xs[0] ?? 0;
  },
};
const { first } = methods;
const likeModule = { [Symbol.toStringTag]: "Module", mean };
const { sqrt, max } = Math;
class Summary {
  readonly xs: Float64Array;
  constructor(xs: Float64Array) {
    this.xs = xs;
  }
}

describe("a captured function only reads", () => {
  const cases: readonly (readonly [title: string, fn: () => unknown])[] = [
    ["what a function that it calls reads", () => mean(data)],
    ["what a function in turn hands on", () => [1].map(() => mean(data.subarray(1)))],
    ["what functions read that call each other", () => sumFrom(data, 0)],
    ["what a function reads as a callback", () => data.map(double)],
    ["what a method reads that stands alone", () => first(data)],
    ["what functions of the language read", () => [data.map(sqrt), max(...data), Number(data), String(data), Float64Array.from(data)]],
    ["elements at a captured number", () => [data[start]]],
    ["elements at captured numbers", () => [data[order[0] ?? 0], Array.from(order, (i) => data[i])]],
    ["elements at a number that a function gives", () => [data[pick()]]],
    ["nothing, if it only gives its length", () => data.length],
  ];
  it.each(cases)("%s", (_, fn) => {
    expect(onlyReads(fn)).toBe(true);
  });

  it("what functions of a module read", () => {
    const fn = (): unknown => [statistics.total(data), statistics.scaled(data, 2)];
    expect(onlyReads(fn)).toBe(true);
  });

  it("what is called by names that the caller gave", () => {
    const fn = (): unknown => (globalThis as unknown as { given: typeof mean }).given(data);
    const named = new Function("data", "return () => given(data)")(data) as () => unknown;
    expect(onlyReads(fn)).toBe(false);
    expect(readsOf(named, { add: { given: mean } }).variable(named, "data")).toBe(true);
    expect(readsOf(named, { add: { given: clear } }).variable(named, "data")).toBe(false);
  });

  it("what it does not use", () => {
    const fn = (): number => 1;
    expect(readsOf(fn, { add: { data } }).variable(fn, "data")).toBe(true);
    expect(readsOf(fn).variable(fn, "data")).toBe(false);
  });
});

describe("a captured function may write", () => {
  const cases: readonly (readonly [title: string, fn: () => unknown])[] = [
    ["what a function that it calls writes", () => clear(data)],
    ["what functions write that call each other", () => clearFrom(data, 2)],
    ["what a callback writes", () => data.map(doubleAll)],
    ["what a class keeps", () => new Summary(data)],
    ["what goes to a function with properties", () => withCache(data)],
    ["what goes to a bound function", () => boundMean(data)],
    ["what goes to a method", () => methods.first(data)],
    ["what goes to an object that is only called a module", () => likeModule.mean(data)],
    ["what goes to a function of the language that keeps it", () => structuredClone(data)],
    ["what a module's function writes", () => statistics.clear(data)],
    ["what a module's function gives back", () => statistics.same(data)],
    ["elements at a captured text", () => [data[word as unknown as number]]],
    ["elements at elements that may be texts", () => [data[words[0] ?? 0]]],
    ["elements at a text that a function gives", () => [data[choose() as unknown as number]]],
  ];
  it.each(cases)("%s", (_, fn) => {
    expect(onlyReads(fn)).toBe(false);
  });

  it("what is called by a global's name and is none", () => {
    const own = { Float64Array: clear, Number: clear, Math: { max: clear } };
    const make = new Function(
      "data",
      "{ Float64Array, Number, Math }",
      "return [() => new Float64Array(data), () => Number(data), () => Math.max(data)]",
    );
    for (const fn of make(data, own) as (() => unknown)[]) expect(onlyReads(fn)).toBe(false);
  });

  it("what a function gets whose variable is written", () => {
    let chosen = mean;
    const choice = (): void => void (chosen = clear as never);
    const fn = (): unknown => (choice(), chosen(data));
    expect(onlyReads(fn)).toBe(false);
  });

  it("a variable that is assigned, here or elsewhere", () => {
    let table = data;
    const assign = (): void => void (table = Float64Array.of(1));
    const fn = (): unknown => (assign(), table[0]);
    expect(onlyReads(fn, "table")).toBe(false);
    expect(readsOf(fn).variable(assign, "table")).toBe(false);
  });

  it("elements at a variable that is written", () => {
    let key: number | string = 1;
    const set = (): void => void (key = "buffer");
    const fn = (): unknown => (set(), [data[key as number]]);
    expect(onlyReads(fn)).toBe(false);
  });

  it("anything, where any code evaluates text or reaches into calls or prototypes", () => {
    const make = (text: string): (() => unknown) =>
      new Function("data", `return () => { ${text}; return data[0]; }`)(data) as () => unknown;
    expect(onlyReads(make(""))).toBe(true);
    for (const text of [
      "eval('')",
      "f.arguments[0]",
      "f['caller']",
      "Float64Array.prototype.at = f",
      "Object.getPrototypeOf(data.at(0)).prototype",
    ])
      expect(onlyReads(make(text))).toBe(false);
    const evaluate = make("eval('')");
    expect(onlyReads(() => [evaluate, data[0]])).toBe(false);
  });
});

describe("of a captured function's parameters", () => {
  it("those are told that it only reads", () => {
    const scale = (xs: Float64Array, out: Float64Array): void => xs.forEach((x, i) => void (out[i] = x));
    const reads = readsOf(scale);
    expect([0, 1, 2].map((position) => reads.parameter(scale, position))).toEqual([true, false, true]);
  });

  it("those of functions that it calls are told, too", () => {
    const fn = (): unknown => [mean(data), clearFrom(data, 0), Summary];
    const reads = readsOf(fn);
    expect([mean, sum, clearFrom, clear, Summary, double].map((one) => reads.parameter(one, 0))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("those of constants are told like others", () => {
    const read = (xs: Float64Array): number => mean(xs);
    const write = (xs: Float64Array): void => clear(xs);
    const nested = (xs: Float64Array): number => read(xs);
    for (const fn of [read, write, nested]) expect(considerConstant(fn)).toBeDefined();
    const fn = (): unknown => [nested(data), write(data)];
    const reads = readsOf(fn);
    expect([read, write, nested, mean].map((one) => reads.parameter(one, 0))).toEqual([true, false, true, true]);
    expect(onlyReads(() => nested(data))).toBe(true);
    expect(onlyReads(() => write(data))).toBe(false);
  });

  it("a declared function means what its name holds", () => {
    const make = new Function(
      "data",
      "function last(xs, n) { return n === 0 ? xs[0] : last(xs, n - 1); } return [() => last(data, 2), () => { last = (xs) => xs.fill(0); last(data, 2); }];",
    );
    const [read, replace] = make(data) as [() => unknown, () => unknown];
    expect([onlyReads(read), onlyReads(replace)]).toEqual([true, false]);
  });
});
