/** Imports and exports of modules. */

import { expect, test } from "vitest";
import { analyseScript, type ScriptFacts } from "../../../../src/globals/analysis/analyseScript.ts";

function factsOf(source: string): ScriptFacts {
  const facts = analyseScript(source, "module");
  if (facts === undefined) throw new Error(`does not parse: ${source}`);
  return facts;
}

test("imports are listed with their local names", () => {
  const { imports } = factsOf(`
    import d, { a, b as c, "x y" as e } from "./m.js";
    import * as ns from "n";
    import data from "./data.json" with { type: "json" };
    import "./effect.js";
  `);
  expect(imports).toEqual([
    { local: "d", specifier: "./m.js", imported: "default", attributes: undefined },
    { local: "a", specifier: "./m.js", imported: "a", attributes: undefined },
    { local: "c", specifier: "./m.js", imported: "b", attributes: undefined },
    { local: "e", specifier: "./m.js", imported: "x y", attributes: undefined },
    { local: "ns", specifier: "n", imported: "*", attributes: undefined },
    { local: "data", specifier: "./data.json", imported: "default", attributes: { type: "json" } },
  ]);
});

test("exports map to local names", () => {
  const { exports } = factsOf(`
    export const { a, b: [c = 1], ...r } = {};
    export function f() {}
    export class K {}
    let x; export { x as y, x as "z z" };
    export default function g() {}
  `);
  const same = ["a", "c", "r", "f", "K"].map((name) => [name, name]);
  expect([...exports]).toEqual([...same, ["y", "x"], ["z z", "x"], ["default", "g"]]);
});

test.each(["export default 1;", "export default () => 1;", "export default function () {}", "export default class {}"])(
  "%s has no local name",
  (source) => {
    expect(factsOf(source).exports.get("default")).toBe("*default*");
  },
);

test("re-exports are listed apart", () => {
  const { reExports, exports } = factsOf(`export * from "a"; export * as ns from "b"; export { x, default as y } from "c";`);
  expect(exports.size).toBe(0);
  expect(reExports).toEqual([
    { exported: "*", specifier: "a", imported: "*", attributes: undefined },
    { exported: "ns", specifier: "b", imported: "*", attributes: undefined },
    { exported: "x", specifier: "c", imported: "x", attributes: undefined },
    { exported: "y", specifier: "c", imported: "default", attributes: undefined },
  ]);
});
