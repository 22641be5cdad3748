import { expect, test } from "vitest";
import { LecuyerCMRG } from "../../../src/random/r/LecuyerCMRG.ts";
import { jumpStreams } from "../../../src/random/r/jumpStreams.ts";
import { openStream } from "../../../src/random/openStream.ts";

// R 4.2.2, future.apply 1.10.0: future_sapply(1:1000, function(i) runif(1), future.seed = 123L)[c(1, 500, 1000)], and
// value(future(runif(2), seed = 42L)).

test("elements far apart have R's streams, in whatever order they are asked for", () => {
  const recipe = { generator: "LecuyerCMRG", seed: 123 };
  const draws = [999, 0, 499, 1].map((index) => openStream(recipe, index).random());
  const again = [0, 1].map((index) => openStream(recipe, index).random());
  expect(draws).toEqual([0.33128344917366226, again[0], 0.06258398713950751, again[1]]);
});

test("a single future has the stream of the first element", () => {
  expect([...openStream({ generator: "LecuyerCMRG", seed: 42 }, 0).random(2)]).toEqual([0.48943377235024815, 0.6661948935521157]);
});

test("many streams ahead is as many single steps", () => {
  let step = new LecuyerCMRG(5);
  for (let count = 0; count < 77; count++) step = step.nextStream();
  expect(jumpStreams(new LecuyerCMRG(5), 77).state).toEqual(step.state);
});
