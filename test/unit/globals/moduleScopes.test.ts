import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { getterExports } from "../../../src/globals/getterExports.ts";
import { scopeReference } from "../../../src/globals/moduleScopes.ts";
import { openScope } from "../../../src/globals/openScope.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "futureplan-scopes-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
/** A CommonJS file that offers `probe` besides what its text exports: the things to look for, by name, which no search may lead through. */
function load(text: string): { readonly url: string; readonly probe: Readonly<Record<string, WeakKey>> } {
  files += 1;
  const file = join(folder, `file${files}.cjs`);
  writeFileSync(file, text);
  let probe: Readonly<Record<string, WeakKey>> = {};
  Reflect.set(globalThis, "offer", (given: typeof probe) => void (probe = given));
  createRequire(import.meta.url)(file);
  return { url: pathToFileURL(file).href, probe };
}

const offered: readonly (readonly [title: string, text: string])[] = [
  ["a variable that an exported function uses", `class X {} exports.make = () => new X(); offer({ x: X });`],
  ["a variable that only an inner function uses", `class X {} const inner = () => X; exports.f = () => inner(); offer({ x: X });`],
  ["a variable of a factory", `exports.f = (() => { class X {} return () => new X(); })(); offer({ x: exports.f().constructor });`],
  ["the class of an exported instance", `exports.one = new (class X { m() {} })(); offer({ x: exports.one.constructor });`],
  ["the prototype of an exported instance", `const p = { m() {} }; exports.one = Object.create(p); offer({ x: p });`],
  ["the class of an instance in a variable", `const one = new (class X {})(); exports.f = () => one; offer({ x: one.constructor });`],
  ["a replaced prototype", `function X() {} X.prototype = { m() {} }; exports.f = () => X; offer({ x: X.prototype });`],
  [
    "a variable behind one that may be another at any time",
    `let last; const X = class {}; exports.f = () => last; exports.g = () => X; exports.set = (v) => { last = v; }; exports.set(X); offer({ x: X });`,
  ],
  ["a variable that is given its class later in the file", `let X; exports.f = () => X; X = class {}; offer({ x: X });`],
  ["a variable written by a static block", `let X; (class { static { X = this; } }); exports.f = () => X; offer({ x: X });`],
  ["a symbol in a variable", `const s = Symbol("s"); exports.f = (o) => o[s]; offer({ x: s });`],
  ["an exported symbol", `exports.s = Symbol("s"); offer({ x: exports.s });`],
  ["behind a getter", `class X {} Object.defineProperty(exports, "X", { enumerable: true, get: () => X }); offer({ x: X });`],
  ["a static member", `class X {} exports.Y = class Y { static of() { return new X(); } }; offer({ x: X });`],
  ["a method of an exported object", `class X {} exports.deep = { er: { make() { return new X(); } } }; offer({ x: X });`],
];

const nowhere: readonly (readonly [title: string, text: string])[] = [
  ["a class that only a Map holds", `const m = new Map([["x", class X {}]]); exports.f = () => m; offer({ x: m.get("x") });`],
  ["a class made by each call", `exports.f = () => class X {}; offer({ x: exports.f() });`],
  [
    "what a function was called for last",
    `let last; exports.make = (n) => { class X { n() { return n; } } last = X; return X; }; exports.f = () => last; offer({ x: exports.make(1) });`,
  ],
  [
    "what a function writes by a pattern",
    `var last = null; exports.make = () => { [last] = [class X {}]; return last; }; exports.f = () => last; offer({ x: exports.make() });`,
  ],
  [
    "a prototype that was met last",
    `let last; exports.make = (p) => { last = Object.create(p); }; exports.f = () => last; const p = { m() {} }; exports.make(p); offer({ x: p });`,
  ],
  ["a symbol of one instance", `exports.f = () => ({ [Symbol("x")]: 1 }); offer({ x: Symbol("x") });`],
];

describe("the scopes of a module", () => {
  it.each(offered)("hold %s, which is the same by its place", async (_, text) => {
    const { url, probe } = load(text);
    const special = scopeReference(probe["x"] ?? {}, url);
    expect(special?.[0]).toBe("scope");
    expect(await openScope(structuredClone(special) ?? [])).toBe(probe["x"]);
  });

  it.each(nowhere)("do not hold %s", (_, text) => {
    const { url, probe } = load(text);
    expect(scopeReference(probe["x"] ?? {}, url)).toBeUndefined();
    expect(scopeReference(probe["x"] ?? {}, url)).toBeUndefined();
  });

  it.each([5, 6])("are refused where a hash differs", async (part) => {
    const { url, probe } = load(`class X {} exports.make = () => new X(); offer({ x: X });`);
    const [tag, specifier, parent, place] = structuredClone(scopeReference(probe["x"] ?? {}, url)) as [string, string, string, string[]];
    await expect(openScope([tag, specifier, parent, place.with(part, "another")])).rejects.toThrow(
      /^the class X of file:.* is not the same here.*the same version of the package/,
    );
  });

  it("are looked at again when an export has got its value since", () => {
    const { url, probe } = load(`class X {} offer({ x: X, set: () => (exports.X = X) });`);
    const { set } = probe as unknown as { set(): void };
    expect(scopeReference(class {}, url)).toBeUndefined();
    set();
    expect(scopeReference(probe["x"] ?? {}, url)?.[0]).toBe("scope");
  });
});

describe("exports behind getters", () => {
  it("are read without running them", () => {
    const value = class {};
    const exports = {
      get arrow() {
        return expect.fail("it ran");
      },
    };
    Object.defineProperty(exports, "plain", { enumerable: true, get: () => value });
    Object.defineProperty(exports, "old", {
      enumerable: true,
      get: function () {
        return value;
      },
    });
    expect(getterExports(exports)).toEqual([
      ["plain", value],
      ["old", value],
    ]);
  });
});
