/** Time, and results that are checked outside it. */

/** Milliseconds that `body` takes, and what it gives. */
export async function clocked(body) {
  const start = performance.now();
  const result = await body();
  return { ms: performance.now() - start, result };
}

export function check(holds, what) {
  if (!holds) throw new Error(`wrong result: ${what}`);
}
