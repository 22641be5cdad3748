/**
 * Calls that are stopped at their entry: for generated parameter lists and bodies an arrow's `this` is found, or the analysis has said that it
 * cannot be; and nothing of the user's has run: no default, no computed key, no getter, no statement.
 */

import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyseFunction } from "../src/globals/analysis/analyseFunction.ts";
import { stoppable } from "../src/globals/stoppableOf.ts";
import { lexicalThis, questioning } from "../src/platform/probe.ts";
import "./seed.ts";

/** Everything that runs is counted: `run`, members of `this`, of `seen` and the global `trap`. */
const counted = [
  "run()",
  "run`a`",
  "new run()",
  "this.a",
  "this.a.b(1)",
  "seen.a",
  "trap",
  "`${seen.a}`",
  "[...seen.a]",
  "seen?.a?.b",
] as const;
const silent = [
  "1",
  "'a'",
  "-1",
  "null",
  "[]",
  "{}",
  "() => run()",
  "function () { run(); }",
  "class {}",
  "class extends run() {}",
  "/a/g",
] as const;
const expression: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...counted) },
  { weight: 3, arbitrary: fc.constantFrom(...silent) },
);

interface Names {
  next: number;
}

/** The text of a pattern; names are told apart when it is rendered. */
type Shape = (names: Names) => string;

const name: Shape = (names) => `p${(names.next += 1)}`;

const { pattern } = fc.letrec<{ pattern: Shape; target: Shape; object: Shape; array: Shape }>((tie) => ({
  target: fc.oneof(
    { weight: 4, arbitrary: tie("pattern") },
    {
      weight: 1,
      arbitrary: fc.tuple(tie("pattern"), expression).map(
        ([left, right]): Shape =>
          (names) =>
            `${left(names)} = ${right}`,
      ),
    },
  ),
  pattern: fc.oneof({ depthSize: "small", withCrossShrink: true }, fc.constant(name), tie("object"), tie("array")),
  object: fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom("a", "b", "length", "0", "1", "['b']", "[`c`]", "[`d`]", "[run()]"), tie("target")), {
        maxLength: 3,
      }),
      fc.boolean(),
    )
    .map(([members, rest]): Shape => (names) => {
      const parts = members.map(([key, target]) => `${key}: ${target(names)}`);
      return `{ ${[...parts, ...(rest ? [`...${name(names)}`] : [])].join(", ")} }`;
    }),
  array: fc
    .tuple(
      fc.array(fc.oneof(fc.constant((() => "") as Shape), tie("target")), { maxLength: 3 }),
      fc.option(tie("pattern"), { nil: undefined }),
    )
    .map(([elements, rest]): Shape => (names) => {
      const parts = elements.map((element) => `${element(names)},`);
      return `[${parts.join(" ")}${rest === undefined ? "" : ` ...${rest(names)}`}]`;
    }),
}));

const withDefault = fc.tuple(pattern, fc.option(expression, { nil: undefined })).map(
  ([left, right]): Shape =>
    (names) =>
      right === undefined ? left(names) : `${left(names)} = ${right}`,
);

const parameters: fc.Arbitrary<string> = fc
  .tuple(fc.array(withDefault, { maxLength: 4 }), fc.option(pattern, { nil: undefined }))
  .map(([plain, rest]) => {
    const names = { next: 0 };
    return [...plain.map((shape) => shape(names)), ...(rest === undefined ? [] : [`...${rest(names)}`])].join(", ");
  });

const value: fc.Arbitrary<string> = fc.oneof(
  expression.map((text) => (text.startsWith("{") || text.startsWith("function") || text.startsWith("class") ? `(${text})` : text)),
  fc
    .tuple(fc.constantFrom(...counted.slice(0, 8)), fc.constantFrom("*", "??", "&&", ","), fc.constantFrom(...counted.slice(0, 8)))
    .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
  fc.constantFrom(
    "this?.a(run())",
    "this.a.b(1).c(2) + 1",
    "[this.a.b(1)]",
    "({ a: run() })",
    "!this.a.b(1)",
    "(this.a.b = run())",
    "this.a ? run() : 1",
  ),
);

/** `_` is some expression, `§` makes names differ. */
const statements = [
  "_;",
  "return _;",
  "throw _;",
  "const v§ = _;",
  "const { v§ } = _;",
  "let u§, [v§ = run()] = _;",
  "var u§; var v§ = _;",
  "const { [run()]: v§ } = _;",
  "for (const v§ of [_]) run(v§);",
  "for (const { v§ } of _) run(v§);",
  "for (const v§ in _) run(v§);",
  "for (; _;) run();",
  "for (let v§ = _; ;) run();",
  "while (_) run();",
  "do { _; } while (run());",
  "if (_) run();",
  "if (true) { _; }",
  "switch (_) { case run(): }",
  "try { _; } finally { run(); }",
  "l§: { _; }",
  ";",
  "function g§() { run(); }",
  "class A§ { m() { run(); } }",
  "class A§ { static a = _; }",
  "class A§ extends (_) {}",
  "class A§ { [_]() {} }",
  "{ class A§ { static { run(); } } }",
] as const;

const body: fc.Arbitrary<string> = fc.oneof(
  value,
  fc
    .array(fc.tuple(fc.constantFrom(...statements), value), { maxLength: 3 })
    .map(
      (list) =>
        `{ ${list.map(([statement, text], at) => statement.replaceAll("§", String(at)).replaceAll("_", text)).join(" ")} return this; }`,
    ),
);

let runs: string[] = [];

function run(): object {
  runs.push("run");
  return watched;
}

const watched: object = new Proxy(function () {}, {
  get: (_, key) => (runs.push(`get ${String(key)}`), watched),
  set: (_, key) => (runs.push(`set ${String(key)}`), true),
  apply: run,
  construct: run,
});

function make(text: string, self: object): Function {
  const trap = "ǂtrap";
  Object.defineProperty(globalThis, trap, { get: run, configurable: true });
  return runInThisContext(`(function (run, seen) { return (${text.replaceAll(/\btrap\b/g, trap)}); })`).call(
    self,
    run,
    watched,
  ) as Function;
}

/** Whether `this` was found. */
export function isStoppedUnlessRefused(head: string, text: string): boolean {
  const self = new Proxy(Object.create(null) as object, {
    get: (_, key) => (runs.push(`this.${String(key)}`), watched),
    set: (_, key) => (runs.push(`this.${String(key)} =`), true),
  });
  const fn = make(`${head} => ${text}`, self);
  runs = [];
  const facts = analyseFunction(Function.prototype.toString.call(fn));
  const given = stoppable(fn, facts);
  // V8 keeps `this` for those that use it.
  if (given !== undefined) expect(questioning(() => lexicalThis(given))).toBe(facts.usesThis ? self : undefined);
  expect(runs).toEqual([]);
  return given !== undefined && facts.usesThis;
}

test("a call is stopped before anything of the user's runs, whatever its parameters and body are", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.constantFrom("", "async "), parameters, body, (prefix, head, text) => {
      if (isStoppedUnlessRefused(`${prefix}(${head})`, text)) found += 1;
    }),
    { numRuns: 500 },
  );
  expect(found).toBeGreaterThan(40);
});
