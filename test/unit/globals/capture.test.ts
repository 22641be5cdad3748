/** Closures travel with everything they use: each case must give elsewhere what it gives here. */

import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Socket } from "node:net";
import * as acorn from "acorn";
import { describe, expect, it } from "vitest";
import { NotPortable } from "../../../src/errors/errors.ts";
import { snapshot } from "../../../src/globals/snapshot.ts";
import * as fixture from "./fixture.ts";
import { helper, Point, Point3 } from "./fixture.ts";
import { roundTrip } from "./roundTrip.ts";

function makeCounter(start = 0): { inc: () => number; get: () => number } {
  let count = start;
  return { inc: () => ++count, get: () => count };
}

const five = 5;
const point = new Point(1, 2);
const data = { a: [1, { b: 2 }], five };
const cyclic: { self?: unknown; list: unknown[] } = { list: [] };
cyclic.self = cyclic;
cyclic.list.push(cyclic);
const symbol = Symbol("local");
const keyed = { [symbol]: 1, key: symbol };
const base = { hi: () => "base" };
const derived = Object.setPrototypeOf(
  {
    hi(): string {
      return `${super.hi()}!`;
    },
  },
  base,
) as { hi(): string };
class WithArrow {
  x = 1;
  read = (): number => this.x + 1;
}
const withArrow = new WithArrow();
const mixin = (Parent: typeof Point): typeof Point => class extends Parent {};
class Mixed extends mixin(Point) {}
const mixed = new Mixed(3, 4);
const floats = new Float64Array([1, 2, 3]);
const view = floats.subarray(1);
const bound = function (this: { z: number }, y: number): number {
  return this.z + y;
}.bind({ z: 2 });
const failure = Object.assign(new TypeError("bad", { cause: new Error("why") }), { code: 5 });
const frozen = Object.freeze({ a: 1 });
const even = (n: number): boolean => n === 0 || odd(n - 1);
const odd = (n: number): boolean => n !== 0 && even(n - 1);
function* upTo(n: number): Iterable<number> {
  for (let i = 0; i < n; i += 1) yield i;
}
const methods = {
  v: 7,
  m(): number {
    return this.v;
  },
  get double(): number {
    return this.v * 2;
  },
  [`c${five}`](): number {
    return this.v + 1;
  },
};
const handlers = new Map<unknown, unknown>([
  ["f", (x: number) => x + five],
  [keyed, 1],
]);
const shared = makeCounter();

const cases: readonly (readonly [title: string, fn: () => unknown])[] = [
  ["a constant", () => five + 1],
  ["a function of the user's own module, with what it calls", () => helper(3)],
  ["a namespace of the user's own module", () => fixture.helper(fixture.factor)],
  ["a class", () => new Point(3, 4).norm()],
  ["a static method", () => Point.of(2).sum],
  ["a class of three levels with a private field", () => new Point3(3, 4, 5).norm()],
  ["an instance", () => point.sum],
  ["a mixin's class", () => mixed.norm()],
  ["a built-in module's function", () => readFileSync("/dev/null", "utf8").length],
  ["a built-in module's namespace", () => path.join("a", "b")],
  ["a package's namespace", () => acorn.parse("1 + 1", { ecmaVersion: 2020 }).type],
  ["nested data", () => data],
  ["cycles", () => cyclic.self === cyclic && cyclic.list[0] === cyclic],
  ["a local symbol as key and value", () => (keyed as Record<symbol, unknown>)[keyed.key]],
  ["a method that uses super", () => derived.hi()],
  ["an arrow field's this", () => withArrow.read()],
  [
    "methods, getters and computed names",
    () => [methods.m(), methods.double, (methods as unknown as Record<string, () => number>)["c5"]?.()],
  ],
  ["a Map with functions and object keys", () => [(handlers.get("f") as (x: number) => number)(1), handlers.get(keyed)]],
  ["views of one buffer, still linked", () => [((view[0] = 9), floats[1])]],
  ["bound functions", () => bound(1)],
  [
    "an error with cause and own properties",
    () => [failure instanceof TypeError, failure.message, (failure.cause as Error).message, failure.code],
  ],
  ["frozen objects", () => Object.isFrozen(frozen)],
  ["mutual recursion", () => even(10)],
  ["generators", () => [...upTo(3)]],
  ["regular expressions", () => /a(b)/gi.exec("xAB")?.[0]],
  ["import() relative to the defining file", async () => (await import("./imported.mjs")).answer],
];

describe("captured and run elsewhere", () => {
  it.each(cases)("%s gives what it gives at home", async (_, fn) => {
    const here = await fn();
    if (fn === cases.find(([title]) => title.startsWith("views"))?.[1]) view[0] = 2;
    expect(await roundTrip(fn, [])).toEqual(here);
  });

  it("two closures over one variable share it, and home does not see the writes", async () => {
    const before = shared.get();
    expect(await roundTrip(() => [shared.inc(), shared.inc(), shared.get()], [])).toEqual([before + 1, before + 2, before + 2]);
    expect(shared.get()).toBe(before);
  });

  it("closures of two calls of one factory stay apart even when their values are equal", async () => {
    const a = makeCounter();
    const b = makeCounter();
    expect(await roundTrip(() => [a.inc(), a.inc(), b.get()], [])).toEqual([1, 2, 0]);
    const { inc } = makeCounter();
    const { get } = makeCounter();
    expect(await roundTrip(() => [inc(), get()], [])).toEqual([1, 0]);
  });

  it("captures are frozen at the call", () => {
    const list = [1];
    const { payload } = snapshot(() => list, [], { globals: true, maxGlobalsSize: 1e9, label: undefined });
    list.push(2);
    expect(JSON.stringify(structuredClone(payload.body))).not.toContain("2]");
  });

  it("instances, functions and symbols come home as home's own", async () => {
    const back = await roundTrip(() => ({ point: new Point(1, 2), helper, symbol }), []);
    expect(back.point).toBeInstanceOf(Point);
    expect(back.point.sum).toBe(3);
    expect(back.helper).toBe(helper);
    expect(back.symbol).toBe(symbol);
  });

  it("a function made elsewhere comes home callable, with what it captured there", async () => {
    const add = await roundTrip((n: number) => (x: number) => x + n + five, [2]);
    expect(add(1)).toBe(8);
  });

  it("no getter, proxy trap or toJSON runs during capture", async () => {
    let runs = 0;
    const trapped = {
      get a(): number {
        runs += 1;
        return 1;
      },
      toJSON: () => (runs += 1),
    };
    expect(await roundTrip(() => Object.keys(trapped), [])).toEqual(["a", "toJSON"]);
    expect(runs).toBe(0);
  });

  it("a list 20,000 deep travels", async () => {
    const list: { next?: object } = {};
    let at: { next?: object } = list;
    for (let depth = 0; depth < 20_000; depth += 1) at = at.next = {};
    const depthOf = (from: { next?: object }): number => {
      let depth = 0;
      for (let here: { next?: object } | undefined = from; here?.next !== undefined; here = here.next) depth += 1;
      return depth;
    };
    expect(await roundTrip(() => depthOf(list), [])).toBe(20_000);
  });

  it("a stable function whose captures are constant is sent as a constant from its second sight on", () => {
    const times = (x: number): number => x * five;
    const take = (): readonly (readonly unknown[])[] | undefined =>
      snapshot(times, [1], { globals: true, maxGlobalsSize: 1e9, label: undefined }).payload.body.specials;
    expect(take()?.[0]?.[0]).toBe("function");
    expect(take()?.[0]?.[0]).toBe("constant");
  });

  it.each<readonly [string, () => unknown, RegExp]>([
    [
      "a WeakRef",
      (
        (weak) => () =>
          weak
      )(new WeakRef({})),
      /weak: a WeakRef/,
    ],
    [
      "a proxy",
      (
        (proxy) => () =>
          proxy
      )(new Proxy({}, {})),
      /proxy: a Proxy/,
    ],
    [
      "a socket inside an object",
      (
        (config) => () =>
          config
      )({ db: new Socket() }),
      /config → db: a Socket cannot leave this process/,
    ],
    [
      "an abort controller",
      (
        (controller) => () =>
          controller
      )(new AbortController()),
      /controller: an AbortController .*currentFuture\(\)\.signal/,
    ],
    [
      "a running generator",
      (
        (items) => () =>
          items
      )(upTo(3)),
      /items: a running generator/,
    ],
  ])("%s is refused with the path to it", (_, fn, message) => {
    const take = (): unknown => snapshot(fn, [], { globals: true, maxGlobalsSize: 1e9, label: undefined });
    expect(take).toThrow(NotPortable);
    expect(take).toThrow(message);
  });

  it("too large captures are refused, naming the largest", () => {
    const big = new Float64Array(10_000);
    const take = (): unknown => snapshot(() => big.length, [], { globals: true, maxGlobalsSize: 1000, label: "sum" });
    expect(take).toThrow(
      /^The values captured by future "sum" take \d+ bytes, over the limit of 1000 bytes.*the largest: big \(\d+ bytes\)/,
    );
  });

  it("given globals replace the search", async () => {
    const fn = (): unknown => (typeof five === "undefined" ? "absent" : five);
    expect(await roundTrip(fn, [], { five: 6 })).toBe(6);
    expect(await roundTrip(fn, [], false)).toBe("absent");
    expect(await roundTrip(fn, [], { add: { five: 7 } })).toBe(7);
    expect(await roundTrip(fn, [], { ignore: ["five"] })).toBe("absent");
  });
});
