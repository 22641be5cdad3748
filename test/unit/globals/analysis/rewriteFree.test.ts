/** Rewritten code is run: it must do to `$0.c` what the original does to `c`. */

import { describe, expect, test } from "vitest";
import { analyseFunction } from "../../../../src/globals/analysis/analyseFunction.ts";
import { rewriteFree } from "../../../../src/globals/analysis/rewriteFree.ts";

function rewrite(text: string): string {
  return rewriteFree(text, analyseFunction(text), new Map([["c", "$0.c"]]));
}

/** Runs the rewritten function with `$0.c` at `before`; gives its result and what `$0.c` is then. */
function run(text: string, before: unknown): { result: unknown; after: unknown } {
  const cell = { c: before };
  const fn = new Function("$0", `return (${rewrite(text)});`)(cell) as () => unknown;
  const result = fn();
  return { result, after: cell.c };
}

describe("rewriteFree", () => {
  test.each([
    ["a read", "() => c + c", 2, 4, 2],
    ["an assignment", "() => (c = 5)", 2, 5, 5],
    ["an update", "() => c++ + ++c", 2, 6, 4],
    ["a compound assignment", "() => (c *= 3)", 2, 6, 6],
    ["a logical assignment", "() => (c ??= 7)", undefined, 7, 7],
    ["a shorthand property", "() => ({ c })", 2, { c: 2 }, 2],
    ["an escaped shorthand property", "() => ({ \\u0063 })", 2, { c: 2 }, 2],
    ["a shorthand target", "() => { ({ c } = { c: 9 }); }", 2, undefined, 9],
    ["a shorthand target with a default", "() => { ({ c = 8 } = {}); }", 2, undefined, 8],
    ["a target in an array pattern", "() => { [, c] = [1, 6]; }", 2, undefined, 6],
    ["a rest target", "() => { [...c] = [1, 6]; }", 2, undefined, [1, 6]],
    ["the head of for-of", "() => { for (c of [1, 3]); }", 2, undefined, 3],
    ["the head of for-in", "() => { for (c in { k: 1 }); }", 2, undefined, "k"],
    ["typeof", "() => typeof c", 2, "number", 2],
    ["a template", "() => `${c}`", 2, "2", 2],
    ["a nested function", "() => [1, 2].map((x) => (c += x))", 2, [3, 5], 5],
    ["a shadowed name", "() => { { let c = 1; c++; } return c; }", 2, 2, 2],
    ["a default parameter before a var of the same name", "(b = () => c) => { var c = 3; return b() + c; }", 2, 5, 2],
    ["a label and a key of the same name", "() => { c: for (;;) { break c; } return { c: c }; }", 2, { c: 2 }, 2],
  ])("replaces %s", (_what, text, before, result, after) => {
    expect(run(text, before)).toEqual({ result, after });
  });

  const self = function (this: unknown): unknown {
    return this;
  };

  test.each([
    ["a call", "() => c()"],
    ["an optional call", "() => c?.()"],
    ["a tagged template", "() => c`x`"],
  ])("keeps this undefined in %s", (_what, text) => {
    expect(run(text, self).result).toBeUndefined();
  });

  test("keeps the receiver of a method call and the target of new", () => {
    expect(run("() => c.pop()", [1, 2]).result).toBe(2);
    expect(run("() => new c(3)", Array).result).toHaveLength(3);
  });

  test("does not let a call join the statement before it", () => {
    const text = "() => {\n  let x = 1\n  c()\n  if (x) c()\n  else\n    c()\n  c`y`\n  return x\n}";
    let calls = 0;
    expect(run(text, () => calls++).result).toBe(1);
    expect(calls).toBe(3);
  });

  test("keeps a directive a directive", () => {
    const text = "() => { 'use strict'\n c(); return (function () { return this; })(); }";
    expect(run(text, () => undefined).result).toBeUndefined();
  });

  test("works inside methods", () => {
    const text = "m(x) { c += x; return c; }";
    const cell = { c: 1 };
    const holder = new Function("$0", `return { ${rewrite(text)} };`)(cell) as { m(x: number): number };
    expect(holder.m(2)).toBe(3);
    expect(cell.c).toBe(3);
  });

  test("replaces a function's own name on demand", () => {
    const text = "function c() { c = 4; }";
    expect(run(text, 1).after).toBe(4);
  });

  test("leaves other names alone", () => {
    expect(rewrite("(a) => a + b + c")).toBe("(a) => a + b + $0.c");
  });
});
