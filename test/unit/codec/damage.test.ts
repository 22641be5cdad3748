/** Encoded values that no encoder made: each is refused as `ProtocolMismatch` at once, and nothing of this process is touched. */

import { describe, expect, it } from "vitest";
import type { Encoded, Special } from "../../../src/codec/Encoded.ts";
import { ProtocolMismatch } from "../../../src/errors/errors.ts";
import { decodeAtHome } from "../../../src/globals/snapshot.ts";

const objectPrototype: Special = ["intrinsic", ["Object", "prototype"]];
const properties = ["polluted", 7, true, undefined];
const longList: unknown[] = [1];
longList.length = 0xffff_ffff;
const buffer = new ArrayBuffer(8);

function body(...specials: readonly Special[]): Encoded {
  return { root: undefined, specials, fixups: [undefined, "root", specials.length - 1] };
}

describe("a damaged value", () => {
  it.each<[string, Encoded]>([
    ["gives properties to an intrinsic", body(objectPrototype, ["with", 0, "usual", properties, "frozen"])],
    ["makes an error of an intrinsic", body(objectPrototype, ["error", 0, "", "usual", properties, "frozen"])],
    ["boxes an intrinsic", body(objectPrototype, ["boxed", 0], ["with", 1, "usual", properties, "open"])],
    ["is made by a constructor that runs code", body(["new", "Function", "globalThis.polluted = true"])],
    ["is a view by a constructor that is none of a view", body(["view", "Function", buffer, 1, 0])],
    ["is a view of no memory", body(["view", "Uint8Array", 4_000_000_000, undefined, 0])],
    ["is a view of a length that is a list", body(["view", "Uint8Array", buffer, longList, 0])],
    ["claims four thousand million rows", body(["rows", ["a"], [[[1]]], 0xffff_ffff])],
    ["claims rows without columns", body(["rows", [], [], 0xffff_ffff])],
    ["claims entries that are not there", body(["collection", "Map", longList, "usual", [], "open"])],
    ["claims properties that are not there", body(["object", "usual", longList, "open"])],
    ["claims arguments that are not there", body(["arguments", longList])],
    ["claims collections that are not there", { ...body(["date", 1]), fills: longList }],
    ["refers to itself", body(["promisify", 0])],
    ["refers to what is not there", body(["prototype", 7])],
    ["binds what is no function", body(["date", 1], ["bound", 0, [1], []])],
    ["puts a part under a key that is a list", { ...body(["date", 1]), fixups: [undefined, longList, 0] }],
    ["puts a part whose number is a list", { ...body(["date", 1]), fixups: [undefined, "root", longList] }],
    ["puts a part into a number", { ...body(["date", 1]), fixups: [5, "root", 0] }],
    ["has a path that is a list of lists", body(["intrinsic", [longList]])],
    ["has a date that is a list", body(["date", longList])],
    ["uses code that was not sent", body(["function", "nobody", []])],
    ["uses a constant that was not sent", body(["constant", "nobody"])],
    ["gives private fields to an intrinsic", body(objectPrototype, ["private", 0, []])],
    ["has private fields of nothing", body(["private", undefined, [], "usual", [], "open"])],
    [
      "has private fields of what is no class",
      body(["intrinsic", ["Math", "max"]], ["private", undefined, [0, [], undefined], "usual", [], "open"]),
    ],
    ["claims private fields that are not there", body(["private", undefined, longList, "usual", [], "open"])],
    ["imports something without a name", body(["import", longList, 5, []])],
  ])("that %s is refused", (_, encoded) => {
    expect(() => decodeAtHome(encoded, [])).toThrow(ProtocolMismatch);
    expect(Object.hasOwn(Object.prototype, "polluted") || "polluted" in globalThis || Object.isFrozen(Object.prototype)).toBe(false);
  });

  it("whose code does not compile is refused", () => {
    const unit = { type: "unit", id: "damaged", source: "(", url: "file:///x.js", line: 0, column: 0 } as const;
    const definition = { ...unit, touchesGlobals: false, imports: false, contained: true };
    expect(() => decodeAtHome(body(["function", "damaged", []]), [definition])).toThrow(ProtocolMismatch);
  });

  it("is told from one that uses what this Node does not have", () => {
    expect(() => decodeAtHome(body(["intrinsic", ["Math", "later"]]), [])).toThrow(/does not exist in this version of Node/);
    expect(() => decodeAtHome(body(["intrinsic", ["Math", "later"]]), [])).not.toThrow(ProtocolMismatch);
  });

  it("is told from one whose class throws when it is rebuilt", () => {
    class Fussy {
      static [Symbol.for("futureplan.decode")](): never {
        throw new RangeError("not today");
      }
    }
    const source = `() => [() => (${String(Fussy)}), () => undefined]`;
    const unit = { type: "unit", id: "fussy", source, url: "file:///x.js", line: 0, column: 0 } as const;
    const definition = { ...unit, touchesGlobals: false, imports: false, contained: true };
    const encoded = { ...body(["function", "fussy", []], ["custom", 0, [1]]), late: [1] };
    expect(() => decodeAtHome(encoded, [definition])).toThrow(RangeError);
  });
});
