/**
 * Scenario 6: a stratified analysis of three million flights. For each airport of origin a regression of delay on distance,
 * with a bootstrapped standard error of the slope. FLIGHTS=100000 takes fewer.
 */

import { futureMap, nbrOfWorkers, shutdown } from "futureplan";
import { rng } from "futureplan/random";
import { readAirports, type Airport } from "../flights/readAirports.ts";

const resamples = 20;

/** Minutes of delay for each further mile, by least squares over the flights that `pick` chooses. */
function slope({ distance, delay }: Airport, pick: (flight: number) => number): number {
  const n = delay.length;
  let [x, y, xx, xy] = [0, 0, 0, 0];
  for (let flight = 0; flight < n; flight += 1) {
    const at = pick(flight);
    const [miles = 0, minutes = 0] = [distance[at], delay[at]];
    x += miles;
    y += minutes;
    xx += miles * miles;
    xy += miles * minutes;
  }
  return (n * xy - x * y) / (n * xx - x * x);
}

interface Regression {
  readonly origin: string;
  readonly flights: number;
  readonly slope: number;
  readonly error: number;
}

function analyse(airport: Airport): Regression {
  const flights = airport.delay.length;
  const slopes = Array.from({ length: resamples }, () => {
    const sample = rng().integers(0, flights, flights);
    return slope(airport, (flight) => Number(sample[flight]));
  });
  const mean = slopes.reduce((sum, each) => sum + each, 0) / resamples;
  const error = Math.sqrt(slopes.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (resamples - 1));
  return { origin: airport.origin, flights, slope: slope(airport, (flight) => flight), error };
}

const started = performance.now();
const airports = await readAirports(Number(process.env["FLIGHTS"] ?? 3_000_000));
const read = performance.now();
const results = await futureMap(airports, analyse, { scheduling: "auto", seed: 42, label: "airports" });
const ended = performance.now();

console.log(`${airports.reduce((sum, { delay }) => sum + delay.length, 0)} flights from ${airports.length} airports`);
for (const { origin, flights, slope: minutes, error } of results.slice(0, 5)) {
  console.log(
    `${origin} ${String(flights).padStart(7)} flights: ${(minutes * 1000).toFixed(3)} ± ${(error * 1000).toFixed(3)} min per 1000 miles`,
  );
}
console.log(`read ${((read - started) / 1000).toFixed(1)} s; ${nbrOfWorkers()} workers analyse in ${((ended - read) / 1000).toFixed(1)} s`);
await shutdown();
