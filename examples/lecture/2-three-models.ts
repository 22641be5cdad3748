/** Scenario 2: three models at once, and what that saves. */

import { future, nbrOfWorkers, shutdown, value } from "futureplan";
import { RandomForestRegression } from "ml-random-forest";
import { readFlights } from "../flights/readFlights.ts";

const { features, delays } = readFlights(1000);

/** Root mean squared error of a forest on its own data, in minutes. */
function fit(trees: number): number {
  const forest = new RandomForestRegression({ nEstimators: trees, seed: 1, maxFeatures: 2, replacement: false, noOOB: true });
  forest.train(features, delays);
  const squares = forest.predict(features).map((predicted, index) => (predicted - (delays[index] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

const started = performance.now();
const models = { small: future(() => fit(5)), middle: future(() => fit(10)), large: future(() => fit(20)) };
console.log(await value(models));
console.log(`${nbrOfWorkers()} workers: ${((performance.now() - started) / 1000).toFixed(1)} s`);
await shutdown();
