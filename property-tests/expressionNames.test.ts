/** Law: the quick look at a text misses no name that a parser finds on a function expression; of plain declarations it takes none. */

import { readFileSync, readdirSync } from "node:fs";
import { parse, type AnyNode } from "acorn";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expressionNames } from "../src/globals/analysis/expressionNames.ts";
import { program } from "./programs.ts";
import "./seed.ts";

function namedExpressions(node: AnyNode): string[] {
  const inside = Object.values(node)
    .flat()
    .filter((value): value is AnyNode => typeof value === "object" && value !== null && "type" in value)
    .flatMap(namedExpressions);
  return node.type === "FunctionExpression" && node.id ? [node.id.name, ...inside] : inside;
}

function missedIn(source: string): string[] {
  const found = expressionNames(source);
  return namedExpressions(parse(source, { ecmaVersion: "latest", sourceType: "module" })).filter((name) => !found.has(name));
}

const packages = new URL("../node_modules/", import.meta.url);
const chunks = "vitest/dist/chunks/";

describe("names of function expressions", () => {
  test("in generated programs are all found", () => {
    fc.assert(
      fc.property(program, (source) => {
        expect(missedIn(source)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    "acorn/dist/acorn.mjs",
    "fast-check/lib/fast-check.js",
    ...readdirSync(new URL(chunks, packages)).flatMap((file) => (file.endsWith(".js") ? [chunks + file] : [])),
  ])("in %s are all found", (file) => {
    const source = readFileSync(new URL(file, packages), "utf8");
    expect(missedIn(source)).toEqual([]);
  });

  test.each([
    ["const f = // why;\n function c() {}", "c"],
    ["return /* { */ function /* name: */ c() {}", "c"],
    ["x ? async function* c() {} : 0", "c"],
    ["f(a,\n  // first\n  // second\n  function c() {})", "c"],
    ["new function $ü() {}", "$ü"],
    ["a = b\n/** it\n * does */\nfunction c() {}", undefined],
    ["{ function c() {} }", undefined],
    ["/** it does */\nexport default function c() {}\n// done\nasync function d() {}", undefined],
    ["a.function = 1; function c() {}", undefined],
  ])("%j", (source, name) => {
    expect([...expressionNames(source)]).toEqual(name === undefined ? [] : [name]);
  });
});
