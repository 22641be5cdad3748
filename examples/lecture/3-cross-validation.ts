/** Scenario 3: ten-fold cross-validation as a parallel map. */

import { futureMap, nbrOfWorkers, shutdown } from "futureplan";
import { RandomForestRegression } from "ml-random-forest";
import { readFlights } from "../flights/readFlights.ts";

const { features, delays } = readFlights(1000);
const folds = Array.from({ length: 10 }, (_, fold) => fold);

/** Sum of squared errors over the flights of a fold, by a forest that has not seen them. */
function squaredError(fold: number): number {
  const isTest = (_: unknown, index: number): boolean => index % folds.length === fold;
  const isTraining = (_: unknown, index: number): boolean => !isTest(_, index);
  const forest = new RandomForestRegression({ nEstimators: 20, seed: fold, maxFeatures: 2, replacement: false, noOOB: true });
  forest.train(features.filter(isTraining), delays.filter(isTraining));
  const truth = delays.filter(isTest);
  return forest.predict(features.filter(isTest)).reduce((sum, predicted, index) => sum + (predicted - (truth[index] ?? 0)) ** 2, 0);
}

const started = performance.now();
const errors = await futureMap(folds, squaredError, { label: "cross-validation" });
const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error, 0) / delays.length);
console.log(`RMSE ${rmse.toFixed(3)} min; ${nbrOfWorkers()} workers: ${((performance.now() - started) / 1000).toFixed(1)} s`);
await shutdown();
