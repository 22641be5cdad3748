/** Rows from columns. */

import { assertWhole } from "./damage.ts";
import type { Decoder } from "./Decoder.ts";

/** So many rows are made at once: columns and rows are in the processor's cache then. */
const block = 256;

/** Assigning it would give the rows another prototype; the encoder makes no table of rows that have it. */
const unfit = "__proto__";

/** What is patched into a column later is patched into its rows, too. */
export function decodeRows(decoder: Decoder, keys: readonly string[], columns: readonly unknown[], count: number): object[] {
  if (keys.includes(unfit)) throw new TypeError(`a table has a column ${unfit}`);
  const lists = columns.map((column) => decoder.ref(column) as readonly unknown[]);
  assertWhole(lists.length > 0 && lists.every((list) => list.length === count), `a table claims ${count} rows`);
  const model: Record<string, unknown> = {};
  keys.forEach((key, at) => (model[key] = lists[at]?.[0]));
  const rows: Record<string, unknown>[] = [];
  while (rows.length < count) {
    const start = rows.length;
    for (const end = Math.min(start + block, count); rows.length < end;) rows.push({ ...model });
    keys.forEach((key, at) => put(rows, start, key, lists[at] ?? []));
  }
  keys.forEach((key, at) => decoder.mirror(lists[at] ?? [], rows, key));
  return rows;
}

function put(rows: Record<string, unknown>[], start: number, key: string, list: readonly unknown[]): void {
  for (let at = start; at < rows.length; at += 1) {
    const row = rows[at];
    if (row !== undefined) row[key] = list[at];
  }
}
