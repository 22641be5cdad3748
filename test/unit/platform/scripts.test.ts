/** Scripts by V8's ids: where a function stands. */

import { expect, test } from "vitest";
import { lookAt } from "../../../src/platform/inspector.ts";
import { scriptUrl } from "../../../src/platform/packages.ts";
import { urlOfScript } from "../../../src/platform/scripts.ts";

const urlOf = (fn: object): string => scriptUrl(urlOfScript(lookAt(fn).scriptId ?? ""));

test("the script of a function that stands where the question is asked", () => {
  expect(urlOf(() => 1)).toBe(import.meta.url);
});

test("the script of a function of another module, none of which is on the stack", () => {
  expect(urlOf(urlOfScript)).toBe(new URL("../../../src/platform/scripts.ts", import.meta.url).href);
});

test("a script without a name", () => {
  expect(urlOfScript(lookAt(new Function("return 1")).scriptId ?? "")).toBe("");
});

test("a script that is not there", () => {
  expect(urlOfScript("987654321")).toBe("");
});
