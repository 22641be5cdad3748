// Under `sequential`, what was imported before futureplan has the Math.random of before; workers are there before any package.
import _ from "lodash";
import { randomNormal } from "d3-random";
import { futureMap, shutdown } from "futureplan";

const draw = () => futureMap([1, 2, 3], () => [randomNormal()(), _.random(1e9), Math.random()], { seed: 42 });
const [one, other] = [await draw(), await draw()];
const repeats = (position) => one.every((numbers, index) => numbers[position] === other[index][position]);
console.log(repeats(0), repeats(1), repeats(2));
await shutdown();
// Prints:
// true true true
// Prints under sequential:
// false false true
