/** Laws of the codec's flat forms: long lists of numbers and tables come back as they were, whatever traps are among them, and nothing is run. */

import { deserialize, serialize } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resultEncoder } from "../src/codec/encode/resultEncoder.ts";
import type { Encoded } from "../src/codec/Encoded.ts";
import { Linker } from "../src/codec/Linker.ts";
import { decodeAtHome, snapshotValue } from "../src/globals/snapshot.ts";
import { asCopy, carryBlocks } from "../src/backends/pool/carryBlocks.ts";
import { difference } from "./graphs/difference.ts";
import "./seed.ts";

const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-0, NaN, Infinity, -Infinity, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 5e-324));
const integers = fc.array(fc.integer(), { minLength: 190, maxLength: 500 });
const numbers = fc.array(number, { minLength: 190, maxLength: 500 });

const atom: fc.Arbitrary<unknown> = fc.oneof(
  number,
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "\ud800", "ä€𝒳", null, undefined, true, false, 10n ** 30n),
);
const columnKinds = {
  ints: fc.integer(),
  doubles: fc.double(),
  numbers: number,
  texts: fc.string({ unit: "binary" }),
  flags: fc.boolean(),
  atoms: atom,
  dates: fc.date({ noInvalidDate: false }),
  lists: fc.array(fc.integer(), { maxLength: 3 }),
  nested: fc.record({ a: atom }),
} as const;

const traps = [
  "none",
  "hole",
  "getter",
  "extra key",
  "other order",
  "row twice",
  "row refers to the list",
  "row refers to a row",
  "__proto__ key",
  "index key",
  "symbol key",
  "frozen row",
  "read-only value",
  "other prototype",
  "no row",
  "list has a name",
  "rows known before",
] as const;

type Row = Record<PropertyKey, unknown>;

const tables = fc
  .record({
    kinds: fc.uniqueArray(fc.constantFrom(...(Object.keys(columnKinds) as (keyof typeof columnKinds)[])), { minLength: 1, maxLength: 5 }),
    count: fc.integer({ min: 10, max: 60 }),
    trap: fc.constantFrom(...traps),
    at: fc.nat(59),
  })
  .chain(({ kinds, count, trap, at }) =>
    fc
      .array(fc.tuple(...kinds.map((kind) => columnKinds[kind] as fc.Arbitrary<unknown>)), { minLength: count, maxLength: count })
      .map((values) => ({ kinds, values, trap, at: at % count })),
  );

type Table = typeof tables extends fc.Arbitrary<infer T> ? T : never;

let ran = 0;

/** What each trap makes of the rows. */
const spoil: Readonly<Record<(typeof traps)[number], (rows: unknown[], at: number, key: string) => unknown>> = {
  none: (rows) => rows,
  hole: (rows, at) => (Reflect.deleteProperty(rows, at), rows),
  getter: (rows, at, key) => (Object.defineProperty(rows[at], key, { get: () => (ran += 1), enumerable: true, configurable: true }), rows),
  "extra key": (rows, at) => (Object.assign(rows[at] as Row, { extra: 1 }), rows),
  "other order": (rows, at) => rows.with(at, Object.fromEntries(Object.entries(rows[at] as Row).toReversed())),
  "row twice": (rows, at) => [...rows, rows[at]],
  "row refers to the list": (rows, at, key) => (Object.assign(rows[at] as Row, { [key]: rows }), rows),
  "row refers to a row": (rows, at, key) => (Object.assign(rows[at] as Row, { [key]: rows.at(-1) }), rows),
  "__proto__ key": (rows) => rows.map((row) => withProto(row as Row)),
  "index key": (rows) => rows.map((row) => Object.assign(row as Row, { 7: 1 })),
  "symbol key": (rows, at) => (Object.assign(rows[at] as Row, { [Symbol.iterator]: undefined }), rows),
  "frozen row": (rows, at) => (Object.freeze(rows[at]), rows),
  "read-only value": (rows, at, key) => (Object.defineProperty(rows[at], key, { writable: false }), rows),
  "other prototype": (rows, at) => (Object.setPrototypeOf(rows[at], null), rows),
  "no row": (rows, at) => rows.with(at, [1]),
  "list has a name": (rows) => Object.assign(rows, { label: "x" }),
  "rows known before": (rows, at) => ({ first: rows[at], rows, last: rows.at(-1), again: rows }),
};

function withProto(row: Row): Row {
  return Object.defineProperty(row, "__proto__", { value: 1, enumerable: true, configurable: true, writable: true });
}

/** The value, made anew each time. */
function build({ kinds, values, trap, at }: Table): unknown {
  const rows: unknown[] = values.map((list) => Object.fromEntries(kinds.map((kind, column) => [kind, list[column]])));
  return spoil[trap](rows, at, kinds[0] ?? "");
}

const channels: Readonly<Record<string, (message: object) => unknown>> = {
  structuredClone: (message) => structuredClone(message),
  v8: (message) => deserialize(serialize(message)) as unknown,
};

/** There and back: `undefined`, or where it is not the same. */
function lost(make: () => unknown, channel: (message: object) => unknown): string | undefined {
  const value = make();
  const payload = snapshotValue(value, "value");
  const sent = channel({ body: carryBlocks(payload.body, payload, asCopy), needs: payload.needs }) as { body: Encoded; needs: [] };
  const there = decodeAtHome(sent.body, sent.needs);
  const linker = new Linker({ results: () => resultEncoder, importLibrary: () => Promise.reject(new Error("not needed")) });
  const result = linker.encode(there);
  if (result instanceof Promise) throw new Error("no function was made");
  const { body, definitions } = channel(result) as typeof result;
  return difference(value, there) ?? difference(value, decodeAtHome(body, definitions));
}

describe.each(Object.entries(channels))("over %s", (_, channel) => {
  it("lists of numbers come back as they were, in one place or several", () => {
    fc.assert(
      fc.property(fc.oneof(numbers, integers), fc.boolean(), (list, twice) => {
        const make = (): unknown => (twice ? { list, again: list, matrix: [list, list.slice(1)] } : list);
        expect(lost(make, channel)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("tables come back as they were, whatever traps are among their rows", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const before = ran;
        if (table.trap === "getter") snapshotValue(build(table), "value");
        else expect(lost(() => build(table), channel)).toBeUndefined();
        expect(ran).toBe(before);
      }),
      { numRuns: 400 },
    );
  });
});

it("large lists are frozen: later writes are not seen", () => {
  const list = Array.from({ length: 20_000 }, (_, index) => index + 0.5);
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ index, half: index / 2 }));
  const payload = snapshotValue({ list, rows }, "value");
  list[3] = -1;
  if (rows[4] !== undefined) rows[4].half = -1;
  const body = structuredClone(carryBlocks(payload.body, payload, asCopy));
  const there = decodeAtHome(body, payload.needs) as { list: number[]; rows: { half: number }[] };
  expect([there.list[3], there.rows[4]?.half, there.list.length]).toEqual([3.5, 2, 20_000]);
});
