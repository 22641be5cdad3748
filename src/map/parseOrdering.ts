/** The order in which elements are processed, from the option `ordering`: a permutation of the indices. */

/** `undefined`: not a permutation of 0 … length - 1. */
export function parseOrdering(ordering: Ordering, length: number): Int32Array | "input" | undefined {
  if (ordering === "input") return "input";
  if (ordering === "random") return shuffled(length);
  const order = Int32Array.from(ordering);
  return isPermutation(ordering, length) ? order : undefined;
}

/** `"input"`, `"random"`, or every index once. */
export type Ordering = "input" | "random" | readonly number[];

function isPermutation(ordering: readonly number[], length: number): boolean {
  if (ordering.length !== length) return false;
  const seen = new Uint8Array(length);
  return ordering.every((index) => seen[index] === 0 && (seen[index] = 1) === 1);
}

/** Fisher and Yates; the order of processing shows nowhere in the results, so nobody's random numbers are used up. */
function shuffled(length: number): Int32Array {
  const order = Int32Array.from({ length }, (_, index) => index);
  const chance = new Uint32Array(1);
  for (let last = length - 1; last > 0; last--) {
    const [word = 0] = crypto.getRandomValues(chance);
    const other = Math.floor((word / 2 ** 32) * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
