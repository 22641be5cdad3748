/** What code does with a function, as far as it may give it properties. */

import { expect, test } from "vitest";
import { analyseFunction } from "../../../../src/globals/analysis/analyseFunction.ts";
import { onlyCalls } from "../../../../src/globals/analysis/onlyCalls.ts";

function onlyCallsF(text: string): boolean | undefined {
  const use = analyseFunction(text, true).free.get("f");
  return use && onlyCalls(text, use);
}

test.each([
  "() => f()",
  "() => { f(1); return f?.(2); }",
  "(x) => x.map(f).filter(f)",
  "(x) => x.reduce(f, 0) + run(1, f )",
  "() => [1, 2].map((x) => f(f(x)))",
])("calling it and handing it on: %s", (text) => {
  expect(onlyCallsF(text)).toBe(true);
});

test.each([
  "() => { f.count = 1; }",
  "() => f.count",
  "() => f['count']",
  "() => f?.count",
  "() => new f()",
  "() => { const g = f; g.count = 1; }",
  "() => ({ f })",
  "() => { (f).count = 1; }",
  "() => Object.assign(f, { count: 1 })",
  "() => Reflect.set( f, 'count', 1)",
  "() => f",
  "() => f() + f.count",
])("anything else: %s", (text) => {
  expect(onlyCallsF(text)).toBe(false);
});
