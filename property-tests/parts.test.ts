/**
 * Objects of which only a part travels: whatever code does with one that holds something that cannot, it comes out as at home or is
 * refused with `NotPortable`, when the future is made or where the code touches what stayed. Nothing is ever `undefined` instead.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { NotPortable } from "../src/errors/errors.ts";
import { roundTrip } from "../test/unit/globals/roundTrip.ts";
import "./seed.ts";

const keys = ["a", "b", "c", "d"];

/** What code may do with a member or with all of the object. `$` is the object, `k` a key. */
const reads = [
  "$.k",
  "$?.k",
  "typeof $.k",
  '$["k"]',
  "(() => { const { k } = $; return typeof k; })()",
  "$.k === undefined",
  "$.k ?? 'none'",
  "$.read()",
  "$.list()",
];
const uses = [
  "(({ k }) => typeof k)($)",
  '("k" in $) && typeof $.k',
  'Reflect.has($, "k")',
  'Object.hasOwn($, "k") && typeof Reflect.get($, "k")',
  "$.all()",
  "$.half",
  "typeof { ...$ }.k",
  "Object.keys($).sort().join()",
  "Object.entries($).map(([name, value]) => name + typeof value).sort().join()",
  "JSON.stringify($, (name, value) => (value instanceof WeakRef ? 'ref' : value))?.length",
  "[$].map((one) => typeof one.k).join()",
  "Object.values($).length",
  "($.k = 5, typeof $.k)",
  "(delete $.k, typeof $.k)",
  "typeof structuredClone === 'function' && typeof Object.assign({}, $).k",
  "Object.getOwnPropertyNames($).length",
];

const program = fc.record({
  unportable: fc.subarray(keys, { minLength: 1, maxLength: 2 }),
  used: fc.array(
    fc.record({
      use: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...reads) }, { weight: 1, arbitrary: fc.constantFrom(...uses) }),
      key: fc.constantFrom(...keys, "missing"),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  holder: fc.constantFrom("variable", "variable", "this", "both"),
});

type Program = typeof program extends fc.Arbitrary<infer P> ? P : never;

/** Makes the object anew and gives a function that uses it. */
function build({ unportable, used, holder }: Program): () => unknown {
  const fields = keys.map((key, at) => `${key} = ${unportable.includes(key) ? "new WeakRef({})" : at};`).join(" ");
  const expression = used
    .map(({ use, key }) => use.replaceAll(/\bk\b/g, key))
    .map((text, at) => text.replaceAll("$", holder === "variable" || (holder === "both" && at % 2 === 0) ? "held" : "this"));
  const text = `class Held { ${fields} read() { return typeof this.a; } list() { return [this.b, this.c].map((v) => typeof v).join(); } all() { return Object.values(this).length; } get half() { return typeof this.d; } }
    const held = new Held(); return (function () { return () => [${expression.join(", ")}].map((v) => (typeof v === "object" ? "object" : v)); }).call(held);`;
  return new Function(text)() as () => unknown;
}

function attempt(fn: () => unknown): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: fn() };
  } catch (error) {
    return { error: (error as Error).name };
  }
}

test("what stayed at home is never seen as undefined", { timeout: 600_000 }, async () => {
  let partly = 0;
  await fc.assert(
    fc.asyncProperty(program, async (given) => {
      const expected = attempt(build(given));
      const actual = await roundTrip(build(given), []).then(
        (value) => ({ value }),
        (error: unknown) => (error instanceof NotPortable ? "refused" : { error: (error as Error).name }),
      );
      if (actual === "refused") return;
      partly += 1;
      expect(actual).toEqual(expected);
    }),
    { numRuns: Number(process.env["FUTUREPLAN_FUZZ_RUNS"] ?? 75) },
  );
  expect(partly).toBeGreaterThan(10);
});
