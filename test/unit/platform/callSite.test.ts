import { describe, expect, test } from "vitest";
import { captureCallSite, fileOf, placeOf, type CallSite } from "../../../src/platform/callSite.ts";
import { isLibraryFrame } from "../../../src/platform/libraryFrames.ts";
import { resolveModule } from "../../../src/platform/resolveModule.ts";

function inner(above: Function): CallSite {
  return captureCallSite(above);
}

function outer(): CallSite {
  return inner(outer);
}

describe("a call site", () => {
  test("is the line that called the given function, whatever lies between", () => {
    const site = outer();
    expect(placeOf(site)).toMatch(/^file:.*callSite\.test\.ts:\d+:\d+$/);
  });

  test("names the file without line and column", () => {
    expect(fileOf("file:///a/b.ts:12:5")).toBe("file:///a/b.ts");
  });

  test("leaves the limit of stacks as it was", () => {
    const before = Error.stackTraceLimit;
    outer();
    expect(Error.stackTraceLimit).toBe(before);
  });

  test.each([
    ["Error\n    at main (file:///a/b.ts:1:2)", "file:///a/b.ts:1:2"],
    ["Error\n    at file:///a/b.ts:1:2", "file:///a/b.ts:1:2"],
    ["Error\n    at async file:///a/b.ts:1:2", "file:///a/b.ts:1:2"],
    ["Error\n    at Object.<anonymous> (/a/b c.cjs:1:2)", "file:///a/b%20c.cjs:1:2"],
    ["Error\n    at <anonymous>", undefined],
    ["Error", undefined],
  ])("%j is read as %s", (stack, place) => {
    expect(placeOf({ stack })).toBe(place);
  });
});

describe("frames and files", () => {
  test("frames of the library's sources are its own, those of tests are not", () => {
    expect(isLibraryFrame(`    at f (${new URL("../../../src/core/Run.ts", import.meta.url).href}:1:2)`)).toBe(true);
    expect(isLibraryFrame(`    at f (${new URL("../../../src/core/Run.ts", import.meta.url).pathname}:1:2)`)).toBe(true);
    expect(isLibraryFrame(`    at f (${import.meta.url}:1:2)`)).toBe(false);
  });

  test("modules are named relative to the file that names them", () => {
    expect(resolveModule("./db.js", "file:///a/b.ts")).toBe("file:///a/db.js");
    expect(resolveModule("file:///x.js", "file:///a/b.ts")).toBe("file:///x.js");
    expect(resolveModule("/x y.js", undefined)).toBe("file:///x%20y.js");
    expect(resolveModule("./db.js", "REPL1")).toBe(new URL("db.js", `file://${process.cwd()}/`).href);
  });
});
