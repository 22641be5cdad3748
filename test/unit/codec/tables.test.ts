/** Rows of one shape travel as columns; nobody can tell it afterwards. */

import { describe, expect, it } from "vitest";
import { decodeAtHome, snapshotValue } from "../../../src/globals/snapshot.ts";
import { roundTrip } from "../globals/roundTrip.ts";
import { count, encode, newLinker, tags, travel } from "./travel.ts";

const querystring = process.getBuiltinModule("node:querystring");
const makeRows = (length = 20): { id: number; name: string }[] => count(length).map((id) => ({ id, name: `row ${id}` }));

describe("tables", () => {
  it("travel as columns, numbers as flat memory", () => {
    const rows = makeRows(300);
    const names = rows.map(({ name }) => name);
    const { specials } = encode(rows).body;
    expect(specials?.[0]).toEqual(["rows", ["id", "name"], [1, [names]], 300]);
    expect(specials?.[1]?.[0]).toBe("numbers");
    expect(travel(rows)).toStrictEqual(rows);
  });

  it("within tables are tables", () => {
    const rows = count(20).map((id) => ({ id, at: { x: id / 3, y: -0 } }));
    expect(tags(rows)).toEqual(["rows", "rows"]);
    expect(travel(rows)).toStrictEqual(rows);
  });

  it("within tables are no end to what can be nested", () => {
    let rows: unknown[] = makeRows(16);
    for (let depth = 0; depth < 5000; depth += 1) rows = rows.map((inner) => ({ inner }));
    let there = travel(rows);
    expect(there).toHaveLength(16);
    for (let depth = 0; depth < 5000; depth += 1) there = there.map((row) => (row as { inner: unknown }).inner);
    expect(there).toStrictEqual(makeRows(16));
  });

  it("leave out what the receiver has already", () => {
    const rows: object[] = count(20).map(() => ({ ...querystring }));
    rows[9] = querystring;
    expect(travel(rows)[9]).toBe(querystring);
  });

  it("keep texts unharmed", () => {
    const texts = ["", "\ud800", "\udc00\ud800", "naïve 日本語 🧬", "a\0b", "\u2028", '"', "x".repeat(100_000)];
    const rows = count(24).map((id) => ({ text: texts[id % texts.length], "key \ud800": texts[(id + 1) % texts.length], __proto__x: id }));
    expect(tags(rows)).toEqual(["rows"]);
    expect(travel(rows)).toStrictEqual(rows);
  });

  it("take a key that usually sets the prototype as the key that it is", () => {
    const rows = count(20).map((id) => JSON.parse(`{"id":${id},"__proto__":{"deep":${id}}}`) as Record<string, unknown>);
    const there = travel(rows);
    expect(there.every((row) => Object.getPrototypeOf(row) === Object.prototype)).toBe(true);
    expect(there.map((row) => Object.getOwnPropertyDescriptor(row, "__proto__")?.value as unknown)).toEqual(
      count(20).map((deep) => ({ deep })),
    );
  });

  it("have the same rows as everything else that refers to them", () => {
    const rows = makeRows();
    const early = rows[3];
    const there = travel({ rows, again: rows[5], set: new Set([rows[7], rows[5]]), picked: [rows[9], rows[9]] });
    expect(tags({ rows, again: rows[5] })).toEqual(["rows", "row"]);
    expect(there.again).toBe(there.rows[5]);
    expect([...there.set]).toEqual([there.rows[7], there.rows[5]]);
    expect([...there.set][0]).toBe(there.rows[7]);
    expect(there.picked[0]).toBe(there.rows[9]);
    const other = travel({ early, rows });
    expect(tags({ early, rows })).toEqual([]);
    expect(other.early).toBe(other.rows[3]);
  });

  it("may hold themselves, their rows and each other's rows", () => {
    const rows = makeRows() as (Record<string, unknown> & { id: number })[];
    for (const row of rows) Object.assign(row, { table: rows, next: rows[(row.id + 1) % rows.length], me: row });
    const others = rows.map((row) => ({ of: row }));
    const [there, beside] = travel([rows, others] as const);
    expect(tags(rows)).toContain("rows");
    expect(there.every((row, index) => row["table"] === there && row["me"] === row && row["next"] === there[(index + 1) % 20])).toBe(true);
    expect(beside.every(({ of }, index) => of === there[index])).toBe(true);
    expect(there.map((row) => Object.keys(row).join())).toEqual(rows.map((row) => Object.keys(row).join()));
  });

  it("hold what needs more than structured clone", () => {
    const rows = count(20).map((id) => ({ when: new Date(id), what: Symbol.for(`symbol ${id}`), error: new RangeError(`no ${id}`), id }));
    const there = travel(rows);
    expect(tags(rows)[0]).toBe("rows");
    expect(there).toEqual(rows);
    expect(there[4]?.error).toBeInstanceOf(RangeError);
    expect(Object.keys(there[4] ?? {})).toEqual(["when", "what", "error", "id"]);
  });

  it.each<readonly [string, (rows: Record<PropertyKey, unknown>[]) => unknown]>([
    ["a key more", (rows) => Object.assign(rows[9] ?? {}, { extra: 1 })],
    ["a key less", (rows) => Reflect.deleteProperty(rows[9] ?? {}, "name")],
    ["another order", (rows) => (rows[9] = { name: "x", id: 1 })],
    ["a symbol", (rows) => Object.assign(rows[9] ?? {}, { [Symbol.for("registered")]: 1 })],
    ["a hidden key", (rows) => Object.defineProperty(rows[9] ?? {}, "hidden", { value: 1 })],
    ["a read-only value", (rows) => Object.defineProperty(rows[9] ?? {}, "id", { writable: false })],
    ["no prototype", (rows) => (rows[9] = Object.assign(Object.create(null) as object, { id: 1, name: "x" }))],
    ["a frozen row", (rows) => Object.freeze(rows[9])],
    ["the same row again", (rows) => (rows[9] = rows[4] ?? {})],
    ["something else in between", (rows) => (rows[9] = [] as never)],
    ["an empty place", (rows) => Reflect.deleteProperty(rows, 9)],
  ])("with %s are no tables", (_, spoil) => {
    const rows: Record<PropertyKey, unknown>[] = makeRows();
    spoil(rows);
    expect(tags(rows)).not.toContain("rows");
    const there = travel(rows);
    expect(there.map((row) => Object.getOwnPropertyDescriptors(row))).toEqual(rows.map((row) => Object.getOwnPropertyDescriptors(row)));
    expect(there.map((row) => there.indexOf(row))).toEqual(rows.map((row) => rows.indexOf(row)));
  });

  it("run neither getters nor traps nor toJSON", async () => {
    let runs = 0;
    const getter = makeRows();
    Object.defineProperty(getter[19] ?? {}, "name", { get: () => (runs += 1), enumerable: true, configurable: true });
    await newLinker().encode(getter);
    const trap = (): never => {
      throw new Error(`trap ${(runs += 1)}`);
    };
    for (const at of [0, 9, 19]) {
      const rows = makeRows();
      rows[at] = new Proxy(
        { id: at, name: "" },
        {
          get: trap,
          ownKeys: trap,
          getPrototypeOf: trap,
          getOwnPropertyDescriptor: trap,
          has: trap,
        },
      ) as never;
      expect(() => encode(rows)).toThrow(`value → [${at}]: a Proxy cannot leave this process`);
    }
    expect(tags(count(20).map((id) => ({ id, toJSON: "text" })))).toEqual(["rows"]);
    expect(runs).toBe(0);
  });

  it("name what cannot travel by row and key", () => {
    const rows = count(20).map((id) => ({ id, cache: id === 12 ? new WeakRef({}) : undefined, deep: { id } }));
    expect(() => encode({ rows })).toThrow("value → rows → [12] → cache: a WeakRef cannot leave this process");
  });

  it("are no tables where the rows are the prototypes of functions, or arguments", () => {
    const prototypes = count(20).map((id) => Object.assign(class {}, { id }));
    const owners = prototypes.map(({ id }) => {
      const owner = function (): void {};
      owner.prototype = { constructor: owner, id };
      return owner;
    });
    const rows = owners.map((owner) => owner.prototype as { constructor: { prototype: unknown } });
    const { body, needs } = snapshotValue(rows, "value");
    const there = decodeAtHome(body, needs) as typeof rows;
    expect(there.every((row) => row.constructor.prototype === row)).toBe(true);
    // Only in sloppy mode nothing of theirs is fixed.
    const take = new Function("return arguments") as (...items: unknown[]) => object;
    const given = count(20).map((id) => {
      const list = take(id, "x");
      for (const key of ["length", "callee", Symbol.iterator]) Reflect.deleteProperty(list, key);
      return list;
    });
    expect(given.map((list) => Reflect.ownKeys(list).join())).toEqual(given.map(() => "0,1"));
    expect(travel(given).map((each) => Object.prototype.toString.call(each))).toEqual(given.map(() => "[object Arguments]"));
  });
});

describe("tables with functions and classes", () => {
  const five = 5;
  class Id {
    readonly #id: number;
    constructor(id: number) {
      this.#id = id;
    }
    get id(): number {
      return this.#id;
    }
    static [Symbol.for("futureplan.encode")]({ id }: Id): unknown {
      return { id };
    }
    static [Symbol.for("futureplan.decode")]({ id }: { id: number }): Id {
      return new Id(id);
    }
  }

  it("methods have their rows as `this`", async () => {
    const rows = count(20).map((id) => ({
      id,
      times(): number {
        return this.id * five;
      },
    }));
    expect(await roundTrip(() => rows.map((row) => row.times()), [])).toEqual(count(20).map((id) => id * five));
  });

  it("instances whose class encodes them stand in their rows before anything asks for them", async () => {
    const rows = count(20).map((id) => ({ id: new Id(id), plain: id }));
    class Sum {
      readonly total: number;
      constructor(total: number) {
        this.total = total;
      }
      static [Symbol.for("futureplan.encode")](): unknown {
        return rows;
      }
      static [Symbol.for("futureplan.decode")](given: typeof rows): Sum {
        return new Sum(given.reduce((total, { id }) => total + id.id, 0));
      }
    }
    const sum = new Sum(0);
    expect(await roundTrip(() => [sum.total, rows[7]?.id.id, Object.keys(rows[7] ?? {})], [])).toEqual([190, 7, ["id", "plain"]]);
  });

  it("a function in a table is the one beside it", async () => {
    const make = (): number => five;
    const rows = count(20).map((id) => ({ id, make }));
    expect(await roundTrip((table: typeof rows, fn: typeof make) => table.every((row) => row.make === fn), [rows, make])).toBe(true);
  });
});

it("what was encoded stays as it was when the original changes", () => {
  const value = { rows: makeRows(), numbers: count(400) };
  const { body, needs } = snapshotValue(value, "value");
  const [first] = value.rows;
  if (first !== undefined) first.id = 99;
  value.rows.pop();
  value.numbers[0] = 99;
  const there = decodeAtHome(structuredClone(body), needs) as typeof value;
  expect([there.rows[0]?.id, there.rows.length, there.numbers[0]]).toEqual([0, 20, 0]);
});
