import { future } from "futureplan";
import { z } from "zod";
const at = ({ x, z }) => future(() => [x.v, z.v]);
console.log(await at({ x: { v: 1 }, z: { v: 5 } }), "want [1, 5]");
// Prints:
// [ 1, 5 ] want [1, 5]
