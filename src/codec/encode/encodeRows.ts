/**
 * Tables: lists of plain objects with the same keys. Their values travel as columns, which are cloned several times as fast;
 * each row is still the one object that it was.
 */

import { keysOf, prototypeOf, types } from "../reflection.ts";
import { encodeColumn, type PlaceOf } from "./encodeList.ts";
import type { Encoder } from "./Encoder.ts";
import { ordinaryValues } from "./encodeProperties.ts";
import { isObjectPrototype } from "./objects.ts";

/** Fewer gain nothing, nor do fewer than they have keys; measured by `bench/codec.mjs`. */
const fewest = 16;

/** `["rows", keys, columns, number of rows]`; `undefined`: no table. */
export function encodeRows(encoder: Encoder, source: object | undefined, rows: readonly unknown[], placeOf: PlaceOf): number | undefined {
  const keys = rows.length < fewest || encoder.isDeep ? undefined : keysIn(rows);
  const columns = keys && columnsOf(encoder, rows, keys);
  if (keys === undefined || columns === undefined) return undefined;
  const refs: unknown[] = [];
  const index = encoder.table(["rows", keys, refs, rows.length], source, rows as readonly object[]); // looked at just now
  if (index === undefined) return undefined;
  encoder.walk(() => {
    keys.forEach((name, at) => {
      encoder.bytes += 8 + name.length;
      refs.push(encodeColumn(encoder, columns[at] ?? [], (row) => [{ up: placeOf(row)[0], name }, rows[row] as object])); // as above
    });
  });
  return index;
}

/** Those of the first row, if it and the last look like rows of a table. */
function keysIn(rows: readonly unknown[]): readonly string[] | undefined {
  const [first] = rows;
  if (!isRow(first)) return undefined;
  const keys = Object.keys(first);
  return keys.length === 0 || rows.length < keys.length || keys.some((key) => unfit.test(key)) || !hasKeys(rows.at(-1), keys)
    ? undefined
    : keys;
}

/** `undefined`: some row is more than its values, or known by another name. */
function columnsOf(encoder: Encoder, rows: readonly unknown[], keys: readonly string[]): unknown[][] | undefined {
  const columns = keys.map((): unknown[] => []);
  for (const row of rows) {
    if (!hasKeys(row, keys) || encoder.knows(row) || encoder.hooks.reference(row) !== undefined) return undefined;
    const values = ordinaryValues(row, keys);
    if (values === undefined) return undefined;
    for (let at = 0; at < keys.length; at += 1) columns[at]?.push(values[at]);
  }
  return columns;
}

/** Assignment in the given order would not make the same object. */
const unfit = /^(\d+|__proto__|constructor)$/;

function isRow(row: unknown): row is object {
  return typeof row === "object" && row !== null && !types.isProxy(row) && !Array.isArray(row);
}

/** Whether it is a plain object with these keys, in this order. */
function hasKeys(row: unknown, keys: readonly string[]): row is object {
  if (!isRow(row)) return false;
  const prototype = prototypeOf(row) as object | null;
  if (prototype === null || !isObjectPrototype(prototype)) return false;
  const own = keysOf(row);
  return own.length === keys.length && own.every((key, at) => key === keys[at]);
}
