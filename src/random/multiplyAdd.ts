/**
 * The fused multiply-add of processors, which JavaScript lacks: logarithms of glibc, and so the tails of R and numpy, differ
 * in the last bit with and without it.
 */

const splitter = 2 ** 27 + 1;

/** a · b + c, rounded once (Dekker 1971, Numerische Mathematik 18, 224-242), for numbers far from overflow and underflow. */
export function multiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const aHigh = splitter * a - (splitter * a - a);
  const bHigh = splitter * b - (splitter * b - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  const productRest = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const shift = sum - product;
  return sum + (product - (sum - shift) + (c - shift) + productRest);
}
