// A bootstrap of which one part forgot its seed: R warns of an UNRELIABLE VALUE. What packages draw is nobody's business unless it is asked for.
import { future, futureMap, futureReplicate, plan, RngMisuse, shutdown, tweak, value } from "futureplan";
import _ from "lodash";

const told = [];
process.removeAllListeners("warning");
process.on("warning", ({ code, message }) => told.push([code, /at \S*rng-misuse\.mjs:\d+/.test(message)]));
const turn = () => new Promise((done) => setImmediate(done));

const data = Array.from({ length: 50 }, (_, index) => index);
const mean = (xs) => xs.reduce((a, b) => a + b) / xs.length;
const resample = () => data.map(() => data[Math.floor(Math.random() * data.length)]);

await futureMap([1, 2], () => mean(resample()));
await futureReplicate(2, () => mean(resample()));
await turn();
console.log("no seed anywhere", told);
await futureReplicate(2, () => mean(resample()), { seed: 1 });
await future(() => _.shuffle(data));
await turn();
console.log("seeds, and a package that draws", told);
await futureMap([1, 2], () => mean(resample()));
await futureMap([1, 2], () => mean(resample()));
await turn();
console.log("forgotten", told);
plan(tweak(plan()[0], { rngMisuse: "error" }));
const failure = await value(future(() => _.shuffle(data))).catch((error) => error);
console.log("error", failure instanceof RngMisuse, told.length);
await shutdown();
// Prints:
// no seed anywhere []
// seeds, and a package that draws []
// forgotten [ [ 'FUTURE_RNG_MISUSE', true ] ]
// error true 1
