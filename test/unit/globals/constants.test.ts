/** Functions that are sent once for all futures: which are, from when on, and what ends it. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { snapshot } from "../../../src/globals/snapshot.ts";
import { roundTrip } from "./roundTrip.ts";

const request = { globals: true, maxGlobalsSize: 1e9, label: undefined } as const;
const five = 5;

function tagsOf(fn: (...args: never) => unknown, modules: readonly string[] = []): readonly string[] {
  return (snapshot(fn, [], { ...request, modules }).payload.body.specials ?? []).map(([tag]) => tag);
}

/** Until functions that others use are constants, if they are to be. */
function takeOften(take: () => unknown): void {
  for (let i = 0; i < 2000; i += 1) take();
}

describe("a function that others use", () => {
  it("is a constant once it was looked at often, with those that it uses itself", async () => {
    const inner = (x: number): number => x * five;
    const outer = (x: number): number => inner(x) + 1;
    const take = (i: number): readonly string[] => tagsOf(() => outer(i));
    expect(take(1)).toEqual(["function", "function", "function"]);
    takeOften(() => take(1));
    expect(take(1)).toEqual(["function", "constant"]);
    expect(await roundTrip((x: number) => [outer(x), inner(x)], [2])).toEqual([11, 10]);
  });

  it("is sent anew when it, or one that it uses, was given a property", async () => {
    const inner = (): unknown => Reflect.get(inner, "extra");
    const outer = (): unknown => inner();
    takeOften(() => tagsOf(() => outer()));
    const before = tagsOf(() => outer());
    Object.assign(inner, { extra: 1 });
    expect([before, tagsOf(() => outer())]).toEqual([
      ["function", "function", "function"],
      ["function", "function", "function"],
    ]);
    expect(await roundTrip(() => outer(), [])).toBe(1);
  });

  it("that was a constant is none from the moment when one that it uses has a property more", () => {
    const inner = (): number => five;
    const outer = (): number => inner();
    takeOften(() => tagsOf(() => outer()));
    const before = tagsOf(() => outer());
    Object.assign(inner, { extra: 1 });
    expect([before, tagsOf(() => outer())]).toEqual([
      ["function", "constant"],
      ["function", "function", "function"],
    ]);
  });

  it("travels as before when by itself it could not", async () => {
    const base = { hi: (): string => "hi" };
    const derived = Object.setPrototypeOf(
      {
        hi(): string {
          return `${super.hi()}!`;
        },
      },
      base,
    ) as { hi(): string };
    takeOften(() => tagsOf(() => derived.hi()));
    expect(await roundTrip(() => derived.hi(), [])).toBe("hi!");
  });

  it("is copied for a future that names modules, for what it uses may be imported there", () => {
    const helper = (): number => five;
    takeOften(() => tagsOf(() => helper()));
    expect(tagsOf(() => helper())).toEqual(["function", "constant"]);
    expect(tagsOf(() => helper(), ["file:///nowhere.js"])).toEqual(["function", "function"]);
  });
});

describe("no constant is", () => {
  it("a function that gives itself properties: each future begins without them", async () => {
    const count = Object.assign(function counting(): number {
      const self = counting as { calls?: number };
      self.calls = (self.calls ?? 0) + 1;
      return self.calls;
    });
    const results = [await roundTrip(count, []), await roundTrip(count, []), await roundTrip(count, [])];
    expect(results).toEqual([1, 1, 1]);
    expect(tagsOf(count)).toEqual(["function"]);
  });

  it("a function that makes instances of another, whose prototype may change", async () => {
    const Made = function (): void {} as unknown as new () => { extra?: number };
    const make = (): number | undefined => new Made().extra;
    const before = [await roundTrip(make, []), await roundTrip(make, []), await roundTrip(make, [])];
    Object.assign(Made.prototype as object, { extra: 1 });
    expect([...before, await roundTrip(make, [])]).toEqual([undefined, undefined, undefined, 1]);
  });

  it("a function that was handed a constructor whose prototype got a method", async () => {
    const Made = function (): void {};
    const use = (): number => [Made].map((fn) => Object.keys(fn.prototype as object).length)[0] ?? -1;
    const hand = (fn: Function): number => Object.keys(fn.prototype as object).length;
    const outer = (): number => hand(Made);
    const before = [await roundTrip(outer, []), await roundTrip(outer, []), await roundTrip(outer, []), await roundTrip(use, [])];
    Object.assign(Made.prototype as object, { extra: 1 });
    expect([...before, await roundTrip(outer, []), await roundTrip(use, [])]).toEqual([0, 0, 0, 0, 1, 1]);
  });

  it("a function that uses what the next script may define anew", async () => {
    const use = runInThisContext("function oneOfTest() { return 1 } () => oneOfTest()") as () => number;
    const before = [await roundTrip(use, []), await roundTrip(use, []), await roundTrip(use, [])];
    runInThisContext("function oneOfTest() { return 2 }");
    expect([...before, await roundTrip(use, [])]).toEqual([1, 1, 1, 2]);
    Reflect.deleteProperty(globalThis, "oneOfTest");
  });

  it("a function that imports a constant by a variable which its module writes", () => {
    const folder = mkdtempSync(join(tmpdir(), "futureplan-constants-"));
    const library = new URL("../../../dist/index.js", import.meta.url).href;
    writeFileSync(join(folder, "dep.mjs"), "export let f = () => 1; export const set = (g) => { f = g; };");
    writeFileSync(
      join(folder, "main.mjs"),
      `import { future, plan, value } from ${JSON.stringify(library)};
      import { f, set } from "./dep.mjs";
      plan("sequential");
      const outer = () => f();
      for (let i = 0; i < 3; i++) await value(future(f));
      const results = [];
      for (let i = 0; i < 3; i++) results.push(await value(future(outer)));
      set(() => 2);
      console.log(...results, await value(future(outer)));`,
    );
    expect(String(execFileSync(process.execPath, [join(folder, "main.mjs")]))).toBe("1 1 1 2\n");
    rmSync(folder, { recursive: true });
  });
});
