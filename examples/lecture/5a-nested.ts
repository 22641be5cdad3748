/** Scenario 5A: cross-validation, folds × methods: as one flattened loop, and nested, on the strata of the plan. */

import { futureMap, grid, shutdown } from "futureplan";
import { readFlights } from "../flights/readFlights.ts";

const { features, delays } = readFlights(20_000);
const folds = [0, 1, 2, 3, 4];
const methods = ["mean", "distance", "time"] as const;

/** Mean squared error, in a fold, of the mean or of a regression on one feature. */
function score(fold: number, method: (typeof methods)[number]): number {
  const x = features.map(([distance = 0, time = 0]) => (method === "mean" ? 0 : method === "distance" ? distance : time));
  const training = x.map((_, index) => index).filter((index) => index % folds.length !== fold);
  const mean = (of: readonly number[]): number => training.reduce((sum, index) => sum + (of[index] ?? 0), 0) / training.length;
  const [mx, my] = [mean(x), mean(delays)];
  const covariance = training.reduce((sum, i) => sum + ((x[i] ?? 0) - mx) * ((delays[i] ?? 0) - my), 0);
  const variance = training.reduce((sum, i) => sum + ((x[i] ?? 0) - mx) ** 2, 0);
  const slope = variance === 0 ? 0 : covariance / variance;
  const squares = delays.flatMap((delay, i) => (i % folds.length === fold ? [(delay - my - slope * ((x[i] ?? 0) - mx)) ** 2] : []));
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}

const started = performance.now();
const flat = await futureMap(grid({ fold: folds, method: methods }), ({ fold, method }) => score(fold, method));
const between = performance.now();
const nested = await futureMap(folds, (fold) => futureMap(methods, (method) => score(fold, method)));
const ended = performance.now();

methods.forEach((method, at) => console.log(method, (nested.reduce((sum, row) => sum + (row[at] ?? 0), 0) / folds.length).toFixed(3)));
console.log(
  `flattened ${Math.round(between - started)} ms, nested ${Math.round(ended - between)} ms, equal: ${flat.join() === nested.flat().join()}`,
);
await shutdown();
