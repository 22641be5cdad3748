/** What a capture decides and tells: refusals, constants, dependencies, and what becomes of classes made elsewhere. */

import { describe, expect, it } from "vitest";
import { GlobalsNotFound } from "../../../src/errors/errors.ts";
import { snapshot } from "../../../src/globals/snapshot.ts";
import * as changing from "./support/changing.ts";
import { roundTrip } from "./roundTrip.ts";

const request = { globals: true, maxGlobalsSize: 1e9, label: undefined } as const;
const five = 5;

describe("a capture", () => {
  it("refusals name the path with its keys, but no value and no key that is data", () => {
    const handler = (
      (cfg) => () =>
        cfg
    )({ db: { pool: [1, new Map([["token-3f9k", new WeakRef({})]])] } });
    const take = (): unknown => snapshot(() => handler(), [], request);
    expect(take).toThrow(/handler → cfg → db → pool → \[1\] → \[0\]: a WeakRef/);
    expect(take).not.toThrow(/3f9/);
  });

  it("a variable in its dead zone is no silent undefined", () => {
    const early = (): unknown => late;
    const take = (): unknown => snapshot(early, [], request);
    expect(take).toThrow(GlobalsNotFound);
    expect(take).toThrow(/variable late .* before it is initialised/);
    const late = undefined;
    expect(take).not.toThrow();
  });

  it("a constant that was given a property is sent anew", () => {
    const f = (): number => five;
    const take = (): unknown => snapshot(f, [], request).payload.body.specials?.[0]?.[0];
    expect([take(), take(), take()]).toEqual(["function", "constant", "constant"]);
    Object.assign(f, { extra: 1 });
    expect(take()).toBe("function");
  });

  it("an import that may change is no constant", () => {
    const f = (): number => changing.count;
    const take = (): unknown => snapshot(f, [], request).payload.body.specials?.[0]?.[0];
    expect([take(), take(), take()]).toEqual(["function", "function", "function"]);
  });

  it("closures of one literal are captured each with the variables of its own scope, as they are at that moment", () => {
    const made = [1, 2].map((start) => {
      let count = start;
      return { read: () => count, add: () => void (count += 10) };
    });
    const take = (): unknown => made.map(({ read }) => snapshot(read, [], request).payload.body.specials?.[0]?.[2]);
    const before = take();
    made[0]?.add();
    expect([before, take()]).toEqual([
      [[1], [2]],
      [[11], [2]],
    ]);
  });

  it("functions of one literal keep the names that they were given", async () => {
    const make = (name: string): (() => number) => Object.defineProperty(() => five, "name", { value: name, configurable: true });
    const [one, other, again] = [make("one"), make("other"), make("one")];
    expect(await roundTrip(() => [one, other, again].map((fn) => fn?.name), [])).toEqual(["one", "other", "one"]);
  });

  it("home keeps track of a future's own function only where that may come back", async () => {
    const idOf = (fn: (given: unknown) => unknown, args: readonly unknown[]): unknown =>
      snapshot(fn, args, request).payload.body.specials?.[0]?.[3];
    const plain = (given: unknown): unknown => [given, five];
    const other = (given: unknown): unknown => [given, five];
    const own = (): unknown => own;
    const named = function it(): unknown {
      return it;
    };
    expect(idOf(plain, [1])).toBeUndefined();
    expect([idOf(other, [other]), idOf(own, []), idOf(named, [])].map((id) => typeof id)).toEqual(["string", "string", "string"]);
    expect(await roundTrip(plain, [plain])).toEqual([plain, five]);
    expect(await roundTrip(own, [])).toBe(own);
    expect(await roundTrip(named, [])).toBe(named);
  });

  it("an instance of a class that home never had comes home with its class, and so does its error", async () => {
    const back = await roundTrip(() => {
      class Inner {
        x = 1;
        hidden = Object.freeze({ y: 2 });
      }
      class InnerError extends RangeError {
        code = 3;
      }
      return { inner: new Inner(), error: new InnerError("there") };
    }, []);
    expect(back.inner.constructor.name).toBe("Inner");
    expect({ ...back.inner }).toEqual({ x: 1, hidden: { y: 2 } });
    expect(back.error).toBeInstanceOf(RangeError);
    expect([back.error.constructor.name, back.error.message, back.error.code]).toEqual(["InnerError", "there", 3]);
  });

  it("what a function made elsewhere captured keeps its class", async () => {
    const read = await roundTrip(() => {
      class Inner {
        twice(): number {
          return 2;
        }
      }
      const inner = new Inner();
      return () => inner.twice();
    }, []);
    expect(read()).toBe(2);
  });

  it("an error of a class with private fields comes home as one of its class", async () => {
    class Coded extends Error {
      readonly #secret = 1;
      code = 4;
      get secret(): number {
        return this.#secret;
      }
    }
    const error = await roundTrip(() => new Coded("c"), []);
    expect(error).toBeInstanceOf(Coded);
    expect([error.code, error.message]).toEqual([4, "c"]);
  });

  it("promises and futures are handed out to be waited for, each once", () => {
    const promise = Promise.resolve(1);
    const { futures, payload } = snapshot((given: unknown) => [promise, given], [promise], request);
    expect(futures.map(({ value }) => value)).toEqual([promise]);
    expect(payload.body.specials?.filter(([tag]) => tag === "dependency")).toEqual([["dependency", 0, true]]);
  });

  it("what only threads can take is told with its path", () => {
    const { payload } = snapshot((shared: Int32Array) => shared[0], [new Int32Array(new SharedArrayBuffer(4))], request);
    expect(payload.local).toBe("argument 1: shared memory");
  });
});
