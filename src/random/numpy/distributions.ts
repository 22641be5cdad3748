/**
 * Uniform, normal and exponential numbers as numpy's `Generator` draws them (numpy/random/src/distributions/distributions.c).
 * Each is there twice: one draw, complete; and a fast loop that takes from the block what needs no second look.
 */

import { log1p } from "./log1p.ts";
import type { WordSource } from "./WordSource.ts";
import { exponentialLayers, normalLayers } from "./ziggurat.ts";

const normalTail = 3.6541528853610087963519472518;
const normalTailInverse = 0.27366123732975827203338247596;
const exponentialTail = 7.6971174701310497140446280481;

/** Puts draws into `out` from `start` on while it can; gives where it stopped. */
type Fast = (source: WordSource, out: Float64Array<ArrayBuffer>, start: number) => number;

function fill(source: WordSource, n: number, fast: Fast, one: (source: WordSource) => number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(n);
  for (let i = 0; i < n;) {
    i = fast(source, out, i);
    if (i < n) out[i++] = one(source);
  }
  return out;
}

const fastUniforms: Fast = (source, out, start) => {
  const { words, position, upperShift, upperScale, lowerShift } = source;
  const count = Math.min(out.length - start, (words.length - position) >> 1);
  for (let i = 0, word = position; i < count; i++, word += 2) {
    out[start + i] = (((words[word] ?? 0) >>> upperShift) * upperScale + ((words[word + 1] ?? 0) >>> lowerShift)) * 2 ** -53;
  }
  source.position += 2 * count;
  return start + count;
};

function drawUniform(source: WordSource): number {
  return source.nextDouble();
}

export function uniforms(source: WordSource, n: number): Float64Array<ArrayBuffer> {
  return fill(source, n, fastUniforms, drawUniform);
}

// The normal distribution. Of 64 bits, 8 choose the layer, 1 the sign and 52 the place in the layer.

const fastNormals: Fast = (source, out, start) => {
  const { widths, limits } = normalLayers();
  const { words, length } = { words: source.words, length: out.length };
  const last = words.length - 1;
  let [i, word] = [start, source.position];
  for (; i < length && word < last; i++, word += 2) {
    const lower = words[word + 1] ?? 0;
    const layer = lower & 255;
    const place = ((words[word] ?? 0) & 0x1fffffff) * 2 ** 23 + (lower >>> 9);
    if (place >= (limits[layer] ?? 0)) break;
    const x = place * (widths[layer] ?? 0);
    out[i] = (lower & 256) === 0 ? x : -x;
  }
  source.position = word;
  return i;
};

/** `random_standard_normal`. */
export function drawNormal(source: WordSource): number {
  const { widths, limits, heights } = normalLayers();
  for (;;) {
    source.step();
    const { upper, lower } = source;
    const layer = lower & 255;
    const place = (upper & 0x1fffffff) * 2 ** 23 + (lower >>> 9);
    const distance = place * (widths[layer] ?? 0);
    const x = (lower & 256) === 0 ? distance : -distance;
    if (place < (limits[layer] ?? 0)) return x;
    if (layer === 0) return (lower & 0x20000) === 0 ? drawNormalTail(source) : -drawNormalTail(source);
    const [above, below] = [heights[layer - 1] ?? 0, heights[layer] ?? 0];
    if ((above - below) * source.nextDouble() + below < Math.exp(-0.5 * x * x)) return x;
  }
}

/** Marsaglia's method for the tail (1964). */
function drawNormalTail(source: WordSource): number {
  for (;;) {
    const x = -normalTailInverse * log1p(-source.nextDouble());
    const y = -log1p(-source.nextDouble());
    if (y + y > x * x) return normalTail + x;
  }
}

export function normals(source: WordSource, n: number): Float64Array<ArrayBuffer> {
  return fill(source, n, fastNormals, drawNormal);
}

// The exponential distribution. The lowest 3 of 64 bits are left out, 8 choose the layer and 53 the place in it.

const fastExponentials: Fast = (source, out, start) => {
  const { widths, limits } = exponentialLayers();
  const { words, length } = { words: source.words, length: out.length };
  const last = words.length - 1;
  let [i, word] = [start, source.position];
  for (; i < length && word < last; i++, word += 2) {
    const lower = words[word + 1] ?? 0;
    const layer = (lower >>> 3) & 255;
    const place = (words[word] ?? 0) * 2 ** 21 + (lower >>> 11);
    if (place >= (limits[layer] ?? 0)) break;
    out[i] = place * (widths[layer] ?? 0);
  }
  source.position = word;
  return i;
};

/** `random_standard_exponential`. */
export function drawExponential(source: WordSource): number {
  const { widths, limits, heights } = exponentialLayers();
  for (;;) {
    source.step();
    const layer = (source.lower >>> 3) & 255;
    const place = (source.upper >>> 0) * 2 ** 21 + (source.lower >>> 11);
    const x = place * (widths[layer] ?? 0);
    if (place < (limits[layer] ?? 0)) return x;
    if (layer === 0) return exponentialTail - log1p(-source.nextDouble());
    const [above, below] = [heights[layer - 1] ?? 0, heights[layer] ?? 0];
    if ((above - below) * source.nextDouble() + below < Math.exp(-x)) return x;
  }
}

export function exponentials(source: WordSource, n: number): Float64Array<ArrayBuffer> {
  return fill(source, n, fastExponentials, drawExponential);
}
