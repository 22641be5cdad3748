/** Long lists of numbers travel as flat memory; nobody can tell it afterwards. */

import { describe, expect, it } from "vitest";
import "../../../src/globals/snapshot.ts"; // takes functions apart
import { count, encode, newLinker, tags, travel } from "./travel.ts";

describe("long lists of numbers", () => {
  it.each<readonly [string, number[], string, number]>([
    ["integers of 32 bits", count(300), "Int32Array", 4],
    ["the smallest and the largest of them", [...count(300), -(2 ** 31), 2 ** 31 - 1], "Int32Array", 4],
    ["larger integers", [...count(300), 2 ** 31], "Float64Array", 8],
    ["fractions", count(300).map((each) => each / 7), "Float64Array", 8],
    ["a negative zero", [...count(300), -0, 1], "Float64Array", 8],
    ["what is no number and still one", [...count(2000), NaN, Infinity, -Infinity, 5e-324], "Float64Array", 8],
  ])("%s", (_, list, kind, size) => {
    const { specials = [] } = encode(list).body;
    expect(specials).toEqual([["numbers", kind, expect.any(ArrayBuffer), list.length, 0]]);
    expect(specials.map((special) => (special[2] as ArrayBuffer).byteLength)).toEqual([list.length * size]);
    expect(travel(list)).toStrictEqual(list);
    expect(travel({ list }).list.map((each) => Object.is(each, -0))).toEqual(list.map((each) => Object.is(each, -0)));
  });

  it("that are short stay what they are, for the short form of messages", () => {
    expect(encode(count(199)).body).toEqual({ root: count(199) });
  });

  it("are one list wherever they are referred to", () => {
    const list = count(500);
    const there = travel({ list, again: list, holder: new Map([["list", list]]) });
    expect(there.list).toBe(there.again);
    expect(there.holder.get("list")).toBe(there.list);
    there.list.push(1);
    expect(there.again).toHaveLength(501);
  });

  it("are handed over with their memory when they are large", () => {
    const { body, transfer } = encode({ large: count(20_000), small: count(300) });
    expect(transfer).toEqual([body.specials?.[0]?.[2]]);
  });

  it.each<readonly [string, unknown[]]>([
    ["a text at the end", [...count(2000), "end"]],
    ["an empty place", Object.assign(count(2000), { length: 2001 })],
    ["a name", Object.assign(count(2000), { label: "numbers" })],
    ["a read-only element", Object.defineProperty(count(500), 400, { writable: false })],
    ["a fixed length", Object.defineProperty(count(500), "length", { writable: false })],
    ["frozen ones", Object.freeze(count(500)) as number[]],
  ])("with %s are no such list", (_, list) => {
    expect(tags(list)).not.toContain("numbers");
    expect(Object.getOwnPropertyDescriptors(travel(list))).toStrictEqual(Object.getOwnPropertyDescriptors(list));
  });

  it.each([500, 5000])("a getter at the end of %i elements is not run", async (length) => {
    let runs = 0;
    const list = Object.defineProperty(count(length), length - 1, { get: () => (runs += 1) });
    await newLinker().encode(list);
    expect(runs).toBe(0);
  });

  it("a class put under the name `constructor` is not asked", async () => {
    let asked = 0;
    class Nosy {
      static [Symbol.hasInstance](): boolean {
        asked += 1;
        return true;
      }
    }
    await newLinker().encode(Object.assign(count(500), { constructor: Nosy }));
    expect(asked).toBe(0);
  });
});
