/**
 * The main job: the same cross-validation under each plan in turn, as a table.
 * With `FUTURE_PLAN` set, under that plan only.
 */

import { nbrOfWorkers, plan, shutdown } from "futureplan";
import { crossValidate } from "./crossValidate.ts";
import { readFlights } from "./readFlights.ts";

const plans = [
  { name: "sequential", choose: () => plan("sequential") },
  { name: "multicore", choose: () => plan("multicore", { workers: 2 }) },
  { name: "multisession", choose: () => plan("multisession", { workers: 2 }) },
];
const chosen = process.env["FUTURE_PLAN"];
const runs = chosen === undefined ? plans : [{ name: chosen, choose: () => undefined }];
const cell = (text: string | number, width = 10): string => String(text).padStart(width);

const flights = readFlights(1000);
console.log(`10-fold cross-validation of a random forest on ${flights.delays.length} flights`);
console.log(cell("plan", 16), cell("workers", 8), cell("time"), cell("speed-up"), cell("RMSE"), cell("equals sequential", 18));

let reference: { seconds: number; predictions: string } | undefined;
for (const { name, choose } of runs) {
  choose();
  const started = performance.now();
  const { rmse, predictions } = await crossValidate(flights);
  const seconds = (performance.now() - started) / 1000;
  const printed = predictions.join();
  if (name === "sequential") reference = { seconds, predictions: printed };
  const speedUp = reference === undefined ? "-" : (reference.seconds / seconds).toFixed(2);
  const equal = reference === undefined ? "-" : reference.predictions === printed ? "yes" : "NO";
  console.log(
    cell(name, 16),
    cell(nbrOfWorkers(), 8),
    cell(`${seconds.toFixed(1)} s`),
    cell(speedUp),
    cell(rmse.toFixed(3)),
    cell(equal, 18),
  );
  if (equal === "NO") process.exitCode = 1;
}
await shutdown();
