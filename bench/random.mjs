/**
 * Random numbers against numpy on this machine: `npm run build`, then `node bench/random.mjs`. Needs Debian's python3-numpy
 * (`PYTHON=/usr/bin/python3`). Medians of runs in turn. Budget: PCG64 `random` and `normal` within 4 times numpy's time.
 */

import { execFileSync } from "node:child_process";
import { LecuyerCMRG, MT19937, PCG64, SeedSequence } from "futureplan/random";
import { inTurn, timed } from "./median.mjs";

const count = 10_000_000;
const rounds = 5;
const python = process.env.PYTHON ?? "/usr/bin/python3";

/** Method, its arguments before the count, and what it is in numpy. */
const methods = [
  ["random", [], "random(n)"],
  ["normal", [], "standard_normal(n)"],
  ["exponential", [], "standard_exponential(n)"],
  ["integers", [0, 1000], "integers(0, 1000, n)"],
];

/** Milliseconds of the second run of two. */
function numpyTime(generator, expression) {
  const script = `
import time, numpy
n = ${count}
g = numpy.random.Generator(numpy.random.${generator}(1))
for _ in range(2):
    start = time.perf_counter(); g.${expression}; last = time.perf_counter() - start
print(last * 1000)`;
  return Number(execFileSync(python, ["-c", script], { encoding: "utf8" }));
}

console.log(`${count} draws into an array, ms`);
for (const [name, Generator] of Object.entries({ PCG64, MT19937 })) {
  const generator = new Generator(1);
  for (const [method, bounds, expression] of methods) {
    const { ours, numpy } = await inTurn(rounds, {
      ours: () => timed(() => generator[method](...bounds, count)),
      numpy: () => numpyTime(name, expression),
    });
    console.log(`  ${name}.${method}: ${ours.toFixed(0)}, numpy ${numpy.toFixed(0)}, ratio ${(ours / numpy).toFixed(2)}`);
  }
}

const r = new LecuyerCMRG(1);
for (const [method, bounds] of methods) {
  const { ours } = await inTurn(rounds, { ours: () => timed(() => r[method](...bounds, count)) });
  console.log(`  LecuyerCMRG.${method}: ${ours.toFixed(0)}`);
}

/** Nanoseconds of one of `times` calls. */
async function perCall(times, call) {
  const measure = () =>
    timed(() => {
      for (let i = 0; i < times; i++) call(i);
    });
  return ((await inTurn(rounds, { measure })).measure / times) * 1e6;
}

console.log("one call, ns");
for (const [name, Generator] of Object.entries({ PCG64, MT19937, LecuyerCMRG })) {
  const generator = new Generator(1);
  console.log(`  ${name}.random(): ${(await perCall(count, () => generator.random())).toFixed(1)}`);
  console.log(`  ${name}.normal(): ${(await perCall(count, () => generator.normal())).toFixed(1)}`);
}
let stream = new LecuyerCMRG(1);
console.log(`  LecuyerCMRG.nextStream(): ${(await perCall(100_000, () => (stream = stream.nextStream()))).toFixed(0)}`);
console.log(`  new PCG64(new SeedSequence(1, [i])): ${(await perCall(20_000, (i) => new PCG64(new SeedSequence(1, [i])))).toFixed(0)}`);
console.log(`  MT19937.jumped(): ${(await perCall(10, () => new MT19937(1).jumped())).toFixed(0)}`);
