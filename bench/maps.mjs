/**
 * The budgets of maps on two cores, each against raw worker threads in turn: `npm run bench:maps`. Figures are medians;
 * prints a markdown table.
 */

import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { futureMap, plan, shutdown } from "futureplan";
import { inTurn, timed } from "./median.mjs";

const count = 1_000_000;
const list = Array.from({ length: count }, (_, index) => index);
const numbers = Float64Array.from(list);
const square = (x) => x * x + 1;
const rows = [];

/** `ratio` of ours to raw must not pass `budget`. */
function report(what, { ours, raw }, budget) {
  rows.push(`| ${what} | ${ours.toFixed(1)} ms | ${raw.toFixed(1)} ms | ${(ours / raw).toFixed(2)} | ${budget} |`);
  console.error(rows.at(-1));
}

const workers = [0, 1].map(() => new Worker(fileURLToPath(new URL("./raw/mapChunk.mjs", import.meta.url))));
const ask = (worker, message, transfer) =>
  new Promise((resolve) => {
    worker.once("message", resolve);
    worker.postMessage(message, transfer);
  });

/** Two chunks as typed arrays, moved both ways, and a packed array of what comes back. */
async function rawList() {
  const halves = await Promise.all(
    workers.map((worker, half) => {
      const chunk = Float64Array.from(list.slice((half * count) / 2, ((half + 1) * count) / 2));
      return ask(worker, { kind: "square", numbers: chunk }, [chunk.buffer]);
    }),
  );
  const result = [];
  for (const values of halves) for (let index = 0; index < values.length; index += 1) result.push(values[index]);
  return result;
}

/** Into shared memory, and from each worker into one array. */
async function rawTyped() {
  const shared = new Float64Array(new SharedArrayBuffer(numbers.byteLength));
  shared.set(numbers);
  const halves = await Promise.all(
    workers.map((worker, half) => ask(worker, { kind: "square", numbers: shared.subarray((half * count) / 2, ((half + 1) * count) / 2) })),
  );
  const result = new Float64Array(count);
  halves.forEach((values, half) => result.set(values, (half * count) / 2));
  return result;
}

/** Each worker takes the next task as soon as it is free. */
async function rawQueue(tasks) {
  const queue = [...tasks];
  const serve = async (worker) => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await ask(worker, { kind: "busy", numbers: [task] });
  };
  await Promise.all(workers.map(serve));
}

function busy(milliseconds) {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

plan("multicore", { workers: 2 });
report(
  "10⁶ numbers, array in and out",
  await inTurn(15, { ours: () => timed(() => futureMap(list, square)), raw: () => timed(rawList) }),
  "≤ 1.5",
);
report(
  "10⁶ numbers, `Float64Array` in and out",
  await inTurn(15, { ours: () => timed(() => futureMap(numbers, square, { as: Float64Array })), raw: () => timed(rawTyped) }),
  "≤ 1.3",
);
const equal = Array.from({ length: 16 }, () => 100);
const whole = await inTurn(3, { ours: () => timed(() => futureMap(equal, busy)), raw: async () => 1600 });
rows.push(`| 16 equal tasks of 100 ms: speed-up | ${(1600 / whole.ours).toFixed(2)} | – | – | ≥ 1.9 |`);
const uneven = Array.from({ length: 16 }, (_, task) => (task < 4 ? 200 : 20));
for (const scheduling of [Infinity, "auto"]) {
  const figures = await inTurn(5, {
    ours: () => timed(() => futureMap(uneven, busy, { scheduling })),
    raw: () => timed(() => rawQueue(uneven)),
  });
  report(`4 slow first, 12 fast (10 : 1), \`scheduling: ${String(scheduling)}\``, figures, "≤ 1.05");
}
for (const worker of workers) worker.unref();
await shutdown();
console.log(`| what | ours | raw threads | ratio | budget |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}`);
