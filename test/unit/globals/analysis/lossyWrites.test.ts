/** Which writes of a function others are to see, and which are caches of its own. */

import { describe, expect, test } from "vitest";
import { lossyWrites } from "../../../../src/globals/analysis/lossyWrites.ts";

/** Text of a function → names with the text that stands at the place found. */
const written = (text: string): readonly (readonly [string, string])[] =>
  [...lossyWrites(text, true)].map(([name, start]) => [name, text.slice(start, start + name.length)]);
const names = (text: string): readonly string[] => written(text).map(([name]) => name);

describe("are for others:", () => {
  test.each([
    ["(x) => n++", ["n"]],
    ["(x) => { --n }", ["n"]],
    ["(x) => { n += x }", ["n"]],
    ["(x) => { n = n + x }", ["n"]],
    ["(x) => { n = Math.max(n ?? 0, x) }", ["n"]],
    ["(x) => { n = (n || 0) + x }", ["n"]],
    ["(x) => { n = n || x; n += 1 }", ["n"]],
    ["(x) => { if (x > n) n = x }", ["n"]],
    ["(x) => { if (bad(x)) failed = true }", ["failed"]],
    ["(x) => { list = [...list, x] }", ["list"]],
    ["(x) => { [a, { b, c: d }, ...e] = x }", ["e", "d", "b", "a"]],
    ["(x) => { ({ a = 1 } = x) }", ["a"]],
    ["(x) => { for (last of x); for (key in x); }", ["key", "last"]],
    ["(x) => { x.forEach((y) => { sum += y }) }", ["sum"]],
    ["function (x) { n **= x }", ["n"]],
    ["async (x) => { n = await f(n) }", ["n"]],
  ])("%s", (text, expected) => {
    expect(names(text).toSorted()).toEqual(expected.toSorted());
    for (const [name, at] of written(text)) expect(at).toBe(name);
  });
});

test("the place is that of the first write", () => {
  expect([...lossyWrites("m(x) { if (x) n += 1; else n += 2 }", true)]).toEqual([["n", 14]]);
});

describe("are not:", () => {
  test.each([
    "(x) => { n ??= x; return n }",
    "(x) => { n ||= x }",
    "(x) => { n &&= x }",
    "(x) => { n = n ?? f(x) }",
    "(x) => { n = n || f(x) }",
    "(x) => { if (!n) n = x }",
    "(x) => { if (n === undefined) { n = x } return n }",
    "(x) => { if (null == n) n = x }",
    "(x) => { if (typeof n === 'undefined') n = x }",
    "(x) => { if (!n || n.key !== x) n = { key: x } }",
    "(x) => { if (n) return n; n = f(x); return n }",
  ])("%s", (text) => expect(names(text)).toEqual([]));

  test.each([
    "(n) => n++",
    "(x) => { let n = 0; n += x; return n }",
    "(x) => { const f = (n) => n++; return f(x) }",
    "(x) => { o.n += x; a[0]++; this.n++ }",
    "(x) => { var n; for (n = 0; n < x; n++); }",
    "(x) => n + x",
  ])("%s", (text) => expect(names(text)).toEqual([]));
});
