/** Questions that a function answers at its entry, before its body runs. */

import { Session } from "node:inspector";
import { createContext, runInContext, runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { analyseFunction } from "../../../src/globals/analysis/analyseFunction.ts";
import { stoppable } from "../../../src/globals/stoppableOf.ts";
import { evaluateIn, isUninitialised, lexicalThis, questioning, type Stoppable } from "../../../src/platform/probe.ts";
import { sameVariable, type Viewer } from "../../../src/platform/sameVariable.ts";

let runs = 0;

interface Counter {
  readonly up: () => number;
  readonly get: () => number;
  readonly many: () => Iterable<number>;
  readonly later: () => Promise<number>;
}

function counter(): Counter {
  let count = 0;
  return {
    up: () => ((runs += 1), (count += 1)),
    get: () => count,
    *many() {
      runs += 1;
      yield (count += 1);
    },
    later: async () => ((runs += 1), (count += 1)),
  };
}

/** How a function is asked, by its text. */
function asked(fn: Function): Stoppable {
  const given = stoppable(fn, analyseFunction(Function.prototype.toString.call(fn)));
  if (given === undefined) throw new Error("its calls cannot be stopped");
  return given;
}

const viewer = (fn: Function, generator = false): Viewer => ({ fn, depth: 0, given: { fn, generator } });

/** Positions of viewers that see one variable. */
function groups(name: string, viewers: readonly Viewer[]): number[][] {
  const marks = sameVariable(name, viewers);
  return [...new Set(viewers.map((one) => marks.get(one)))].map((mark) =>
    viewers.flatMap((one, at) => (marks.get(one) === mark ? [at] : [])),
  );
}

describe("probe", () => {
  it("tells which functions share a variable, without running any, and leaves it as it was", () => {
    const a = counter();
    const b = counter();
    const viewers = [b.get, a.up, a.get, a.many, a.later, b.up].map((fn) => viewer(fn, fn === a.many));
    expect(groups("count", viewers)).toEqual([
      [0, 5],
      [1, 2, 3, 4],
    ]);
    expect([runs, a.get(), b.get()]).toEqual([0, 0, 0]);
    expect(a.up()).toBe(1);
  });

  it("shares a breakpoint among closures of one place", () => {
    const all = Array.from({ length: 5 }, counter);
    const viewers = [...all, ...all].flatMap(({ up, get }) => [
      { ...viewer(up), given: { fn: up, generator: false, place: "up" } },
      { ...viewer(get), given: { fn: get, generator: false, place: "get" } },
    ]);
    expect(groups("count", viewers)).toEqual(all.map((_, at) => [2 * at, 2 * at + 1, 2 * at + 10, 2 * at + 11]));
  });

  it("only looks at functions that are not to be asked", () => {
    const a = counter();
    const b = counter();
    const seen = { ...viewer(a.get), given: undefined };
    const alone = { ...viewer(b.get), given: undefined };
    const marks = sameVariable("count", [seen, alone, viewer(a.up)]);
    expect([marks.has(seen), marks.has(alone)]).toEqual([true, false]);
  });

  it("puts the values back when a question fails", () => {
    const a = counter();
    const other = { fn: counter().get, depth: 0, given: { fn: (): number => 1, generator: false } };
    expect(() => sameVariable("count", [viewer(a.up), other])).toThrow();
    expect(a.get()).toBe(0);
  });

  it("evaluates an expression in a function's own scope, several ones at a place in turn", () => {
    const local = { deep: 5 };
    const fn = (): object => local;
    const given = { fn, generator: false, place: "here" };
    questioning(() => {
      expect(evaluateIn(given, "local.deep + 1")).toBe(6);
      expect(evaluateIn(given, "local")).toBe(local);
      expect(evaluateIn({ fn, generator: false }, "typeof missing")).toBe("undefined");
      expect(() => evaluateIn(given, "missing")).toThrow(ReferenceError);
      expect(evaluateIn(given, "local.deep")).toBe(5);
    });
    expect(Object.getOwnPropertyNames(Function).filter((name) => name.includes("futureplan"))).toEqual([]);
  });

  it("tells an arrow's this", () => {
    const self = { v: 1 };
    const arrow = function (this: object): () => object {
      return () => this;
    }.call(self);
    expect(lexicalThis({ fn: arrow, generator: false })).toBe(self);
  });

  it("tells the this of arrows that take their arguments apart, in other realms too, and pauses nobody's debugger", () => {
    const other = new Session();
    other.connect();
    other.post("Debugger.enable");
    const paused: unknown[] = [];
    other.on("Debugger.paused", (event) => paused.push(event));
    for (const text of [
      "({ x }) => [x, this]",
      "async ([a, ...[b]], { c: { d = 1 } }) => this",
      "(...[a, { b }, ...{ length }]) => this",
    ]) {
      for (const make of [runInThisContext, (code: string): unknown => runInContext(code, createContext())]) {
        const self = {};
        const arrow = (make(`(function () { return ${text}; })`) as Function).call(self) as Function;
        expect(lexicalThis(asked(arrow))).toBe(self);
      }
    }
    other.disconnect();
    expect(paused).toEqual([]);
  });

  it("asks nobody who takes an array apart where iterating is the user's own", () => {
    const ran: string[] = [];
    const patches = [
      "Array.prototype[Symbol.iterator] = function* values() { ran.push('values'); };",
      "Object.getPrototypeOf([].values()).next = function next() { ran.push('next'); return { done: true }; };",
      "Object.prototype.return = function () { ran.push('return'); return {}; };",
    ];
    for (const patch of patches) {
      const context = createContext({ ran });
      const text = `${patch} (function () { return [(...[a]) => this, ([a]) => this]; })`;
      const { 0: rest, 1: plain } = (runInContext(text, context) as Function).call(ran) as [Function, Function];
      expect(() => lexicalThis(asked(rest))).toThrow("iterating over arrays is not the language's own here");
      expect(lexicalThis(asked(plain))).toBe(ran);
    }
    expect(ran).toEqual([]);
  });

  it("tells a dead zone from undefined", () => {
    const reader = (): unknown => late;
    expect(isUninitialised({ fn: reader, generator: false }, "late")).toBe(true);
    const late: unknown = undefined;
    expect(isUninitialised({ fn: reader, generator: false }, "late")).toBe(false);
  });

  it("says so when a function does not name the variable that was meant", () => {
    expect(() => sameVariable("missing", [viewer(() => 1)])).toThrow();
  });
});
