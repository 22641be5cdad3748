/**
 * Random numbers against numpy on this machine: `npm run build`, then `node bench/random.mjs`. Needs Debian's python3-numpy
 * for the comparison (`PYTHON=/usr/bin/python3`). Best of several rounds, the two taking turns. Budget: at most 4 times numpy.
 */

import { execFileSync } from "node:child_process";
import { LecuyerCMRG, MT19937, PCG64 } from "futureplan/random";

const count = 10_000_000;
const rounds = 7;
const python = process.env.PYTHON ?? "/usr/bin/python3";

/** Method, its arguments before the count, and what it is in numpy. */
const methods = [
  ["random", [], "random(n)"],
  ["normal", [], "standard_normal(n)"],
  ["exponential", [], "standard_exponential(n)"],
  ["integers", [0, 1000], "integers(0, 1000, n)"],
];
const generators = { PCG64, MT19937 };

function milliseconds(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function numpyMilliseconds(generator, expression) {
  const script = `
import time, numpy
n = ${count}
g = numpy.random.Generator(numpy.random.${generator}(1))
for _ in range(2):
    start = time.perf_counter(); g.${expression}; best = time.perf_counter() - start
print(best * 1000)`;
  return Number(execFileSync(python, ["-c", script], { encoding: "utf8" }));
}

function bestOf(measure) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) best = Math.min(best, measure());
  return best;
}

console.log(`${count} draws into an array, best of ${rounds}, in ms`);
for (const [name, Generator] of Object.entries(generators)) {
  const generator = new Generator(1);
  for (const [method, bounds, expression] of methods) {
    let [ours, theirs] = [Infinity, Infinity];
    for (let round = 0; round < rounds; round++) {
      ours = Math.min(ours, milliseconds(() => generator[method](...bounds, count)));
      theirs = Math.min(theirs, numpyMilliseconds(name, expression));
    }
    console.log(`${name} ${method}: ${ours.toFixed(0)}, numpy ${theirs.toFixed(0)}, ratio ${(ours / theirs).toFixed(2)}`);
  }
}

const r = new LecuyerCMRG(1);
for (const method of ["random", "normal", "exponential"]) {
  console.log(`LecuyerCMRG ${method}: ${bestOf(() => milliseconds(() => r[method](count))).toFixed(0)}`);
}

console.log("one draw a call, in ns");
for (const Generator of [PCG64, MT19937, LecuyerCMRG]) {
  const generator = new Generator(1);
  for (const method of ["random", "normal"]) {
    const best = bestOf(() =>
      milliseconds(() => {
        for (let i = 0; i < count; i++) generator[method]();
      }),
    );
    console.log(`${Generator.name} ${method}(): ${((best / count) * 1e6).toFixed(1)}`);
  }
}

const streams = 10_000;
const start = new LecuyerCMRG(1);
const best = bestOf(() =>
  milliseconds(() => {
    let stream = start;
    for (let i = 0; i < streams; i++) stream = stream.nextStream();
  }),
);
console.log(`LecuyerCMRG nextStream(): ${((best / streams) * 1000).toFixed(2)} µs`);
console.log(`PCG64 from a spawned SeedSequence: ${((bestOf(() => milliseconds(() => Array.from({ length: streams }, (_, i) => new PCG64(i)))) / streams) * 1000).toFixed(2)} µs`);
console.log(`MT19937 jumped(): ${bestOf(() => milliseconds(() => new MT19937(1).jumped())).toFixed(1)} ms`);
