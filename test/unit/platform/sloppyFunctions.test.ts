import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { isLegacyProperty, isSloppy } from "../../../src/platform/sloppyFunctions.ts";

const evaluate = (text: string): Function => new Function(`return (${text})`)() as Function; // what `Function` makes is sloppy
const own = { caller: { value: null }, arguments: { value: null } };

test.each(["function () {}", "function named(a, { b } = {}, ...c) {}", "function () { return arguments }"])("%s is sloppy", (text) => {
  expect(isSloppy(evaluate(text))).toBe(true);
});

test.each(["function () { 'use strict' }", "(() => { 'use strict'; return function () {} })()"])("%s is not", (text) => {
  expect(isSloppy(evaluate(text))).toBe(false);
  expect(isSloppy(Object.freeze(Object.defineProperties(evaluate(text), own)))).toBe(false);
});

test("a function that is running, and one of another realm, are told like others", () => {
  const run = evaluate("function run(ask) { return ask(run) }");
  expect([run(isSloppy), isSloppy(runInNewContext("(function () {})") as Function)]).toEqual([true, true]);
  expect(isSloppy(runInNewContext("(function () { 'use strict' })") as Function)).toBe(false);
});

test("only what V8 gives is a legacy property", () => {
  const [sloppy, strict] = [evaluate("function () {}"), Object.defineProperties(evaluate("function () { 'use strict' }"), own)];
  for (const key of ["caller", "arguments"]) {
    expect(isLegacyProperty(sloppy, key)).toBe(Object.hasOwn(sloppy, key));
    expect(isLegacyProperty(strict, key)).toBe(false);
  }
  expect(isLegacyProperty(sloppy, "prototype")).toBe(false);
});
