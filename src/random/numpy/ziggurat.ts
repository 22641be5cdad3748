/**
 * The ziggurat's layers (Marsaglia and Tsang 2000, as in numpy's ziggurat_constants.h): layer `i` has the width of `widths[i]`
 * units, lies at height `heights[i]`, and a number of units below `limits[i]` is inside the density without further test.
 */

import { doublesFromBase64 } from "../base64.ts";
import { exponentialDifferences, exponentialWidths, normalDifferences, normalWidths } from "./zigguratTables.ts";

export interface Layers {
  readonly widths: Float64Array<ArrayBuffer>;
  readonly limits: Float64Array<ArrayBuffer>;
  readonly heights: Float64Array<ArrayBuffer>;
}

/** The limits of the two lowest layers, which do not follow from neighbours, and the unit's inverse. */
interface Shape {
  readonly units: number;
  readonly limits: readonly [number, number];
  density(x: number): number;
}

/** `limits` are packed as a letter each: what numpy's differ, by rounding, from the quotient of neighbouring widths. */
function unpack(packedWidths: string, differences: string, shape: Shape): Layers {
  const widths = doublesFromBase64(packedWidths);
  const limits = widths.map((width, i) => Math.floor(((widths[i - 1] ?? 0) / width) * shape.units) + differences.charCodeAt(i) - 79);
  limits.set(shape.limits);
  // Heights meet `Math.exp` in every comparison, so its last bit matters as little here as there.
  const heights = widths.map((width, i) => (i === 0 ? 1 : shape.density(width * shape.units)));
  return { widths, limits, heights };
}

let [normal, exponential]: [Layers | undefined, Layers | undefined] = [undefined, undefined];

export function normalLayers(): Layers {
  normal ??= unpack(normalWidths, normalDifferences, {
    units: 2 ** 52,
    limits: [0x000ef33d8025ef6a, 0],
    density: (x) => Math.exp(-0.5 * x * x),
  });
  return normal;
}

export function exponentialLayers(): Layers {
  exponential ??= unpack(exponentialWidths, exponentialDifferences, {
    units: 2 ** 53,
    limits: [0x001c5214272497c6, 0],
    density: (x) => Math.exp(-x),
  });
  return exponential;
}
