/**
 * Which closures share which variables is found exactly: factories made at random, called several times, and what their closures do in a
 * future is what they do without one. `FUTUREPLAN_FUZZ_RUNS=10000` looks longer.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { roundTrip } from "../test/unit/globals/roundTrip.ts";
import "./seed.ts";

const numRuns = Number(process.env["FUTUREPLAN_FUZZ_RUNS"] ?? 40);

type Made = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** `%` is what is done with variables. */
const forms: readonly ((name: string, body: string) => string)[] = [
  (name, body) => `${name}: () => (${body})`,
  (name, body) => `${name}: (by = 1) => (${body}) + by`,
  (name, body) => `${name}: (a, by = 2, ...rest) => (${body}) + by + rest.length`,
  (name, body) => `${name}: ({ by = 3, c } = {}) => (${body}) + by`,
  (name, body) => `${name}: async ({ by = 3 } = {}, d = -1) => (${body}) + by + d`,
  (name, body) => `${name}: async () => (${body})`,
  (name, body) => `${name}: function () { return ${body}; }`,
  (name, body) => `${name}: function self() { return typeof self + (${body}); }`,
  (name, body) => `${name}() { return ${body}; }`,
  (name, body) => `*${name}() { yield ${body}; yield ${body}; }`,
  (name, body) => `async *${name}(by = 1) { yield ${body}; yield by; }`,
  (name, body) => `${name}: class { static run() { return ${body}; } }.run`,
  (name, body) =>
    `...(() => { const ${name} = new (class { t = 0; run = () => [++this.t, ${body}] })(); return { ${name}: () => ${name}.run() }; })()`,
];
const uses: readonly ((variable: string) => string)[] = [
  (variable) => `++${variable}`,
  (variable) => `(${variable} += 10)`,
  (variable) => variable,
  (variable) => variable,
  (variable) => `((${variable}) => ${variable} + 1)(${variable})`,
];

const body = fc.array(fc.tuple(fc.constantFrom(...uses), fc.nat(5)), { minLength: 1, maxLength: 3 }).map(
  (parts) =>
    (variables: readonly string[]): string =>
      parts.map(([use, at]) => use(variables[at % variables.length] ?? "")).join(" + "),
);
const functions = fc.array(fc.tuple(fc.constantFrom(...forms), body), { minLength: 1, maxLength: 5 });

/** A factory with variables of its own, perhaps with a loop and another factory within. */
const factory = fc
  .record({
    own: fc.array(fc.constantFrom("let", "var"), { minLength: 1, maxLength: 3 }),
    parameter: fc.constantFrom("p", "p = 7", "{ p = 7 } = {}", "...p"),
    functions,
    inner: fc.option(functions),
    loop: fc.option(functions),
  })
  .map(({ own, parameter, functions: list, inner, loop }) => {
    const names = own.map((_, at) => `v${at}`);
    const text = (some: typeof list, prefix: string, more: readonly string[]): string =>
      some.map(([form, make], at) => form(`${prefix}${at}`, make([...more, ...names]))).join(",\n");
    const nested =
      inner === null
        ? ""
        : `const inner = () => { let m = 0; return {\n${text(inner, "n", ["m"])} }; };
      Object.entries(inner()).forEach(([k, f]) => (made["x" + k] = f)); Object.entries(inner()).forEach(([k, f]) => (made["y" + k] = f));`;
    const looped =
      loop === null
        ? ""
        : `for (let i = 0; i < 3; i++) Object.entries({\n${text(loop, "l", ["i"])} }).forEach(([k, f]) => (made[k + "_" + i] = f));`;
    return `(${parameter}) => {
      ${own.map((kind, at) => `${kind} v${at} = ${at};`).join(" ")}
      const made = {\n${text(list, "f", ["p"])} };
      ${nested}
      ${looped}
      return made;
    }`;
  });

/** Calls closures in turn; what they give. */
async function play(instances: readonly Made[], calls: readonly (readonly [number, number])[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const [instance, at] of calls) {
    const made = instances[instance % instances.length] ?? {};
    const names = Object.keys(made);
    const given = await made[names[at % names.length] ?? ""]?.();
    const parts: unknown[] = [];
    if (typeof given === "object" && given !== null && "next" in given)
      for await (const part of given as unknown as AsyncIterable<unknown>) parts.push(part);
    results.push(parts.length > 0 ? parts : given);
  }
  return results;
}

test("closures share in a future what they share at home", { timeout: 600_000 }, async () => {
  const calls = fc.array(fc.tuple(fc.nat(3), fc.nat(30)), { minLength: 5, maxLength: 40 });
  const law = async (text: string, strict: boolean, count: number, order: readonly (readonly [number, number])[]): Promise<void> => {
    const make = new Function(`${strict ? '"use strict";' : ""} return ${text}`)() as () => Made;
    const instances = Array.from({ length: count }, make);
    const expected = await play(Array.from({ length: count }, make), order);
    expect(await roundTrip(() => play(instances, order), [])).toEqual(expected);
    expect(await roundTrip(() => play(instances, order), []), "the second time").toEqual(expected);
    expect(await play(instances, order), "home is as it was").toEqual(expected);
  };
  await fc.assert(fc.asyncProperty(factory, fc.boolean(), fc.integer({ min: 1, max: 4 }), calls, law), { numRuns });
});
