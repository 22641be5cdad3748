/** Medians, and two measurements in turn so that drift of the machine hits both. */

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs the functions in turn, `rounds` times, after one warm-up; each gives a number. Medians by name. */
export async function inTurn(rounds, measurements) {
  const values = new Map(Object.keys(measurements).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, measure] of Object.entries(measurements)) {
      const value = await measure();
      if (round >= 0) values.get(name).push(value);
    }
  }
  return Object.fromEntries([...values].map(([name, list]) => [name, median(list)]));
}

/** Milliseconds that `body` takes. */
export async function timed(body) {
  const start = performance.now();
  await body();
  return performance.now() - start;
}
