// What packages took of Math.random when they were loaded is fed: each gives what it gives when it is handed the stream itself.
import { future, futureMap, shutdown } from "futureplan";
import { LecuyerCMRG } from "futureplan/random";
import { randomExponential, randomNormal, randomUniform } from "d3-random";
import jstat from "jstat";
import _ from "lodash";
import { v4, validate } from "uuid";

const elements = [0, 1, 2, 3, 4];
/** The stream of each element of a map with `seed: 42`. */
const streams = () => {
  let stream = new LecuyerCMRG(42);
  return elements.map((index) => (index === 0 ? stream : (stream = stream.nextStream())).nextSubstream());
};
const compare = (name, got, want) => console.log(name, JSON.stringify(got) === JSON.stringify(want));

const draw = (normal, uniform, exponential) => [normal(1, 2)(), uniform(10)(), exponential(3)()];
compare(
  "d3-random",
  await futureMap(elements, () => draw(randomNormal, randomUniform, randomExponential), { seed: 42 }),
  streams().map((stream) => draw(...[randomNormal, randomUniform, randomExponential].map((kind) => kind.source(() => stream.random())))),
);

const pick = (lodash) => [lodash.random(1000), lodash.shuffle(elements), lodash.sample("abcdefgh"), lodash.sampleSize(elements, 2)];
compare(
  "lodash",
  await futureMap(elements, () => pick(_), { seed: 42, chunkSize: 2 }),
  streams().map((stream) => pick(_.runInContext({ Math: Object.create(Math, { random: { value: () => stream.random() } }) }))),
);

const { jStat } = jstat;
const sample = () => [jStat.normal.sample(0, 1), jStat.gamma.sample(2, 1), jStat.rand(1, 2)];
const fromFutures = await futureMap(elements, sample, { seed: 42 });
const fromStreams = streams().map((stream) => {
  const random = Math.random;
  jStat.setRandom(() => stream.random());
  const sampled = sample();
  jStat.setRandom(random);
  return sampled;
});
compare("jstat", fromFutures, fromStreams);

const lazily = async () => (await import("d3-random")).randomNormal()();
const [stream] = streams();
compare("import()", await future(lazily, { seed: 42 }), randomNormal.source(() => stream.random())()());

// Random ids are not drawn from streams: those of two futures with one seed differ.
const ids = [await future(() => v4(), { seed: 1 }), await future(() => v4(), { seed: 1 })];
console.log("uuid", ids.every(validate) && ids[0] !== ids[1]);
await shutdown();
// Prints:
// d3-random true
// lodash true
// jstat true
// import() true
// uuid true
