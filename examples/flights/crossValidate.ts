/** Ten-fold cross-validation of a random forest, one future per fold. */

import { future, value } from "futureplan";
import { RandomForestRegression } from "ml-random-forest";
import type { Flights } from "./readFlights.ts";

const folds = Array.from({ length: 10 }, (_, fold) => fold);
const trees = 20;

/** The root mean squared error in minutes, and the prediction for every flight by the forest that has not seen it. */
export async function crossValidate(flights: Flights): Promise<{ rmse: number; predictions: number[] }> {
  const { features, delays } = flights;

  function fitAndPredict(fold: number): number[] {
    const isTest = (index: number): boolean => index % folds.length === fold;
    const forest = new RandomForestRegression({
      nEstimators: trees,
      seed: fold,
      maxFeatures: 2,
      replacement: false,
      useSampleBagging: true,
      noOOB: true,
    });
    forest.train(
      features.filter((_, index) => !isTest(index)),
      delays.filter((_, index) => !isTest(index)),
    );
    return forest.predict(features.filter((_, index) => isTest(index)));
  }

  const futures = folds.map((fold) => future(() => fitAndPredict(fold), { label: `fold ${fold}` }));
  const byFold = await value(futures);

  const predictions = delays.map((_, index) => byFold[index % folds.length]?.[Math.floor(index / folds.length)] ?? Number.NaN);
  const squares = predictions.map((predicted, index) => (predicted - (delays[index] ?? 0)) ** 2);
  return { rmse: Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length), predictions };
}
