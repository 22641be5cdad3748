/** What every process has already is named, not sent. */

import * as fs from "node:fs";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { followIntrinsic, intrinsicPath } from "../../../src/codec/intrinsics.ts";

const named: Readonly<Record<string, object | undefined>> = {
  Array,
  "Object.prototype": Object.prototype,
  "Array.prototype.slice": Array.prototype.slice,
  "Map.prototype": Map.prototype,
  "Map.prototype.get size": Object.getOwnPropertyDescriptor(Map.prototype, "size")?.get,
  "Math.max": Math.max,
  "%TypedArray%": Object.getPrototypeOf(Uint8Array) as object,
  "%AsyncFunction%.prototype": Object.getPrototypeOf(async () => undefined) as object,
  "Array.prototype.values": [][Symbol.iterator],
  globalThis,
  process,
  "process.env": process.env,
  "node:fs.readFileSync": fs.readFileSync,
  crypto: Reflect.get(globalThis, "crypto") as object,
};

describe("intrinsics", () => {
  it.each(Object.keys(named))("%s is found by a path that leads back to it", (path) => {
    const found = intrinsicPath(named[path] ?? {});
    expect(found?.join(".")).toBe(path);
    expect(followIntrinsic(found ?? [""]) === named[path]).toBe(true);
  });

  it("things of another realm have the names of this one's", () => {
    const context = createContext({});
    const [max, proto, tag] = runInContext("[Math.max, Array.prototype, (class {}).constructor]", context) as readonly object[];
    expect([max, proto, tag].map((one) => intrinsicPath(one ?? {})?.join("."))).toEqual(["Math.max", "Array.prototype", "Function"]);
  });

  it("what users put on objects of the language or the process is theirs", () => {
    const mine = { secret: 1 };
    const method = (): number => 1;
    Object.assign(process, { mine });
    Object.assign(Array, { method });
    try {
      expect([intrinsicPath(mine), intrinsicPath(method), intrinsicPath({})]).toEqual([undefined, undefined, undefined]);
    } finally {
      Reflect.deleteProperty(process, "mine");
      Reflect.deleteProperty(Array, "method");
    }
  });

  it("a path that leads nowhere says so", () => {
    expect(() => followIntrinsic(["Math", "nothing"])).toThrow(/Math\.nothing does not exist in this version of Node/);
  });
});
