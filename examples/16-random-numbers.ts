/** A seed gives every element a random stream of its own: the numbers of R's `future_sapply(1:3, …, future.seed = 42)`. */

import { futureMap, futureReplicate } from "futureplan";
import { rng } from "futureplan/random";

console.log(await futureMap([1, 2, 3], () => rng().random(), { seed: 42 }));
console.log(await futureReplicate(3, () => Math.random(), { seed: 42, chunkSize: 1 }));
console.log(await futureMap([1, 2, 3], () => rng().random(), { seed: { generator: "PCG64", entropy: 1, streams: "jump" } }));

// Prints:
// [ 0.48943377235024815, 0.9945460017457531, 0.01754290951623702 ]
// [ 0.48943377235024815, 0.9945460017457531, 0.01754290951623702 ]
// [ 0.5118216247002567, 0.3382901384830873, 0.9009662738594965 ]
