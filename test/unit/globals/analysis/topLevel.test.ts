/** What modules do to packages when they are loaded, as written and as compilers leave it. */

import { describe, expect, test } from "vitest";
import { topLevel } from "../../../../src/globals/analysis/topLevel.ts";

const effects = (source: string): readonly string[] | undefined => topLevel(source)?.effects;
const changes = (source: string): readonly string[] | undefined =>
  topLevel(source)?.changes.map(({ local, specifier, keys, start }) => `${specifier} ${[local, ...keys].join(".")} ${start}`);

describe("imports for their effects", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["of modules, in order", `import "a"; import b from "b"; import "c/d";`, ["a", "c/d"]],
    ["not with attributes", `import "a" with { type: "css" };`, []],
    ["not what only looks like one", `/* import "a"; */ const t = \`\nimport "b";\n\`; // import "c"\nimport("d");`, []],
    ["of CommonJS", `"use strict"; require("a"); const b = require("b"); if (b) require("c"); require(b);`, ["a"]],
    ["minified", `var x=1;import"a";import y from"y";y.z`, ["a"]],
    [
      "as vite leaves them",
      `'use strict';async (__vite_ssr_import__)=>{{const __vite_ssr_import_0__ = await __vite_ssr_import__("/@fs/a.js", {"importedNames":["x"]});
const __vite_ssr_import_1__ = await __vite_ssr_import__("/@fs/b.js");
const __vite_ssr_import_10__ = await __vite_ssr_import__("/@fs/c.js");
__vite_ssr_import_10__.use();
}}`,
      ["/@fs/b.js"],
    ],
    [
      "as tsx leaves CommonJS",
      `__filename="/a.cts";(()=>{\nvar __toESM=(m)=>m;var import_a=require("a");var import_b=__toESM(require("b"));import_b.default.set(1);\n})()`,
      ["a"],
    ],
  ])("%s", (_, source, expected) => expect(effects(source)).toEqual(expected));

  test("of what cannot be parsed nothing is known", () => expect(topLevel(`import type { A } from "a"; let x: A;`)).toBeUndefined());
});

describe("statements that change what was imported", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["a method that is called", `import a from "a"; a.set(1);`, ["a a.set 19"]],
    ["of a part", `import { a } from "a"; a.b.use(1); await a.init();`, ["a a.b.use 23", "a a.init 35"]],
    ["a property that is assigned", `import * as a from "a"; a.b.c = 1; a.d ??= 2; a["e"] = 3;`, ["a a.b.c 24", "a a.d 35", "a a. 46"]],
    [
      "of what was required",
      `const a = require("a"), { b, c: d } = require("b"); a.x(); b.y(); d.z();`,
      ["a a.x 52", "b b.y 59", "b d.z 66"],
    ],
    ["no initialiser, no new, no call of itself", `import a from "a"; const b = a.c(); new a.D(); a(1); const e = new a();`, []],
    [
      "not within functions, blocks or other calls",
      `import a from "a"; function f() { a.set(1); } if (f) a.set(2); f(a.set(3)); [() => a.set(4)];`,
      [],
    ],
    ["not what it made, nor chains", `import a from "a"; const b = a.create(); b.set(1); a.object().parse(1);`, []],
    [
      "not what only does something",
      `import _ from "a"; _.each([]); _.forEach([]); _.log(1); _.info(1); _.ensureDirSync("x"); _.sync();`,
      [],
    ],
    ["not what was not imported", `a.set(1); const b = {}; b.c = 1;`, []],
  ])("%s", (_, source, expected) => expect(changes(source)).toEqual(expected));
});
