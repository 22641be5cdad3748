/**
 * The logarithm as glibc computes it since 2.28 (sysdeps/ieee754/dbl-64/e_log.c, from ARM's optimized-routines), on processors
 * with fused multiply-add: `Math.log` differs in the last bit three times in a hundred, and R's `qnorm` comes from glibc.
 */

import { doublesFromBase64 } from "../base64.ts";
import { multiplyAdd } from "../multiplyAdd.ts";
import { inverses } from "./logTable.ts";

const ln2High = 0x162e42fefa3800 * 2 ** -53;
const ln2Low = 0x1ef35793c76730 * 2 ** -97;
const [a0, a1, a2, a3, a4] = [
  -0x10000000000001 * 2 ** -53,
  0x1555555551305b * 2 ** -54,
  -0x1fffffffeb4590 * 2 ** -55,
  0x1999b324f10111 * 2 ** -55,
  -0x155575e506c89f * 2 ** -55,
];

/** Inverses of 128 centres between 11/16 and 11/8, and their negative logarithms. */
let table: { readonly inverses: Float64Array<ArrayBuffer>; readonly logs: Float64Array<ArrayBuffer> } | undefined;

function makeTable(): NonNullable<typeof table> {
  const values = doublesFromBase64(inverses);
  return { inverses: values, logs: values.map((inverse) => Math.round(-Math.log(inverse) * 2 ** 43) / 2 ** 43) };
}

const view = new DataView(new ArrayBuffer(8));

/** For 0 < x < 0.9. */
export function log(x: number): number {
  const { inverses: centres, logs } = (table ??= makeTable());
  view.setFloat64(0, x);
  const upper = view.getInt32(0);
  const offset = (upper - 0x3fe60000) | 0;
  const exponent = offset >> 20;
  view.setInt32(0, upper - (exponent << 20));
  const index = (offset >> 13) & 127;
  const r = multiplyAdd(view.getFloat64(0), centres[index] ?? 0, -1);
  const w = exponent * ln2High + (logs[index] ?? 0);
  const high = w + r;
  const r2 = r * r;
  const low = multiplyAdd(r2, a0, w - high + r + exponent * ln2Low);
  return multiplyAdd(a1 + r * a2 + r2 * (a3 + r * a4), r * r2, low) + high;
}
