/** Scenario 7: a simulation study. How often does a 95 % interval of the mean of 20 exponential numbers contain the truth? */

import { futureReplicate, nbrOfWorkers, shutdown } from "futureplan";
import { rng } from "futureplan/random";

const size = 20;
const quantile = 2.093024; // of Student's t with 19 degrees of freedom

function contains(): boolean {
  const sample = rng().exponential(size);
  const mean = sample.reduce((sum, x) => sum + x, 0) / size;
  const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (size - 1);
  return Math.abs(mean - 1) <= quantile * Math.sqrt(variance / size);
}

const started = performance.now();
const hits = await futureReplicate(1000, contains, { seed: 42 });
console.log(`coverage ${(hits.filter(Boolean).length / hits.length).toFixed(3)}: the same under every plan`);
console.log(`${nbrOfWorkers()} workers: ${Math.round(performance.now() - started)} ms`);
await shutdown();
