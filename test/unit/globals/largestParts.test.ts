/** The message about too much names what is really large. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GlobalsTooLarge } from "../../../src/errors/errors.ts";
import { snapshot } from "../../../src/globals/snapshot.ts";

/** What the refusal of `fn` lists. */
function listed(fn: Function, args: readonly unknown[] = []): readonly string[] {
  try {
    snapshot(fn, args, { globals: true, maxGlobalsSize: 100_000, label: undefined });
  } catch (error) {
    if (!(error instanceof GlobalsTooLarge)) throw error;
    const [, list = ""] = /the largest: (.*?)\. Capture less/.exec(error.message) ?? [];
    return list.split(/ \([^)]*\)(?:, )?/).filter((name) => name !== "");
  }
  return expect.fail("it was not refused");
}

const big = (): Float64Array => new Float64Array(100_000);
const filled = (length: number): object[] => Array.from({ length }, (_, id) => ({ id, text: `row ${id}`, [`own ${id}`]: id }));

class Model {
  name = "m";
  data = big();
  reader(): () => string {
    return () => this.name;
  }
}

describe("GlobalsTooLarge", () => {
  test("names the field of this", () => {
    expect(listed(new Model().reader())).toEqual(["this.data"]);
  });

  test("names properties, elements and entries below a variable, as one would write them", () => {
    const cfg = { tables: [{}, { rows: filled(20_000) }], "odd name": 1 };
    expect(listed(() => cfg["odd name"])).toEqual(["cfg.tables[1].rows"]);
    const odd = new Map([["secret key", { "odd name": { [Symbol.for("s")]: "x".repeat(1_000_000) } }]]);
    expect(listed(() => odd.size)).toEqual(['odd[0]["odd name"][Symbol(s)]']);
  });

  test("names several where several are large, the largest first", () => {
    const state = { a: new Uint8Array(600_000), b: { c: new Uint8Array(900_000), small: 1 }, d: "text" };
    const other = new Set([new Uint8Array(800_000)]);
    expect(listed(() => [state.d, other.size])).toEqual(["state.b.c", "other[0]", "state.a"]);
  });

  test("names a list of many things of alike size as a whole", () => {
    const holder = { rows: filled(5000), n: 1 };
    expect(listed(() => holder.n)).toEqual(["holder.rows"]);
  });

  test("names what a function below captured, by the way to it, and nothing twice", () => {
    const table = { rows: filled(5000) };
    const inner = (): number => table.rows.length;
    const outer = (): number => inner() + table.rows.length;
    expect(listed(() => outer())).toEqual([expect.stringMatching(/^outer → (inner → )?table\.rows$/)]);
  });

  test("names arguments", () => {
    expect(listed((given: { rows: object[] }) => given.rows.length, [1, { rows: filled(5000) }])).toEqual(["argument 2.rows"]);
  });

  test("runs no code of the value's, and ends in circles and long lists", () => {
    const traps: string[] = [];
    const cycle: { self?: unknown; data: Float64Array; readonly bad: never } = {
      data: big(),
      get bad(): never {
        traps.push("getter");
        throw new Error("ran");
      },
    };
    cycle.self = cycle;
    expect(listed(() => cycle)).toEqual(["cycle.data"]);
    let chain: object = {};
    for (let at = 0; at < 20_000; at++) chain = { chain };
    expect(listed(() => chain)[0]).toMatch(/^chain\.chain/);
    expect(traps).toEqual([]);
  });

  test("finds the one large thing wherever it is", () => {
    const step = fc.oneof(fc.constantFrom("a", "b2", "$c"), fc.nat(3));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let root: unknown = big();
        for (const key of steps.toReversed()) {
          if (typeof key === "string") root = { before: [1, "x"], [key]: root, after: { n: 1 } };
          else root = Array.from({ length: 5 }, (_, at) => (at === key ? root : { at }));
        }
        const name = `root${steps.map((key) => (typeof key === "string" ? `.${key}` : `[${key}]`)).join("")}`;
        expect(listed(() => root)).toEqual([name]);
      }),
      { numRuns: 60 },
    );
  });
});
