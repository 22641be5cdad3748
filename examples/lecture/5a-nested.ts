/** Scenario 5A: cross-validation, folds × methods: as one flattened loop, and nested, on the strata of the plan. */

import { futureMap, grid, nbrOfWorkers, shutdown } from "futureplan";
import { readFlights } from "../flights/readFlights.ts";

const { features, delays } = readFlights(200_000);
const y = Float64Array.from(delays);
const x = {
  mean: new Float64Array(y.length),
  distance: Float64Array.from(features, ([distance = 0]) => distance),
  time: Float64Array.from(features, ([, time = 0]) => time),
};
const methods = ["mean", "distance", "time"] as const;
const folds = Array.from({ length: 10 }, (_, fold) => fold);

/** Mean squared error, in a fold, of the mean or of a regression on one feature, fitted to the other folds. */
function score(fold: number, method: (typeof methods)[number]): number {
  const column = x[method];
  const isTest = (flight: number): boolean => flight % folds.length === fold;
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const [flight, value] of column.entries()) {
    if (isTest(flight)) continue;
    const delay = y[flight] ?? 0;
    n += 1;
    sx += value;
    sy += delay;
    sxx += value * value;
    sxy += value * delay;
  }
  const variance = n * sxx - sx * sx;
  const slope = variance === 0 ? 0 : (n * sxy - sx * sy) / variance;
  const intercept = (sy - slope * sx) / n;
  let squares = 0;
  for (const [flight, value] of column.entries()) if (isTest(flight)) squares += ((y[flight] ?? 0) - intercept - slope * value) ** 2;
  return squares / (column.length - n);
}

/** The values, and how long they took. */
async function timed<T>(body: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now();
  return [await body(), Math.round(performance.now() - started)];
}

await futureMap([1, 2], (n) => n, { scheduling: Infinity }); // workers start here, not in what is measured
const [flat, flatTime] = await timed(() => futureMap(grid({ fold: folds, method: methods }), ({ fold, method }) => score(fold, method)));
const [nested, nestedTime] = await timed(() => futureMap(folds, (fold) => futureMap(methods, (method) => score(fold, method))));

methods.forEach((method, at) => console.log(method, (nested.reduce((sum, row) => sum + (row[at] ?? 0), 0) / folds.length).toFixed(3)));
console.log(`${nbrOfWorkers()} workers: flattened ${flatTime} ms, nested ${nestedTime} ms, equal: ${flat.join() === nested.flat().join()}`);
await shutdown();
