/** Scenario 4: four slow and twelve fast tasks. Static allocation gives all slow ones to the first workers; dynamic does not. */

import { futureMap, nbrOfWorkers, shutdown, type MapOptions } from "futureplan";

const tasks = Array.from({ length: 16 }, (_, task) => (task < 4 ? 400 : 40));

/** Keeps a core busy for so many milliseconds. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

async function makespan(options: MapOptions): Promise<string> {
  const started = performance.now();
  await futureMap(tasks, work, options);
  return `${Math.round(performance.now() - started)} ms`;
}

await futureMap([1, 2], work, { scheduling: Infinity }); // workers start here, not in what is measured
console.log(`${nbrOfWorkers()} workers, ${tasks.reduce((sum, time) => sum + time, 0)} ms of work`);
console.log("static  (scheduling: 1)       ", await makespan({ scheduling: 1 }));
console.log("dynamic (scheduling: Infinity)", await makespan({ scheduling: Infinity }));
console.log('dynamic (scheduling: "auto")  ', await makespan({ scheduling: "auto" }));
await shutdown();
