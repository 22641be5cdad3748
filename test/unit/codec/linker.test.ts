/** The codec without capture: what a worker sends, and what its receiver makes of it. */

import { describe, expect, it } from "vitest";
import type { Encoded } from "../../../src/codec/Encoded.ts";
import { NotPortable } from "../../../src/errors/errors.ts";
import { encode as encodeResult, newLinker, travel } from "./travel.ts";

function encode(value: unknown): Encoded {
  return encodeResult(value).body;
}

describe("linker", () => {
  it("primitives travel as they are, without specials", () => {
    for (const value of [undefined, null, -0, NaN, "x", 5n, true]) expect(encode(value)).toEqual({ root: value });
  });

  it("plain data has no specials", () => {
    const value = { a: [1, { b: "x" }], m: new Map([["k", new Set([1])]]) };
    expect(encode(value).specials).toBeUndefined();
    expect(travel(value)).toEqual(value);
  });

  it("a local symbol is one symbol in all messages of a thread", () => {
    const symbol = Symbol("s");
    expect([travel(symbol), travel({ [symbol]: 1 })[symbol]]).toEqual([symbol, 1]);
  });

  it("a small view does not ship the large buffer behind it", () => {
    const view = new Uint8Array(new ArrayBuffer(1_000_000), 500_000, 8).fill(7);
    const there = travel(view);
    expect([there.length, there[0], there.buffer.byteLength]).toEqual([8, 7, 8]);
  });

  it("a slice of Node's pool travels without the pool", () => {
    const slice = Buffer.from("hello").subarray(1, 3);
    const there = travel(slice);
    expect([Buffer.isBuffer(there), there.toString(), there.buffer.byteLength < 64]).toEqual([true, "el", true]);
  });

  it("views of one buffer stay linked", () => {
    const buffer = new ArrayBuffer(16);
    const { bytes, floats } = travel({ bytes: new Uint8Array(buffer), floats: new Float64Array(buffer, 8) });
    floats[0] = 1;
    expect(bytes[15]).toBe(63);
  });

  it("long arrays are told from arrays with holes, names or accessors", () => {
    const plain = Array.from({ length: 2000 }, (_, index) => index);
    const named = Object.assign(plain.slice(), { label: "x" });
    const holey = plain.slice();
    Reflect.deleteProperty(holey, 5);
    expect(encode(plain).specials?.map(([tag]) => tag)).toEqual(["numbers"]);
    expect([travel(named).label, 5 in travel(holey), travel(holey).length]).toEqual(["x", false, 2000]);
  });

  it("getters are not run, but need a function to be taken apart", async () => {
    let runs = 0;
    const odd = Object.defineProperty(
      Array.from({ length: 2000 }, () => 0),
      7,
      { get: () => (runs += 1) },
    );
    await expect(newLinker().encode([odd])).rejects.toThrow("not needed");
    expect(runs).toBe(0);
  });

  it("lists deeper than the call stack travel, whatever they are made of", () => {
    let list: unknown = null;
    for (let depth = 0; depth < 30_000; depth += 1)
      list = depth % 3 === 0 ? [list] : depth % 3 === 1 ? { list } : new Map([["list", list]]);
    let depth = 0;
    for (let at = travel(list); at !== null; depth += 1)
      at = Array.isArray(at) ? at[0] : at instanceof Map ? at.get("list") : Reflect.get(at as object, "list");
    expect(depth).toBe(30_000);
  });

  it("instances of classes that the receiver does not know are for the capture engine", async () => {
    class Here {
      x = 1;
    }
    await expect(newLinker().encode(new Here())).rejects.toThrow("not needed");
    await expect(newLinker().encode([new (class extends Map {})()])).rejects.toThrow("not needed");
    await expect(newLinker().encode(new (class extends Error {})())).rejects.toThrow("not needed");
  });

  it("errors keep what is their own, at any depth of causes", () => {
    const error = Object.assign(new TypeError("outer", { cause: new RangeError("inner", { cause: { code: 1 } }) }), {
      code: "E",
      [Symbol.for("s")]: 2,
    });
    const there = travel(error);
    expect(there).toBeInstanceOf(TypeError);
    expect(there.cause).toBeInstanceOf(RangeError);
    expect([there.stack, there.code, there[Symbol.for("s")], (there.cause as Error).cause]).toEqual([error.stack, "E", 2, { code: 1 }]);
  });

  it.each<readonly [string, unknown, RegExp]>([
    ["a WeakRef", { cache: new WeakRef({}) }, /^value → cache: a WeakRef cannot leave this process/],
    ["a timer", { timer: setTimeout(() => undefined, 0) }, /^value → timer: a Timeout cannot leave/],
    ["a proxy", [new Proxy({}, {})], /^value → \[0\]: a Proxy/],
    ["an iterator", [[1].values()], /^value → \[0\]: an iterator/],
  ])("%s is refused by its path", (_, value, message) => {
    expect(() => encode(value)).toThrow(NotPortable);
    expect(() => encode(value)).toThrow(message);
  });

  it("a message that names a special which is not there is refused", () => {
    expect(() => newLinker().decode({ root: undefined, specials: [["plain", {}]], fixups: [undefined, "root", 4] })).toThrow(
      /special 4 of 1/,
    );
    expect(() => newLinker().decode({ root: undefined, specials: [["nonsense"]] })).toThrow(/unknown special nonsense/);
  });
});
