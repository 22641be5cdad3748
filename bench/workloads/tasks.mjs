/** The work itself: every peer runs exactly these functions in its workers. */

/** About 1 ms of integer work on the machine this was written on; the same count for every peer. */
export const spinPerMs = 915_000;

export const noop = () => {};

export function spin(n) {
  let x = 1;
  for (let i = 0; i < n; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  return x >>> 0;
}

export const spinMany = (ns) => ns.map(spin);

/** `push` keeps the array packed; `new Array(n)` and `xs.map()` make it holey, which V8 serializes about three times slower. */
export function mapArray(xs) {
  const out = [];
  for (let i = 0; i < xs.length; i++) out.push(xs[i] * xs[i] + 1);
  return out;
}

export function mapF64(xs) {
  for (let i = 0; i < xs.length; i++) xs[i] = xs[i] * xs[i] + 1;
  return xs;
}

export function mapShared(xs, out, from, to) {
  for (let i = from; i < to; i++) out[i] = xs[i] * xs[i] + 1;
}

export function mean(xs) {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += xs[i];
  return sum / xs.length;
}

let dataOfWorker;

/** A peer's worker file hands over what `open({ data })` was given. */
export const setData = (data) => {
  dataOfWorker = data;
};
export const meanOfData = () => mean(dataOfWorker);

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** By name. */
export const tasks = { noop, spin, spinMany, mapArray, mapF64, mapShared, mean, setData, meanOfData, sleep };
