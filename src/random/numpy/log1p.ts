/**
 * log(1 + x) as glibc computes it (fdlibm's s_log1p.c, summed in glibc's order) on processors with fused multiply-add:
 * `Math.log1p` differs in the last bit once in a thousand, and numpy's tails come from glibc.
 */

import { multiplyAdd } from "../multiplyAdd.ts";

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
const [c1, c2, c3, c4, c5, c6, c7] = [
  6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1, 1.818357216161805012e-1,
  1.531383769920937332e-1, 1.479819860511658591e-1,
];

const view = new DataView(new ArrayBuffer(8));

/** For -1 < x <= 0, which is all that the tails ask for. */
export function log1p(x: number): number {
  if (x > -(2 ** -29)) return x > -(2 ** -54) ? x : x - x * x * 0.5;
  view.setFloat64(0, x);
  // The upper word of -0.2929, in which fdlibm compares.
  if (view.getUint32(0) <= 0xbfd2bec3) return series(x, 0, 0);
  const u = 1 + x;
  view.setFloat64(0, u);
  const upper = view.getUint32(0);
  const fraction = upper & 0xfffff;
  const isLow = fraction < 0x6a09e;
  view.setUint32(0, fraction | (isLow ? 0x3ff00000 : 0x3fe00000));
  const f = view.getFloat64(0) - 1;
  const k = (upper >> 20) - (isLow ? 1023 : 1022);
  const correction = (x - (u - 1)) / u;
  const isNearPower = isLow ? fraction === 0 : 0x100000 - fraction < 4;
  return isNearPower ? nearPower(f, k, correction) : series(f, k, correction);
}

/** log(1 + f) + k ln 2 + correction. */
function series(f: number, k: number, correction: number): number {
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const first = multiplyAdd(z, c1, z2 * multiplyAdd(z, c3, c2));
  const r = multiplyAdd(z2 * z4, multiplyAdd(z, c7, c6), multiplyAdd(z4, multiplyAdd(z, c5, c4), first));
  const rest = s * (half + r);
  if (k === 0) return f - (half - rest);
  return k * ln2High - (half - (multiplyAdd(k, ln2Low, correction) + rest) - f);
}

/** The same for |f| < 2^-20. */
function nearPower(f: number, k: number, correction: number): number {
  const low = multiplyAdd(k, ln2Low, correction);
  if (f === 0) return k * ln2High + low;
  const r = multiplyAdd(-0.66666666666666666, f, 1) * (0.5 * f * f);
  return k * ln2High - (r - low - f);
}
