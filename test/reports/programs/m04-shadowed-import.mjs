import { future } from "futureplan";
import { add } from "ramda";
const run = (add, opts) => future(() => opts.k + add(2, 3));
console.log(await run((a, b) => a * b, { k: 100 }), "want 106");
// Prints:
// 106 want 106
